"""Writing right across a copy (仅供…使用) is fainter than the print beneath it: taken away by its own depth.

Where a stroke of it crosses a letter, the letter stays: print over a mark is darker than the mark. A mark as dark as
the print cannot be told from it and stays.
"""

from __future__ import annotations

import importlib
import statistics
from collections.abc import Sequence
from typing import Any, Final

from PIL import Image, ImageFilter

from onboarding.reading import engine
from onboarding.reading.layout import Quad

REDUCED: Final = 8  # the ground beneath the writing changes slowly: an eighth of the pixels say it
MARK: Final = 90  # per cent of a mark's pixels are no deeper than its strokes; what is deeper is print that it crosses
PRINT: Final = 97  # of a line of print, a half of which may be blank
CLEARLY: Final = 0.75  # of the print's depth at most
OVER: Final = 1.15  # times the mark's depth: its darkest spots too


def without(grey: Image.Image, marks: Sequence[Quad], prints: Sequence[Quad]) -> Image.Image | None:
    """The page without what is no deeper than `marks`, evenly lit; None where they are as deep as the `prints`."""
    if not marks or not prints:
        return None
    numpy = importlib.import_module("numpy")
    depth = _depth(grey, numpy)
    faint, dark = _of(depth, marks, MARK, numpy), _of(depth, prints, PRINT, numpy)
    if faint <= 0 or faint * OVER > dark * CLEARLY:
        return None
    rest = numpy.clip((numpy.asarray(depth, numpy.float32) - faint * OVER) / (dark - faint * OVER), 0, 1)
    return Image.fromarray((235 - 215 * rest).astype(numpy.uint8))


def _depth(grey: Image.Image, numpy: Any) -> Image.Image:
    """How far below its ground each pixel is: 0 paper, 255 black, whatever the light."""
    small = grey.reduce(REDUCED).filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(4))
    ground = numpy.asarray(small.resize(grey.size, Image.Resampling.BILINEAR), numpy.float32)
    share = 1 - numpy.asarray(grey, numpy.float32) / numpy.maximum(ground, 1)
    return Image.fromarray((255 * numpy.clip(share, 0, 1)).astype(numpy.uint8))


def _of(depth: Image.Image, quads: Sequence[Quad], share: int, numpy: Any) -> float:
    """How deep the strokes of these lines are; the middle of all, so that what crosses some of them counts little."""
    strips = (engine.strip(depth, quad) for quad in quads)
    return statistics.median(float(numpy.percentile(numpy.asarray(one), share)) for one in strips)
