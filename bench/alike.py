"""Is the same picture known again, and no other one taken for it?

    .venv/bin/python bench/alike.py [numbers] [seed]      # 2 of each kind and size from seed 1; some minutes

Papers and scenes are drawn, made 1280 or 640 pixels long, and taken in as an upload is. A changed copy of each is
looked for among them as the check does: a quarter of the mark in common, near enough, then laid over each other. False
alarms: two honest papers of one layout, two cards, two shops, laid over each other whether or not their marks are near,
one of them also saved with little quality. Ends with 1 when fewer than 95 % are found, or on a false alarm.
"""

from __future__ import annotations

import io
import itertools
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402  # needs the path above

django.setup()

from PIL import Image, ImageEnhance  # noqa: E402
from reading import about  # noqa: E402

from desk.demo import papers  # noqa: E402
from onboarding.documents import images  # noqa: E402
from onboarding.screening import alike, overlay  # noqa: E402

KINDS = (
    "business_licence",
    "id_portrait",
    "special_permit",
    "bank_card",
    "shopfront",
    "interior",
    "till",
    "stall_scene",
)
SIZES = (1280, 640)
FOUND = 0.95
Taken = tuple[Image.Image, Image.Image]
Change = Callable[[Image.Image, random.Random], Image.Image]


def saved(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def scaled(picture: Image.Image, factor: float) -> Image.Image:
    return picture.resize((int(picture.width * factor), int(picture.height * factor)), Image.Resampling.BICUBIC)


def trimmed(picture: Image.Image, dice: random.Random, most: float) -> Image.Image:
    left, top, right, bottom = (dice.uniform(0, most) for _side in range(4))
    width, height = picture.size
    return picture.crop((int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height)))


def light(picture: Image.Image, factor: float) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(factor)


def turned(how: Image.Transpose) -> Change:
    return lambda picture, _dice: saved(picture.transpose(how), 75)


CHANGES: dict[str, Change] = {
    "saved with quality 30": lambda picture, _dice: saved(picture, 30),
    "saved with quality 60": lambda picture, _dice: saved(picture, 60),
    "saved with quality 90": lambda picture, _dice: saved(picture, 90),
    "made smaller, to 320 pixels": lambda picture, _dice: saved(scaled(picture, 320 / picture.width), 75),
    "made larger, 1.5 times": lambda picture, _dice: saved(scaled(picture, 1.5), 75),
    "trimmed by up to 5 % a side": lambda picture, dice: saved(trimmed(picture, dice, 0.05), 75),
    "trimmed by up to 8 % a side": lambda picture, dice: saved(trimmed(picture, dice, 0.08), 75),
    "brighter by a fifth": lambda picture, _dice: saved(light(picture, 1.2), 75),
    "darker by a third": lambda picture, _dice: saved(light(picture, 0.67), 75),
    "contrast up by a quarter": lambda picture, _dice: saved(ImageEnhance.Contrast(picture).enhance(1.25), 75),
    "turned by 90°": turned(Image.Transpose.ROTATE_90),
    "turned by 180°": turned(Image.Transpose.ROTATE_180),
    "turned by 270°": turned(Image.Transpose.ROTATE_270),
    "mirrored": turned(Image.Transpose.FLIP_LEFT_RIGHT),
    "trimmed 5 %, quality 50": lambda picture, dice: saved(trimmed(picture, dice, 0.05), 50),
    "trimmed 6 %, smaller, brighter, quality 50": lambda picture, dice: saved(
        light(scaled(trimmed(picture, dice, 0.06), 0.6), 1.1), 50
    ),
}


def drawn(kind: str, number: int, size: int) -> Image.Image:
    dice = random.Random(f"{kind} {number}")
    specimen = papers.draw(kind, about(dice, number), number)
    picture = Image.open(io.BytesIO(specimen.jpeg())).convert("RGB")
    picture.thumbnail((size, size))
    return saved(picture, 88)


def taken(picture: Image.Image) -> Taken:
    """Page and thumbnail in grey, as the intake encodes them."""
    page = Image.open(io.BytesIO(images.jpeg(images.shrunk(picture, images.PAGE_EDGE))))
    small = images.jpeg(images.shrunk(picture, images.THUMBNAIL_EDGE))
    return page.convert("L"), Image.open(io.BytesIO(small)).convert("L")


def verdict(one: Taken, other: Taken) -> tuple[bool, bool, float]:
    """(whether the search finds it, whether they are the same laid over each other, seconds)."""
    began = time.process_time()
    asked, bits = alike.marks(one[1]), alike.mark(other[1])
    distance, flip, tilt, windows = alike.nearest(asked, bits)
    near = bool(alike.bands(asked.values()) & alike.bands([bits])) and distance <= alike.NEAR
    mine = alike.tilted(alike.lying(one[0])) if tilt else alike.lying(one[0])
    same = overlay.is_same(mine, windows, alike.flipped(alike.lying(other[0]), flip))
    return near, same, time.process_time() - began


def changed(job: tuple[str, int, int]) -> list[tuple[str, int, bool, bool, float]]:
    """One picture against each of its changed copies."""
    kind, number, size = job
    picture = drawn(kind, number, size)
    whole = taken(picture)
    rows = []
    for name, change in CHANGES.items():
        copy = taken(change(picture, random.Random(f"{job} {name}")))
        pair = (copy, whole) if number % 2 else (whole, copy)  # whichever was there first
        rows.append((name, size, *verdict(*pair)))
    return rows


def other(job: tuple[str, int, int, int, int]) -> tuple[str, bool, bool]:
    """Two honest pictures of one kind."""
    kind, first, second, size, quality = job
    one, two = drawn(kind, first, size), saved(drawn(kind, second, size), quality)
    near, same, _seconds = verdict(taken(one), taken(two))
    return kind, near, same


def pairs(numbers: range) -> Iterator[tuple[str, int, int, int, int]]:
    more = range(numbers.start, numbers.start + 3 * len(numbers))
    for kind, size in itertools.product(KINDS, SIZES):
        for place, (first, second) in enumerate(itertools.combinations(more, 2)):
            yield kind, first, second, size, 30 if place % 2 else 88


def told_changes(rows: list[tuple[str, int, bool, bool, float]]) -> bool:
    print(
        "\n| change | "
        + " | ".join(f"{size} pixels: found / missed" for size in SIZES)
        + " |\n|---|"
        + "---|" * len(SIZES)
    )
    for name in CHANGES:
        cells = []
        for size in SIZES:
            mine = [near and same for what, at, near, same, _s in rows if (what, at) == (name, size)]
            cells.append(f"{sum(mine)} / {len(mine) - sum(mine)}")
        print(f"| {name} | " + " | ".join(cells) + " |")
    seconds = [row[4] for row in rows]
    print(f"\n{len(rows)} pairs, {sum(seconds) / len(seconds):.2f} s of processor time each")
    missed = Counter("search" if not near else "overlay" for _n, _a, near, same, _s in rows if not (near and same))
    print("missed by:", dict(missed) or "nothing")
    return sum(near and same for _n, _a, near, same, _s in rows) >= FOUND * len(rows)


def told_others(rows: list[tuple[str, bool, bool]]) -> bool:
    print("\n| honest pairs of one kind | pairs | marks near | false alarms |\n|---|---|---|---|")
    for kind in KINDS:
        mine = [row for row in rows if row[0] == kind]
        print(f"| {kind} | {len(mine)} | {sum(row[1] for row in mine)} | {sum(row[2] for row in mine)} |")
    print(f"\n{len(rows)} pairs, {sum(row[2] for row in rows)} false alarms")
    return not any(row[2] for row in rows)


def main() -> int:
    number, seed = map(int, [*sys.argv[1:3], *"21"[len(sys.argv) - 1 :]])
    numbers = range(seed, seed + number)
    with multiprocessing.Pool(2) as pool:
        found = pool.map(changed, itertools.product(KINDS, numbers, SIZES), 1)
        others = pool.map(other, pairs(numbers), 4)
    good = [told_changes(list(itertools.chain(*found))), told_others(others)]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
