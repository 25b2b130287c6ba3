"""The few marks of our maps as SVG text. Colours are classes of portal.css; nothing here needs a style attribute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape


def text(
    x: float, y: float, words: Any, *, size: float = 13, anchor: str = "middle", css: str = "", weight: int = 0
) -> str:
    """One line of text; empty words draw nothing."""
    if not str(words):
        return ""
    extra = (f' class="{css}"' if css else "") + (f' font-weight="{weight}"' if weight else "")
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}"{extra}>{escape(words)}</text>'


def line(d: str, css: str) -> str:
    return f'<path class="{css}" d="{d}"/>'


def stop(x: float, y: float, *, css: str = "", r: float = 13) -> str:
    return f'<circle class="stop{" " + css if css else ""}" cx="{x:g}" cy="{y:g}" r="{r:g}"/>'


def halo(x: float, y: float, r: float = 20, *, css: str = "") -> str:
    return f'<circle class="halo{" " + css if css else ""}" cx="{x:g}" cy="{y:g}" r="{r:g}"/>'


def tick(x: float, y: float) -> str:
    return f'<path d="M{x - 6:g} {y:g}l4.5 4.500 8-9" fill="none" stroke="var(--on-brand)" stroke-width="2.6"/>'


def half(x: float, y: float, r: float = 13) -> str:
    """The left half of a stop: done together."""
    return f'<path class="you" d="M{x:g} {y - r:g}a{r:g} {r:g} 0 000 {2 * r:g}z"/>'


def pill(x: float, y: float, words: Any, *, css: str = "you", width: float = 0) -> str:
    """A rounded label centred on (x, y)."""
    width = width or 28 + 14 * sum(1 if ord(letter) > 0x2E80 else 0.58 for letter in str(words))
    return f'<rect class="{css}" x="{x - width / 2:g}" y="{y - 16:g}" width="{width:g}" height="32" rx="16"/>' + text(
        x, y + 5, words, size=14, css="on-now", weight=700
    )


def drawing(kind: str, width: float, height: float, title: Any, described: Any, marks: Iterable[str]) -> str:
    """A whole map; `kind` is "wide" or "tall". Title and description are for those who cannot see it."""
    name, words = f"map-{kind}-t", f"map-{kind}-d"
    box = f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="{name} {words}"'
    head = f'<title id="{name}">{escape(title)}</title><desc id="{words}">{escape(described)}</desc>'
    return f'<svg class="map {kind}" {box}>{head}{"".join(marks)}</svg>'
