"""The drawn specimens: what their truth says is where it says; small files; the same again from the same seed."""

import pytest
from PIL import ImageStat

from desk.demo import numbers, papers
from onboarding.documents import images

NAMES = {
    "enterprise": "虚构市小满面馆有限公司",
    "sole_trader": "听雨区样例五金店（个体工商户）",
    "micro": "龙阿婆（个人）",
}
EVERY = sorted({*papers.KINDS, "business_licence", "basic_account_proof", "authorisation_letter", "handler_id"})
CARDS = ("id_portrait", "id_emblem", "handler_id", "bank_card")


def about(number: int = 1, merchant_type: str = "enterprise") -> papers.About:
    return papers.About(
        number, merchant_type, NAMES.get(merchant_type, "虚构市听雨区第一小学"), "小满面馆", "刘小满",
        numbers.resident_id(number), "上海市浦东新区样例路 18 号 1 层",
        uscc=numbers.credit_code(number, merchant_type), account=numbers.card(number),
    )  # fmt: skip


@pytest.mark.parametrize("kind", EVERY)
def test_every_value_is_where_the_truth_says(kind):
    for number in (2, 3):
        specimen = papers.draw(kind, about(number), seed=number, title="授权委托书")
        assert specimen.fields
        for name, field in specimen.fields.items():
            left, top, right, bottom = field.box
            assert field.value, name
            assert 0 <= left < right <= specimen.image.width and 0 <= top < bottom <= specimen.image.height, name
            darkest, lightest = ImageStat.Stat(specimen.image.convert("L").crop(field.box)).extrema[0]
            assert lightest - darkest > 70, f"no ink for {name}"


@pytest.mark.parametrize("kind", EVERY)
def test_small_large_enough_and_the_same_again(kind):
    drawn = papers.draw(kind, about(), seed=7)
    data = drawn.jpeg()
    assert len(data) <= 400 * 1024
    assert min(drawn.image.size) >= (
        1200 if kind not in ("id_portrait", "id_emblem", "handler_id", "bank_card") else 1000
    )
    assert papers.draw(kind, about(), seed=7).jpeg() == data
    assert papers.draw(kind, about(), seed=8).jpeg() != data


def test_six_layouts_and_more():
    drawn = [
        papers.draw("business_licence", about(1), 1),
        papers.draw("business_licence", about(2), 1),
        papers.draw("business_licence", about(1, "sole_trader"), 1),
        papers.draw("registration_certificate", about(1, "institution"), 1),
        papers.draw("basic_account_proof", about(1), 1),
        papers.draw("basic_account_proof", about(3), 1),
        papers.draw("bank_card", about(1), 1),
    ]
    layouts = {(one.image.size, tuple(sorted(one.fields)), one.fields[min(one.fields)].box) for one in drawn}
    assert len(layouts) == len(drawn)
    assert drawn[0].image.width > drawn[0].image.height and drawn[1].image.width < drawn[1].image.height


def test_values_are_those_of_the_case():
    licence = papers.draw("business_licence", about(4), 1).fields
    assert licence["merchant.uscc"].value == numbers.credit_code(4, "enterprise")
    assert licence["merchant.name"].value == NAMES["enterprise"] and licence["person.name"].value == "刘小满"
    card = papers.draw("id_portrait", about(4), 1).fields
    assert card["person.id_number"].value == numbers.resident_id(4)
    settled = papers.draw("bank_card", about(4), 1).fields["settlement.number"].value
    assert settled.replace(" ", "") == numbers.card(4)


def test_papers_of_two_merchants_are_never_taken_for_the_same_picture():
    seen = {}
    for number in range(1, 13):
        for kind in ("business_licence", "id_portrait", "shopfront", "interior", "till", "premises_proof"):
            seen[kind, number] = images.perceptual_hash(papers.draw(kind, about(number), number * 100).image)
    assert len(set(seen.values())) == len(seen)


def test_lines_break_neither_inside_a_number_nor_before_a_stop():
    lines = papers.sheet.wrapped("信用代码 91310115MAD0000199，所提交的材料真实、完整、有效，特此说明。", 38, 330)
    assert "".join(lines) == "信用代码 91310115MAD0000199，所提交的材料真实、完整、有效，特此说明。"
    assert len(lines) > 2 and any("91310115MAD0000199" in line for line in lines)
    assert not any(line[0] in "，。、）" for line in lines)
