"""The fourth set: sixteen more layouts, drawn without a look at readers, specimens or the drawings of the older sets.

Harder in what happens to a page than those: slants of 12°, 900 pixels, JPEG of 35 % quality. Every one marked 样本.
"""

from __future__ import annotations

from bench.other_papers import Layout
from bench.other_papers.fourth import accounts, cards, licences
from bench.other_papers.fourth.damage import photographed

LAYOUTS: tuple[Layout, ...] = (
    *((name, draw, "licence") for name, draw in licences.LAYOUTS),
    *cards.LAYOUTS,
    *((name, draw, "account") for name, draw in accounts.LAYOUTS),
)

__all__ = ["LAYOUTS", "photographed"]
