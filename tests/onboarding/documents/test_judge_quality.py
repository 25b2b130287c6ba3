"""Doubts about a picture: each fault is named, and a good picture of a paper has none."""

import functools
import random

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from desk.demo import numbers
from desk.demo.papers import About, identity, letters, licences
from onboarding.documents import doubts, quality

ABOUT = About(
    7, "enterprise", "虚构市远帆有限公司", "远帆", "刘小满", numbers.resident_id(7), "样例路 18 号",
    uscc=numbers.credit_code(7, "enterprise"), account=numbers.card(7),
)  # fmt: skip
PAPERS = (
    licences.licence, licences.upright, identity.portrait, identity.emblem, letters.account_proof, letters.bank_card
)  # fmt: skip


@functools.cache
def drawn(draw) -> Image.Image:
    return draw(ABOUT, 3).image.convert("RGB")


def on_a_table(draw, left=120) -> Image.Image:
    """The paper on a dark table; a negative `left` cuts its left side off."""
    paper = drawn(draw)
    table = Image.new("RGB", (paper.width + 240, paper.height + 240), "#4a4038")
    table.paste(paper, (left, 120))
    return table


def noisy(image: Image.Image) -> Image.Image:
    grain = Image.effect_noise(image.size, 12).convert("RGB")
    return Image.blend(image, grain, 0.06)


def codes(image: Image.Image, **more) -> set[str]:
    return {one.code for one in quality.judge(image, **more)}


@pytest.mark.parametrize("draw", PAPERS)
@pytest.mark.parametrize("taken", [drawn, on_a_table, lambda draw: noisy(on_a_table(draw)).rotate(4)])
def test_a_good_picture_has_no_doubts(draw, taken):
    assert codes(taken(draw)) == set()


@pytest.mark.parametrize("draw", PAPERS)
@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("blurred", lambda image: image.filter(ImageFilter.GaussianBlur(9))),
        ("dark", lambda image: ImageEnhance.Brightness(image).enhance(0.2)),
        ("grey_copy", lambda image: image.convert("L").convert("RGB")),
        ("small", lambda image: image.resize((500, 400))),
    ],
)
def test_each_fault_is_named(draw, code, spoil):
    assert code in codes(spoil(on_a_table(draw)))


@pytest.mark.parametrize("draw", PAPERS[:5])
def test_a_paper_that_runs_out_of_the_picture_is_cut_off(draw):
    whole = on_a_table(draw)
    assert "cut_off" in codes(whole.crop((whole.width // 3, 0, whole.width, whole.height)))


def test_a_white_spot_is_glare_and_a_white_page_is_not():
    paper = ImageEnhance.Brightness(on_a_table(licences.licence)).enhance(0.75)
    pen = ImageDraw.Draw(paper)
    pen.ellipse((600, 400, 1050, 800), fill="white")
    assert "glare" in codes(paper)
    page = Image.new("RGB", (1200, 1600), "white")
    ImageDraw.Draw(page).text((100, 100), "scan", fill="black")
    assert "glare" not in codes(page)


def test_a_scene_is_not_judged_as_a_paper():
    scene = on_a_table(licences.licence).convert("L").convert("RGB")
    assert codes(scene, paper=False) == set()


def test_every_doubt_has_its_words():
    dice = random.Random(1)
    rows = [{"code": code, "page": dice.randint(1, 3), "params": {"edge": 1, "wanted": 2}} for code in doubts.DOUBTS]
    told = doubts.told([*rows, {"code": "unheard_of", "params": {}}])
    assert len(told) == len(rows) and all(one["sentence"] and str(one["remedy"]) for one in told)
    assert "%(" not in "".join(one["sentence"] for one in told)
