"""Is this the same picture, saved again, made smaller, and trimmed by up to a twentieth on each side? Pure Pillow.

Two steps. A mark of 100 bits finds candidates: which of 10 x 10 spots is brighter than its right neighbour, within the
middle of the picture. Who asks tries 256 windows, one of which lies over the same part of the other picture whichever
of the two was trimmed. Marks of forms are much alike, therefore the two are then laid over each other as well as they
fit and compared field by field: in another copy of the form other names stand.
"""

from __future__ import annotations

import array
import itertools
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageFilter, ImageMath

SPOTS, BITS = 10, 100
BAND = 25  # bits; four bands
MIDDLE = (0.06, 0.06, 0.06, 0.06)  # left, top, right, bottom: left out of the mark
OFFSETS = (0.02, 0.045, 0.07, 0.1)  # where the middle of the one may begin in the other, whichever was trimmed
NEAR = 12  # bits of 100; measured: the same picture 9 at most, another copy of a form 8 and more
AGREES = 0.5  # correlation of a field
SAME = 0.98  # share of fields that agree; measured: the same picture 0.99 and more, another copy 0.96 at most
STAGES: tuple[tuple[int, int, tuple[float, ...]], ...] = (  # edge in pixels, fields a side, steps of the fitting
    (128, 8, (0.012, 0.006, 0.003)),
    (480, 24, (0.0015, 0.0007)),
)
STARTS = 16  # windows among which the fitting chooses where to begin
TRIES = 3  # rounds of fitting a step
FLAT = 12.0  # variance below which a field holds nothing
FEWEST = 8  # fields with something on them, for the comparison to say anything

Window = tuple[float, ...]
WINDOWS: tuple[Window, ...] = tuple(itertools.product(OFFSETS, repeat=4))


def mark(picture: Image.Image, window: Window = MIDDLE) -> int:
    """The 100 bits of a grey picture; 0 for one without anything on it."""
    small = picture.resize((SPOTS + 1, SPOTS), Image.Resampling.BOX, box=_box(picture, window)).tobytes()
    bits = 0
    for row in range(0, len(small), SPOTS + 1):
        for spot in range(row, row + SPOTS):
            bits = bits << 1 | (small[spot] > small[spot + 1])
    return bits


def marks(picture: Image.Image) -> dict[Window, int]:
    """The mark of every window in which the middle of another picture may lie."""
    return {window: mark(picture, window) for window in WINDOWS}


def bands(several: Iterable[int]) -> set[int]:
    """The bands of these marks; those without any bit say nothing and are left out."""
    found = set()
    for bits in several:
        for number in range(BITS // BAND):
            if part := bits >> (BAND * number) & ((1 << BAND) - 1):
                found.add(number << BAND | part)
    return found


def nearest(asked: dict[Window, int], bits: int) -> tuple[int, list[Window]]:
    """(fewest bits that differ, the windows whose marks come closest to `bits`, the closest first)."""
    ranked = sorted(((other ^ bits).bit_count(), window) for window, other in asked.items())
    return ranked[0][0], [window for _distance, window in ranked[:STARTS]]


def is_same(one: Image.Image, windows: Sequence[Window], other: Image.Image) -> bool:
    """Whether the middle of the grey picture `other` is what lies in `one` about at one of these windows."""
    edge, number, _steps = STAGES[0]
    rough = _Sheet(_patch(other, MIDDLE, edge), number)
    window = max(windows, key=lambda tried: rough.mean(_patch(one, tried, edge)))
    fields: Sequence[float] = ()
    for edge, number, steps in STAGES:
        sheet = _Sheet(_patch(other, MIDDLE, edge), number)
        window = _fitted(one, window, sheet, steps)
        fields = sheet.compared(_patch(one, window, edge))
    return len(fields) >= FEWEST and sum(field > AGREES for field in fields) >= SAME * len(fields)


def _box(picture: Image.Image, window: Window) -> tuple[float, float, float, float]:
    left, top, right, bottom = window
    return left * picture.width, top * picture.height, (1 - right) * picture.width, (1 - bottom) * picture.height


def _patch(picture: Image.Image, window: Window, edge: int) -> Image.Image:
    """What lies in the window as a square, without what changes slowly: light and shade."""
    square = picture.resize((edge, edge), Image.Resampling.BOX, box=_box(picture, window))
    blurred = square.filter(ImageFilter.GaussianBlur(3))
    return ImageChops.subtract(square, blurred, scale=1, offset=128).convert("F")


def _fitted(picture: Image.Image, window: Window, sheet: _Sheet, steps: Iterable[float]) -> Window:
    """The window moved, one side after the other, to where it fits the sheet best."""
    edge, best = sheet.picture.width, sheet.mean(_patch(picture, window, sheet.picture.width))
    for step in steps:
        for _round in range(TRIES):
            before = best
            for side, move in itertools.product(range(4), (-step, step)):
                tried = tuple(max(0.0, at + move) if place == side else at for place, at in enumerate(window))
                if (fit := sheet.mean(_patch(picture, tried, edge))) > best:
                    best, window = fit, tried
            if best == before:
                break
    return window


class _Sheet:
    """A picture cut into fields, each compared with the same field of another by correlation (-1 to 1)."""

    def __init__(self, picture: Image.Image, number: int) -> None:
        self.picture, self.number = picture, number
        self.means, self.squares = self._means(picture), self._means(_product(picture, picture))

    def compared(self, other: Image.Image) -> list[float]:
        """The correlation of each field that is not flat in both."""
        means, squares = self._means(other), self._means(_product(other, other))
        crossed = self._means(_product(self.picture, other))
        found = []
        for a, aa, b, bb, ab in zip(self.means, self.squares, means, squares, crossed, strict=True):
            spread, other_spread = aa - a * a, bb - b * b
            if max(spread, other_spread) >= FLAT:
                found.append((ab - a * b) / (max(spread, 1.0) * max(other_spread, 1.0)) ** 0.5)
        return found

    def mean(self, other: Image.Image) -> float:
        fields = self.compared(other)
        return sum(fields) / max(len(fields), 1)

    def _means(self, picture: Image.Image) -> list[float]:
        small = picture.resize((self.number, self.number), Image.Resampling.BOX)
        return list(array.array("f", small.tobytes()))


def _product(one: Image.Image, other: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda args: args["one"] * args["other"], one=one, other=other)
    return product
