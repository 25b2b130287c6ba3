"""How good a picture of a paper is: pure functions of the picture, with Pillow alone, in tenths of a second.

Every measure is taken on a small grey copy and compared with a limit that a page in good light passes with room to
spare. A finding is a doubt, never a refusal: the merchant may keep the picture, and the reviewer sees why we doubted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageStat

EDGE: Final = 1000  # pixels of the longer side of the copy that is measured
SHORT_SIDE: Final = 720  # pixels of the page: below it small print is lost
SHARP: Final = 0.15  # share of the contrast that the steepest edges cross from one pixel to the next
DARK: Final = 110  # of 255: where the brightest hundredth of the picture begins
GLARE: Final = 0.012  # share of the picture in one white-out
WHITE: Final = 252  # of 255
COLOUR: Final = 3.0  # spread of the two colour channels together; a copy on a grey machine has hardly any
BORDER: Final = 0.35  # share of one side along which the paper runs out of the picture


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """A doubt: code (a key of `doubts.DOUBTS`), page from 1, numbers that fill its sentence."""

    code: str
    page: int = 1
    params: dict[str, int] = dataclasses.field(default_factory=dict)

    @property
    def row(self) -> dict[str, object]:
        return {"code": self.code, "page": self.page, "params": self.params}


def judge(image: Image.Image, page: int = 1, *, paper: bool = True) -> list[Finding]:
    """The doubts about one page; `paper`: not a scene, so that light, colour and corners count."""
    small = image.convert("RGB")
    small.thumbnail((EDGE, EDGE), Image.Resampling.BILINEAR)
    grey = small.convert("L")
    return [Finding(code, page, params) for code, params in _found(image, small, grey, paper)]


def _found(
    image: Image.Image, small: Image.Image, grey: Image.Image, paper: bool
) -> Iterator[tuple[str, dict[str, int]]]:
    if min(image.size) < SHORT_SIDE:
        yield "small", {"edge": min(image.size), "wanted": SHORT_SIDE}
    if brightness(grey) < DARK:
        yield "dark", {}
    elif sharpness(grey) < SHARP:
        yield "blurred", {}
    if paper and glare(grey) > GLARE:
        yield "glare", {}
    if paper and colour(small) < COLOUR * min(brightness(grey) / 200, 1):
        yield "grey_copy", {}
    if paper and runs_out(grey):
        yield "cut_off", {}


def brightness(grey: Image.Image) -> int:
    """Where the brightest hundredth begins (0 to 255): paper, or the light print of a dark card."""
    return percentile(grey, 0.99)


def sharpness(grey: Image.Image) -> float:
    """How much of the contrast the steepest edges cross within one pixel (0 to 1): about 0.4 in focus, 0.1 out of it.

    The sharpest of nine fields counts, so that empty paper around little print says nothing; noise is smoothed away.
    """
    smooth = grey.filter(ImageFilter.MedianFilter(3))
    step = max(_steepest(smooth, ImageChops.offset(smooth, *by)) for by in ((1, 0), (0, 1)))
    contrast = percentile(smooth, 0.995) - percentile(smooth, 0.005)
    return step / max(contrast, 40)


def _steepest(grey: Image.Image, moved: Image.Image) -> int:
    width, height = grey.size
    steps = ImageChops.difference(grey, moved).crop((1, 1, width, height))
    fields = [
        steps.crop((x * width // 3, y * height // 3, (x + 1) * width // 3, (y + 1) * height // 3))
        for x in range(3)
        for y in range(3)
    ]
    return max(percentile(field, 0.995) for field in fields)


def glare(grey: Image.Image) -> float:
    """The share of the picture that is burnt out in one piece, on a paper that is not that white itself."""
    if percentile(grey, 0.5) >= 225:
        return 0.0
    small = grey.resize((max(grey.width // 4, 8), max(grey.height // 4, 8)), Image.Resampling.BOX)
    burnt = small.point(lambda value: 255 if value >= WHITE else 0).filter(ImageFilter.MinFilter(5))
    return ImageStat.Stat(burnt).mean[0] / 255


def colour(image: Image.Image) -> float:
    """How far the colours of a picture spread; a cast over the whole of it is none."""
    _light, blue, red = image.filter(ImageFilter.BoxBlur(2)).convert("YCbCr").split()
    return ImageStat.Stat(blue).stddev[0] + ImageStat.Stat(red).stddev[0]


def runs_out(grey: Image.Image) -> bool:
    """Whether the paper runs out of the picture on one side while its opposite side is seen on the table.

    A page that fills the picture was cut out or scanned, and is whole.
    """
    small = grey.resize((80, 80), Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    limit = _between(small)
    bright = small.point(lambda value: 255 if value > limit else 0)
    if not 0.2 < ImageStat.Stat(bright).mean[0] / 255 < 0.93:
        return False
    sides = [_share(bright, box) for box in ((0, 0, 2, 80), (78, 0, 80, 80), (0, 0, 80, 2), (0, 78, 80, 80))]
    pairs = ((sides[0], sides[1]), (sides[2], sides[3]))
    return any(max(pair) > BORDER and min(pair) < 0.05 for pair in pairs)


def _share(mask: Image.Image, box: tuple[int, int, int, int]) -> float:
    return ImageStat.Stat(mask.crop(box)).mean[0] / 255


def _between(grey: Image.Image) -> int:
    """The brightness that parts dark from bright best (Otsu); 255 where the two are no two."""
    counts = grey.histogram()
    total, whole = sum(counts), sum(value * count for value, count in enumerate(counts))
    best, limit, below, weight = 0.0, 255, 0, 0
    for value, count in enumerate(counts):
        below, weight = below + count, weight + value * count
        if 0 < below < total:
            apart = (whole - weight) / (total - below) - weight / below
            spread = below * (total - below) * apart**2
            if spread > best and apart > 40:
                best, limit = spread, value
    return limit


def percentile(grey: Image.Image, share: float) -> int:
    """The value that this share of the pixels does not exceed."""
    counts, left = grey.histogram(), share * grey.width * grey.height
    for value, count in enumerate(counts):
        left -= count
        if left <= 0:
            return value
    return 255
