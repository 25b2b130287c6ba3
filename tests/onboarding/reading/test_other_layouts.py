"""What layouts of other hands taught the readers: other words for labels, lost letters, both sides on a sheet.

Pages are put together from lines with their places, as in test_read_paper.
"""

import math

import pytest

from onboarding.reading import account, engine, licence, resident_id, upright
from tests.onboarding.reading.test_read_paper import TALL, page, values


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        ("企业类型", "type", "有限责任公司"), ("公 司 类 型：", "type", "其他有限责任公司"),
        ("法定代表人姓名:", "legal_representative", "刘小满"),
        ("法定代表人（负责人）", "legal_representative", "刘小满"),
        ("注册地址", "address", "北京市样例路18号"), ("企业名称：", "name", "虚构市远帆有限公司"),
    ],
)  # fmt: skip
def test_other_words_for_a_label(label, field, value):
    assert values(licence.read(page((label + value, 100, 100))))[field] == value
    apart = page((label, 100, 100), (value, 100 + TALL * (len(label) + 1), 100))
    assert values(licence.read(apart))[field] == value


def test_a_period_of_trade_from_to():
    found = values(licence.read(page(("经营期限:自2016年03月10日起至2036年03月09日止", 100, 100))))
    assert found == {"valid_from": "2016-03-10", "valid_until": "2036-03-09"}


def test_the_label_that_fits_letter_by_letter_wins():
    assert values(licence.read(page(("有☑效期长期", 100, 100)))) == {"valid_until": "长期"}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("称 虚构市远帆有限公司", "name", "虚构市远帆有限公司"),
        ("称☑虚构市远帆有限公司", "name", "虚构市远帆有限公司"),
        ("称虚构市远帆有限公司", "name", "虚构市远帆有限公司"), ("型一人有限责任公司", "type", "一人有限责任公司"),
        ("所四川省成都市样例路18号", "address", "四川省成都市样例路18号"),
    ],
)  # fmt: skip
def test_a_label_of_which_one_letter_is_left(line, field, value):
    assert values(licence.read(page((line, 100, 100)))) == {field: value}


def test_a_line_of_the_scope_that_begins_like_the_rest_of_a_label():
    found = licence.read(page(("经营范围", 100, 100), ("货物进出口；小微", 260, 100), ("型客车租赁经营服务", 260, 132)))
    assert values(found) == {"scope": "货物进出口；小微型客车租赁经营服务"}


def test_a_spread_labels_value_keeps_its_place_for_the_line_below():
    found = licence.read(
        page(("住", 100, 100), ("所厦门市思明区望江路496号恒通国际中心D座14层", 330, 100), ("2693室", 365, 132))
    )
    assert values(found) == {"address": "厦门市思明区望江路496号恒通国际中心D座14层2693室"}


@pytest.mark.parametrize(
    ("label", "value", "strange", "field"),
    [
        ("类型", "有限责任公司", "潘娜伟", "type"), ("类型", "有限责任公司(自然人独资)", "2016年04月13日", "type"),
        ("注册资本", "陆拾万元整", "2000年02月06日", "capital"),
        ("住所", "虚构市样例路18号", "食品销售；餐饮服务。", "address"),
        ("住所", "虚构市样例路18号", "2000年02月06日", "address"), ("住所", "虚构市样例路18号", "潘娜伟", "address"),
        ("住所", "虚构市样例路18号", "91110108551385082Q", "address"),
        ("类型", "有限责任公司", "所 虚构市样例路18号", "type"),
    ],
)  # fmt: skip
def test_the_next_fields_value_is_not_taken_when_its_label_is_lost(label, value, strange, field):
    found = licence.read(page((label, 100, 100), (value, 300, 100), (strange, 300, 140)))
    assert values(found)[field] == value


def test_a_type_goes_on_while_a_bracket_is_open_or_opens():
    lines = [("类型", 100, 100), ("股份有限公司", 300, 100), ("（非上市、自然人投资", 300, 135), ("或控股）", 300, 170)]
    assert values(licence.read(page(*lines))) == {"type": "股份有限公司（非上市、自然人投资或控股）"}


@pytest.mark.parametrize("rest", ["室", "2693室", "层881室", ")"])
def test_an_address_without_its_beginning_is_none(rest):
    assert values(licence.read(page(("住所", 100, 100), (rest, 190, 140)))) == {}


def test_a_speck_in_the_gap_between_label_and_value_is_no_sign_of_it():
    found = licence.read(page(("住☑所", 100, 100), ("☑北京市样例路18号", 260, 100), ("类☑型☑有限责任公司", 100, 200)))
    assert values(found) == {"address": "北京市样例路18号", "type": "有限责任公司"}


def test_a_line_after_a_gap_is_no_more_of_the_value():
    found = licence.read(page(("住所", 100, 100), ("虚构市样例路18号", 260, 100), ("1层101室", 260, 100 + 2 * TALL)))
    assert values(found) == {"address": "虚构市样例路18号"}


@pytest.mark.parametrize(("there", "end"), [("室", "384室"), ("", "384"), ("4", "384"), ("样本", "384")])
def test_a_lonely_last_letter_is_looked_for_where_it_must_stand(there, end):
    asked = []

    def again(spot):
        asked.append(spot.quad)
        return there

    found = licence.read(page(("住所", 100, 100), ("虚构市样例路18号12层384", 260, 100), again=again))["address"]
    assert found.value == f"虚构市样例路18号12层{end}"
    assert asked[-1][0] == (260, 100 + TALL) and asked[-1][2] == (260 + 1.4 * TALL, 100 + 2 * TALL)


def test_marks_across_the_page_are_no_values():
    wide = page(("注册资本", 100, 100), ("壹仟万圆整", 300, 100)).rows[0]
    mark = page(("样本", 600, 60)).rows[0][0]
    tall = type(mark)("样本", mark.quad, 0.99, 600, 60, 900, 60 + 4 * TALL)
    found = licence.read(type(page())([*wide, tall]))
    assert values(found) == {"capital": "壹仟万圆整"}


def test_both_sides_of_a_card_on_one_sheet():
    lines = [("签发机关", 50, 50), ("虚构市公安局", 250, 50), ("有效期限 2022.04.21-2032.04.21", 50, 110)]
    lines += [
        ("姓名石玉阳", 50, 300),
        ("出生", 50, 400),
        ("1969", 150, 400),
        ("年 3", 320, 400),
        ("月 24 日", 450, 400),
    ]
    assert values(resident_id.read_front(page(*lines))) == {"name": "石玉阳", "birth": "1969-03-24"}
    unlabelled = [one for one in lines if one[0] != "出生"]
    assert values(resident_id.read_front(page(*unlabelled)))["birth"] == "1969-03-24"
    assert "birth" not in values(resident_id.read_front(page(*lines[:4])))
    assert values(resident_id.read_back(page(*lines)))["valid_until"] == "2032-04-21"


def test_the_representative_stands_next_to_the_label_and_a_seal_farther_away():
    found = account.read_permit(
        page(("法定代表人（单位负责人）", 100, 100), ("丁德", 500, 100), ("银行业务", 900, 100), ("m", 480, 100))
    )
    assert values(found) == {"legal_representative": "丁德"}
    stuck = account.read_permit(page(("法定代表人（单位负责人）许雨静", 100, 100)))
    assert values(stuck) == {"legal_representative": "许雨静"}


def test_an_account_number_in_pieces_and_none_that_another_label_claims():
    lines = [("账号", 100, 100), ("3600 0712", 220, 100), ("0900 1234 567", 520, 100)]
    assert values(account.read_permit(page(*lines)))["account_number"] == "3600071209001234567"
    claimed = account.read_permit(page(("编号：3840-59545473", 100, 100), ("电话：075512345678", 100, 160)))
    assert values(claimed) == {}
    assert values(account.read_permit(page(("账号：12", 100, 100)))) == {}


def quad(left: float, top: float, wide: float, angle: float):
    """A line of writing TALL pixels high that runs at `angle` degrees."""
    x, y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    a, b = (left, top), (left + wide * x, top + wide * y)
    return a, b, (b[0] - TALL * y, b[1] + TALL * x), (a[0] - TALL * y, a[1] + TALL * x)


def test_a_sentence_across_a_copy_turns_no_line_and_is_not_read(monkeypatch):
    lines = [quad(50, 60 * row, 300, 2) for row in range(6)]
    marks = [quad(60, 90 + 200 * row, 380, 30) for row in range(2)]
    monkeypatch.setattr(engine, "strip", lambda _grey, quad: quad)
    monkeypatch.setattr(engine, "text_of", lambda _strip: ("字", 1.0))
    read, angle = upright.upright_lines(None, [*lines, *marks])
    assert angle == pytest.approx(2) and [line.quad for line in read] == lines


@pytest.mark.parametrize(("last", "until"), [("2033年06月19日", "2033-06-19"), ("长期", "长期")])
def test_a_period_in_two_fields(last, until):
    found = licence.read(page(("营业期限自：2013年06月20日", 100, 100), (f"营业期限至：{last}", 900, 100)))
    assert values(found) == {"valid_from": "2013-06-20", "valid_until": until}


def test_the_time_of_printing_is_no_account():
    lines = [("账号", 100, 100), ("186216311909", 220, 84), ("打印时间：2024-05-11 10:22:31", 100, 400)]
    assert values(account.read_permit(page(*lines))) == {"account_number": "186216311909"}
    assert values(account.read_permit(page(lines[0], lines[2]))) == {}
