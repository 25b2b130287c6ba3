"""The same picture saved anew, made smaller, trimmed by up to 5 % a side; another copy of a form is another picture."""

import io
import random
from functools import lru_cache

import pytest
from PIL import Image

from desk.demo import papers
from onboarding.screening import alike

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
    """Both steps: a band in common and near enough, then laid over each other."""
    asked = alike.marks(grey(one, 320))
    bits = alike.mark(grey(other, 320))
    distance, windows = alike.nearest(asked, bits)
    shared = alike.bands(asked.values()) & alike.bands([bits])
    return bool(shared) and distance <= alike.NEAR and alike.is_same(grey(one, 1200), windows, grey(other, 1200))


@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_the_same_picture_is_found_from_either_side(kind):
    for number in range(2):
        picture = drawn(kind, number)
        changed = again(picture, number)
        assert found(changed, picture) and found(picture, changed), number


@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_two_trimmed_copies_know_each_other(kind):
    picture = drawn(kind, 1)
    assert found(again(picture, 11, 0.03), again(picture, 12, 0.03))


@pytest.mark.parametrize("kind", [*FORMS, *SCENES])
def test_another_copy_of_the_same_form_is_another_picture(kind):
    pictures = [drawn(kind, number) for number in range(3)]
    others = [(one, other) for one in pictures for other in pictures if one is not other]
    assert not any(found(*pair) for pair in others)


@pytest.mark.parametrize("colour", ["white", "black", "#777"])
def test_nothing_is_like_nothing(colour):
    blank = Image.new("L", (640, 480), colour)
    assert alike.mark(blank) == 0 and not alike.bands([0])
    assert not alike.is_same(blank, alike.WINDOWS[:1], blank)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_odd_sizes_do_no_harm(size):
    odd = Image.effect_noise(size, 80)
    assert len(alike.marks(odd)) == 256
    alike.is_same(odd, alike.WINDOWS[:1], odd)
