"""Specimens in layouts that the readers were not written for, every one marked 样本.

Drawn from knowledge of real papers, without a look at the readers or at the specimens they were written with.

Each layout answers with its picture and the truth about it: numbers and texts as they mean, days in ISO form, an open
end as 'long', a line that the paper lacks as nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Protocol

from PIL import Image

from bench.other_papers import accounts, cards, licences
from bench.other_papers.spoil import photographed


class Drawing(Protocol):
    """A drawn page, whatever it was drawn with."""

    image: Image.Image


Layout = tuple[str, Callable[[random.Random], tuple[Drawing, dict[str, str]]], str]
KINDS = ((licences, "licence"), (cards, "id"), (accounts, "account"))
LAYOUTS: tuple[Layout, ...] = tuple((name, draw, kind) for module, kind in KINDS for name, draw in module.LAYOUTS)

__all__ = ["LAYOUTS", "Layout", "photographed"]
