"""The same picture saved anew, smaller, trimmed, brighter, turned, mirrored; another copy of a form is another one."""

import io
import random
from functools import lru_cache

import pytest
from PIL import Image, ImageEnhance

from desk.demo import papers
from onboarding.screening import alike, overlay

FORMS = ("business_licence", "id_portrait", "special_permit")
SCENES = ("shopfront", "interior", "till")


def about(number):
    draw = random.Random(number)
    name = "".join(
        draw.choices("春夏秋冬山水云月花鸟竹松梅兰菊星河海湖森阳光明红绿蓝金银宝玉珠安康福寿喜乐", k=draw.randint(2, 4))
    )
    return papers.About(
        number=3 * number, type="enterprise", name=f"虚构市{name}餐饮有限公司", sign=f"{name}面馆", person=name[:3],
        id_number="11010519491231002X", address=f"虚构市听雨区{name}路{draw.randint(1, 300)}号",
        uscc="91110000600037341L",
    )  # fmt: skip


@lru_cache(maxsize=64)
def drawn(kind, number):
    return Image.open(io.BytesIO(papers.draw(kind, about(number), number).jpeg()))


def grey(picture, edge):
    small = picture.convert("L")
    small.thumbnail((edge, edge))
    return small


def again(picture, seed, most=0.05):
    """Trimmed by chance on each side, made smaller, saved with less quality."""
    draw = random.Random(seed)
    left, top, right, bottom = (draw.uniform(0, most) for _side in range(4))
    width, height = picture.size
    cut = picture.crop((int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height)))
    factor = draw.uniform(0.6, 1)
    out = io.BytesIO()
    small = cut.convert("RGB").resize((int(cut.width * factor), int(cut.height * factor)))
    small.save(out, "JPEG", quality=draw.randint(45, 80))
    return Image.open(out)


def found(one, other):
    """Both steps: a quarter in common and near enough, then laid over each other."""
    asked, bits = alike.marks(grey(one, 320)), alike.mark(grey(other, 320))
    distance, flip, tilt, windows = alike.nearest(asked, bits)
    mine = alike.lying(grey(one, 1200))
    mine = alike.tilted(mine) if tilt else mine
    shared = alike.bands(asked.values()) & alike.bands([bits])
    near = shared and distance <= alike.NEAR
    return bool(near) and overlay.is_same(mine, windows, alike.flipped(alike.lying(grey(other, 1200)), flip))


def changed(picture, how):
    quality = {"quality": 30, "small": 60}.get(how, 75)
    out = io.BytesIO()
    CHANGES.get(how, lambda same: same)(picture).convert("RGB").save(out, "JPEG", quality=quality)
    return Image.open(out)


CHANGES = {
    "small": lambda picture: picture.resize((picture.width // 4, picture.height // 4)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture.convert("RGB")).enhance(1.2),
    "darker": lambda picture: ImageEnhance.Brightness(picture.convert("RGB")).enhance(0.7),
    "contrast": lambda picture: ImageEnhance.Contrast(picture.convert("RGB")).enhance(1.25),
    "mirrored": lambda picture: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "turned 90": lambda picture: picture.transpose(Image.Transpose.ROTATE_90),
    "turned 180": lambda picture: picture.transpose(Image.Transpose.ROTATE_180),
    "turned 270": lambda picture: picture.transpose(Image.Transpose.ROTATE_270),
}


@pytest.mark.parametrize("kind", ["business_licence", "shopfront"])
@pytest.mark.parametrize("how", ["quality", *CHANGES])
def test_a_changed_copy_is_found(kind, how):
    picture = drawn(kind, 1)
    assert found(picture, changed(picture, how))


@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_a_small_picture_trimmed_and_saved_again_is_found(kind):
    picture = drawn(kind, 2).copy()
    picture.thumbnail((640, 480))
    assert found(again(picture, 3), picture) and found(picture, again(picture, 4))


@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_the_same_picture_is_found_from_either_side(kind):
    for number in range(2):
        picture = drawn(kind, number)
        copy = again(picture, number, 0.08)
        assert found(copy, picture) and found(picture, copy), number


@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_two_trimmed_copies_know_each_other(kind):
    picture = drawn(kind, 1)
    assert found(again(picture, 11, 0.03), again(picture, 12, 0.03))


@pytest.mark.parametrize("edge", [1200, 640])
@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_another_copy_of_the_same_form_is_another_picture(kind, edge):
    pictures = [drawn(kind, number).copy() for number in range(3)]
    for picture in pictures:
        picture.thumbnail((edge, edge))
    others = [(one, other) for one in pictures for other in pictures if one is not other]
    assert not any(found(*pair) for pair in others)


def test_what_is_too_small_to_tell_forms_apart_is_not_called_the_same():
    one, other = (drawn("business_licence", number).resize((160, 115)).convert("L") for number in (0, 3))
    assert overlay.compared(one, alike.WINDOWS[:3], other) == [] and not overlay.is_same(one, alike.WINDOWS[:3], other)


@pytest.mark.parametrize("colour", ["white", "black", "#777"])
def test_nothing_is_like_nothing(colour):
    blank = Image.new("L", (640, 480), colour)
    assert alike.mark(blank) == 0 and not alike.bands([0])
    assert not overlay.is_same(blank, alike.WINDOWS[:1], blank)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (300, 300)])
def test_odd_sizes_do_no_harm(size):
    odd = Image.effect_noise(size, 80)
    assert len(alike.marks(odd)) == len(alike.WINDOWS) * (2 if size[0] == size[1] else 1)
    assert alike.mark(odd) < 1 << 4 * alike.DIGITS
    overlay.is_same(alike.lying(odd), alike.WINDOWS[:1], alike.lying(odd))


def test_the_quarters_of_a_flipped_picture_are_the_same_in_other_places():
    picture = grey(drawn("shopfront", 1), 320)
    for how in (None, Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.ROTATE_180):
        turned = picture if how is None else picture.transpose(how)
        distance, flip, tilt, _windows = alike.nearest({(False, alike.MIDDLE): alike.mark(picture)}, alike.mark(turned))
        assert distance <= 4 and not tilt and alike.FLIPS[flip][0] == how
