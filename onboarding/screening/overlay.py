"""Two pictures laid over each other as well as they fit, and compared field by field. Pure Pillow.

In another copy of a form other names stand: a few fields differ wholly. The same picture saved again differs a little
everywhere, and the less of it is left the more. So both are brought down to what the smaller one can show, smoothed,
freed of light and shade, and given the same tones: what was made white in one is made white in the other.
"""

from __future__ import annotations

import array
import itertools
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageFilter, ImageMath

from onboarding.screening.alike import MIDDLE, Window, box

AGREES = 0.6  # correlation of a field
SAME = 0.98  # share of fields that agree; measured (bench/alike.py): another copy of a form mostly below 0.97
CONTRADICTS = 0.4  # correlation at and below which something else stands in a field
OTHER = 0.005  # share of fields that may; another copy of a form with few and short words: 0.007 and more
LONGEST, SHORTEST = 640, 160  # pixels of the longer side that are compared; with fewer no two forms can be told apart
SHARE = 0.85  # of the pixels that the smaller one has
FIELD = 20  # pixels
ROUGH, ROUGH_FIELD, ROUGH_FROM = (128, 96), 14, 512  # on which the fitting begins; pixels of what it is cut from
STEPS, LAST_STEPS = (0.012, 0.006, 0.003), (0.0015, 0.0007)  # of the fitting
TRIES = 3  # rounds of fitting a step
BEGUN = 2  # windows from which it begins
GAIN = 4  # what is left without light and shade, made stronger: fine print counts beside thick
FLAT = 4.0 * GAIN * GAIN  # variance below which a field holds nothing
FEWEST = 8  # fields with something on them, for the comparison to say anything

Size = tuple[int, int]


def is_same(one: Image.Image, windows: Sequence[Window], other: Image.Image) -> bool:
    """Whether the middle of the grey picture `other` is what lies in `one` about at one of these windows."""
    fields = compared(one, windows, other)
    against = sum(field <= CONTRADICTS for field in fields)
    return len(fields) >= FEWEST and against <= OTHER * len(fields) and _agreeing(fields) >= SAME


def compared(one: Image.Image, windows: Sequence[Window], other: Image.Image) -> list[float]:
    """The correlation (-1 to 1) of each field that is not flat, where they fit best; none of what is too small."""
    window = _roughly(one, windows, other)
    size = _size(one, window, other)
    if max(size) < SHORTEST:
        return []
    half = (size[0] // 2, size[1] // 2)  # a quarter of the work of each trial, and as near
    window = _fitted(one, window, _Sheet(_patch(other, MIDDLE, half), FIELD // 2), LAST_STEPS)
    mine, theirs = _square(one, window, size), _square(other, MIDDLE, size)
    toned = ((_toned(mine, theirs), theirs), (mine, _toned(theirs, mine)))
    return max((_Sheet(_print(b), FIELD).compared(_print(a)) for a, b in toned), key=_agreeing)


def _agreeing(fields: Sequence[float]) -> float:
    return sum(field > AGREES for field in fields) / max(len(fields), 1)


def _roughly(one: Image.Image, windows: Sequence[Window], other: Image.Image) -> Window:
    """Of many trials, so both are made small once and not at each of them."""
    one, other = _lighter(one), _lighter(other)
    rough = _Sheet(_patch(other, MIDDLE, ROUGH), ROUGH_FIELD)

    def fit(window: Window) -> float:
        return rough.mean(_patch(one, window, ROUGH))

    begun = sorted(windows, key=fit, reverse=True)[:BEGUN]
    return max((_fitted(one, window, rough, STEPS) for window in begun), key=fit)


def _lighter(picture: Image.Image) -> Image.Image:
    return picture.reduce(max(1, max(picture.size) // ROUGH_FROM))


def _size(one: Image.Image, window: Window, other: Image.Image) -> Size:
    """What both can show of it, in pixels."""
    boxes = (box(one, window), box(other, MIDDLE))
    width = min(right - left for left, _top, right, _bottom in boxes) * SHARE
    height = min(bottom - top for _left, top, _right, bottom in boxes) * SHARE
    factor = min(1.0, LONGEST / max(width, height, 1.0))
    return max(FIELD, int(width * factor)), max(FIELD, int(height * factor))


def _square(picture: Image.Image, window: Window, size: Size) -> Image.Image:
    return picture.resize(size, Image.Resampling.BOX, box=box(picture, window))


def _print(square: Image.Image) -> Image.Image:
    """Without the noise of saving and without what changes slowly: light and shade."""
    smooth, light = (square.filter(ImageFilter.GaussianBlur(radius)) for radius in (0.8, 4))
    return ImageChops.subtract(smooth, light, scale=1 / GAIN, offset=128).convert("F")


def _patch(picture: Image.Image, window: Window, size: Size) -> Image.Image:
    return _print(_square(picture, window, size))


def _toned(picture: Image.Image, like: Image.Image) -> Image.Image:
    """With as much of each tone as `like` has."""
    mine, theirs = (list(itertools.accumulate(one.histogram())) for one in (picture, like))
    tones: list[int] = []
    tone = 0
    for number in mine:
        while tone < 255 and theirs[tone] < number:
            tone += 1
        tones.append(tone)
    return picture.point(tones)


def _fitted(picture: Image.Image, window: Window, sheet: _Sheet, steps: Iterable[float]) -> Window:
    """The window moved, one side after the other, to where it fits the sheet best."""
    best = sheet.mean(_patch(picture, window, sheet.picture.size))
    for step in steps:
        for _round in range(TRIES):
            before = best
            for side, move in itertools.product(range(4), (-step, step)):
                tried = tuple(max(0.0, at + move) if place == side else at for place, at in enumerate(window))
                if (fit := sheet.mean(_patch(picture, tried, sheet.picture.size))) > best:
                    best, window = fit, tried
            if best == before:
                break
    return window


class _Sheet:
    """A picture cut into fields, each compared with the same field of another by correlation."""

    def __init__(self, picture: Image.Image, field: int) -> None:
        self.picture = picture
        self.number = (max(3, picture.width // field), max(3, picture.height // field))
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
        return list(array.array("f", picture.resize(self.number, Image.Resampling.BOX).tobytes()))


def _product(one: Image.Image, other: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda args: args["one"] * args["other"], one=one, other=other)
    return product
