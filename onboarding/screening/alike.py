"""The mark of a picture, by which it is found again: saved anew, made smaller, trimmed, turned, mirrored. Pure Pillow.

Two small maps are taken of the middle of the picture: its light, and how much stands where (which outlives a paper that
was made brighter until its ground is white). Each is cut into 10 x 10 spots, and a bit says whether a spot is clearly
more than its neighbour towards the middle. The 25 bits of a quarter are read from its outer corner inwards: mirrored
or turned on its head, a picture has the same quarters in other places. Lying pictures are marked; standing ones lie
down first. Who asks tries many windows: one of them lies over the same part of the other picture whichever was trimmed.

Marks of forms are much alike: `overlay` then lays the two pictures over each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from PIL import Image, ImageChops, ImageFilter

VERSION = 2  # of the marks: those of another one cannot be compared with these
HALF = 5  # spots from the edge to the middle
QUARTER = HALF * HALF  # bits
QUARTERS = 8  # four of each map
DIGITS = QUARTERS * QUARTER // 4  # of a mark in hex
MIDDLE = (0.1, 0.1, 0.1, 0.1)  # left, top, right, bottom: left out of the mark
OFFSETS = (0.03, 0.065, 0.1, 0.135, 0.165)  # where the middle of the one may begin in the other, whichever was trimmed
CLEARLY = 0.3  # of the mean difference of neighbours
SAYS_LITTLE = 3  # bits set or not set: a quarter with fewer is that of half the world
NEAR = 50  # bits of 200, of candidates that share a quarter; measured by bench/alike.py
SQUARE = 1.2  # sides as 1.2 to 1 and less: trimming may have made the shorter side the longer one
STARTS = 10  # windows among which the fitting chooses where to begin

Window = tuple[float, ...]
Asked = dict[tuple[bool, Window], int]
WINDOWS: tuple[Window, ...] = tuple(itertools.product(OFFSETS, repeat=4))
FLIPS: tuple[tuple[Image.Transpose | None, tuple[int, ...]], ...] = (  # and where the quarters are then
    (None, (0, 1, 2, 3)),
    (Image.Transpose.FLIP_LEFT_RIGHT, (1, 0, 3, 2)),
    (Image.Transpose.FLIP_TOP_BOTTOM, (2, 3, 0, 1)),
    (Image.Transpose.ROTATE_180, (3, 2, 1, 0)),
)
_INWARDS = (range(HALF), range(2 * HALF - 1, HALF - 1, -1))
_SPOTS = [[(y, x) for y in rows for x in columns] for rows in _INWARDS for columns in _INWARDS]


def lying(picture: Image.Image) -> Image.Image:
    """The picture, a standing one turned by a quarter."""
    return picture.transpose(Image.Transpose.ROTATE_90) if picture.height > picture.width else picture


def mark(picture: Image.Image) -> int:
    """The 200 bits of a grey picture; 0 for one without anything on it."""
    return _whole(_maps(lying(picture)), MIDDLE)


def marks(picture: Image.Image) -> Asked:
    """(whether tilted, window) -> the mark of every window in which the middle of another picture may lie."""
    flat = lying(picture)
    found = {(False, window): bits for window, bits in _windows(flat)}
    if flat.width < SQUARE * flat.height:
        found |= {(True, window): bits for window, bits in _windows(tilted(flat))}
    return found


def tilted(picture: Image.Image) -> Image.Image:
    """Its rows as columns: a nearly square picture that was trimmed may lie the other way."""
    return picture.transpose(Image.Transpose.TRANSPOSE)


def bands(several: Iterable[int]) -> set[int]:
    """The quarters of these marks that say something, light apart from what stands where; whatever way they lie."""
    found = set()
    for bits in several:
        for number, part in enumerate(_parted(bits)):
            if SAYS_LITTLE <= part.bit_count() <= QUARTER - SAYS_LITTLE:
                found.add(number // 4 << QUARTER | part)
    return found


def nearest(asked: Mapping[tuple[bool, Window], int], bits: int) -> tuple[int, int, bool, list[Window]]:
    """(fewest bits that differ, number of the flip, whether tilted, windows that come closest, the closest first)."""
    others = list(enumerate(_flipped(bits)))
    ranked = sorted(((one ^ other).bit_count(), flip, *key) for key, one in asked.items() for flip, other in others)
    fewest, flip, tilt, _window = ranked[0]
    windows = [one[3] for one in ranked if one[1:3] == (flip, tilt)]
    return fewest, flip, tilt, windows[:STARTS]


def flipped(picture: Image.Image, flip: int) -> Image.Image:
    """The lying picture as its mark was flipped."""
    how = FLIPS[flip][0]
    return picture if how is None else picture.transpose(how)


def _windows(flat: Image.Image) -> Iterable[tuple[Window, int]]:
    maps = _maps(flat)
    return ((window, _whole(maps, window)) for window in WINDOWS)


def _maps(flat: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Light, and how much stands where."""
    smooth = flat.filter(ImageFilter.GaussianBlur(3))
    return flat, ImageChops.difference(flat, smooth).point(lambda value: min(255, value * 4))


def _whole(maps: Iterable[Image.Image], window: Window) -> int:
    bits = 0
    for one in maps:
        steps = _steps(one, window)
        clearly = CLEARLY * sum(abs(step) for row in steps for step in row) / (4 * QUARTER)
        for spots in _SPOTS:
            for y, x in spots:
                bits = bits << 1 | (steps[y][x] > clearly)
    return bits


def _steps(picture: Image.Image, window: Window) -> list[list[int]]:
    """Row by row, by how much each spot is more than its neighbour towards the middle."""
    wide = 2 * HALF + 1
    small = picture.resize((wide, 2 * HALF), Image.Resampling.BOX, box=box(picture, window)).tobytes()
    return [
        [small[at + x] - small[at + x + 1] for x in range(HALF)]
        + [small[at + x + 1] - small[at + x] for x in range(HALF, 2 * HALF)]
        for at in range(0, wide * 2 * HALF, wide)
    ]


def box(picture: Image.Image, window: Window) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the window in pixels of the picture."""
    left, top, right, bottom = window
    return left * picture.width, top * picture.height, (1 - right) * picture.width, (1 - bottom) * picture.height


def _parted(bits: int) -> list[int]:
    return [bits >> QUARTER * number & (1 << QUARTER) - 1 for number in reversed(range(QUARTERS))]


def _flipped(bits: int) -> list[int]:
    """The mark as it would be of the picture flipped each way."""
    parts = _parted(bits)
    return [_joined(parts[half + place] for half in (0, 4) for place in places) for _how, places in FLIPS]


def _joined(parts: Iterable[int]) -> int:
    bits = 0
    for part in parts:
        bits = bits << QUARTER | part
    return bits
