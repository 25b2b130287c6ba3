"""The recogniser: one engine a process, one thread, no arena, large blocks given back: a worker stays within 700 MB.

The models (finding and reading lines of Chinese and Latin print) come inside the wheel of rapidocr: no network. The
packages are optional and therefore imported by name.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import math
import threading
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from PIL import Image

from onboarding.reading.layout import Quad

LONGEST: Final = 1600  # pixels: more costs time and reads no better
FOUND_AT: Final = 960  # pixels on the longer side, where lines are looked for
LEAST_SCORE: Final = 0.4
TALL: Final = 48  # pixels: the height at which a line is read
PARAMS: Final = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
    "Global.log_level": "error",
    "Global.use_cls": False,
    "Global.max_side_len": LONGEST,
    "Global.text_score": 0.0,  # weighed by us
    "Det.limit_type": "max",
    "Det.limit_side_len": FOUND_AT,
    "Rec.rec_batch_num": 1,
}
LARGE: Final = 8 << 20  # bytes: left to itself, glibc soon keeps blocks of 32 MB for later, 110 MB in all
M_MMAP_THRESHOLD: Final = -3  # in its malloc.h
_one_at_a_time = threading.Lock()


def available() -> bool:
    """Whether a recogniser is installed here."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "numpy"))


@cache
def _engine() -> Any:
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another C library: works too, and may hold more
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
    return importlib.import_module("rapidocr").RapidOCR(params=PARAMS)


def without_red(image: Image.Image) -> tuple[Image.Image, float]:
    """(the page as the red channel sees it, how much it was shrunk): seals vanish, black and blue print stays."""
    page = image.convert("RGB")
    page.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return page.getchannel("R"), page.width / image.width


def quads(grey: Image.Image) -> list[Quad]:
    """The corners of every line of writing, not yet read."""
    found = getattr(_ask(grey, use_det=True, use_rec=False), "boxes", None)
    corners = [] if found is None else [[(float(x), float(y)) for x, y in quad] for quad in found]
    return [(a, b, c, d) for a, b, c, d in corners]


def strip(grey: Image.Image, quad: Quad, large: float = 1.0) -> Image.Image:
    """The line of writing in those corners, set straight, TALL pixels high."""
    tall = round(TALL * large)
    wide = max(round(math.dist(quad[0], quad[1]) / max(math.dist(quad[0], quad[3]), 1) * tall), tall // 2)
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    return grey.transform(
        (wide, tall), Image.Transform.QUAD, (ax, ay, dx, dy, cx, cy, bx, by), Image.Resampling.BICUBIC
    )


def text_of(line: Image.Image) -> tuple[str, float]:
    """What stands in a picture that one line of writing fills: (text, score 0 to 1)."""
    answer = _ask(line, use_det=False, use_rec=True)
    texts, scores = getattr(answer, "txts", None), getattr(answer, "scores", None)
    return (str(texts[0]), float(scores[0])) if texts and scores else ("", 0.0)


def _ask(grey: Image.Image, **steps: bool) -> Any:
    pixels = importlib.import_module("numpy").asarray(grey.convert("RGB"))
    with _one_at_a_time:
        return _engine()(pixels, use_cls=False, **steps)
