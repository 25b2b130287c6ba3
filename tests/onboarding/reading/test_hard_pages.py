"""What the fourth set of drawn papers taught the readers: labels above values, wrapped names, marks across a copy."""

import math

import pytest
from PIL import Image, ImageDraw

from onboarding.reading import account, engine, faint, licence, resident_id, texts, upright
from tests.onboarding.reading.test_other_layouts import quad
from tests.onboarding.reading.test_read_paper import TALL, page, values


def test_labels_above_their_values():
    lines = [("法定代表人", 100, 100), ("刘小满", 100, 140), ("类型", 100, 200), ("有限责任公司", 100, 240)]
    lines += [("经营范围", 100, 300), ("文具用品零售；软件", 100, 340), ("开发；花卉种植。", 100, 372)]
    assert values(licence.read(page(*lines))) == {
        "legal_representative": "刘小满", "type": "有限责任公司", "scope": "文具用品零售；软件开发；花卉种植。",
    }  # fmt: skip


def test_a_label_without_a_value_takes_no_other_labels():
    lines = [("法定代表人", 100, 100), ("注册资本", 100, 140), ("200万元", 100, 180)]
    assert values(licence.read(page(*lines))) == {"capital": "200万元"}


def test_a_holders_name_goes_over_two_lines():
    label, beside = ("户名", 100, 100), 100 + 4 * TALL
    whole = page(label, ("虚构市远帆源泉万家信息技术", beside, 100), ("有限责任公司", beside, 132))
    assert values(account.read_permit(whole)) == {"account_name": "虚构市远帆源泉万家信息技术有限责任公司"}
    branch = page(label, ("虚构市远帆信息技术有限公司", beside, 100), ("听雨第二分公司", beside, 132))
    assert values(account.read_permit(branch)) == {"account_name": "虚构市远帆信息技术有限公司听雨第二分公司"}
    scrap = page(label, ("虚构市远帆信息技术有限公司", beside, 100), ("仅供核对", beside, 132))
    assert values(account.read_permit(scrap)) == {"account_name": "虚构市远帆信息技术有限公司"}


@pytest.mark.parametrize(("rest", "bank"), [("行", "支行"), ("本页仅供核对", "支")])
def test_a_bank_goes_on_until_it_ends_like_an_office(rest, bank):
    lines = [("开户银行", 100, 100), ("中国农业银行股份有限公司虚构城东支", 260, 100), (rest, 260, 132)]
    assert values(account.read_permit(page(*lines))) == {"bank": f"中国农业银行股份有限公司虚构城东{bank}"}


def test_a_heading_with_a_labels_letters_hides_no_account_number():
    lines = [("单位银行结算账户开户证明", 300, 20), ("账号", 100, 100), ("692617455252", 220, 100)]
    lines += [("流水号：827520109264123", 100, 400)]
    assert values(account.read_permit(page(*lines))) == {"account_number": "692617455252"}
    assert values(account.read_permit(page(lines[0], lines[1], lines[3]))) == {}


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("吐尔逊。阿吾提", "吐尔逊·阿吾提"), ("古丽，买买提明", "古丽·买买提明"), ("古丽,买买提明", "古丽·买买提明"),
        ("张三，李四", "张三，李四"), ("刘小满。", "刘小满"),
    ],
)  # fmt: skip
def test_what_a_dot_between_the_parts_of_a_name_is_read_as(read, name):
    assert texts.person(read) == name


def test_the_comma_of_a_name_on_its_paper():
    lines = (("姓名 吐尔逊。阿吾提", 100, 100),)
    assert values(resident_id.read_front(page(*lines))) == {"name": "吐尔逊·阿吾提"}
    assert values(licence.read(page(("经营者 古丽，买买提明", 100, 100)))) == {"legal_representative": "古丽·买买提明"}


def test_words_as_long_as_a_credit_code_are_none():
    lines = [("企业信用信息公示系统网址：HTTPS://WWW.GSXT.EXAMPLE", 100, 100), ("注册号 330203123456789", 100, 200)]
    assert values(licence.read(page(*lines))) == {}


def copy(mark: int) -> tuple[Image.Image, list, list]:
    """Four black strokes of print with a bar of that grey right across them, and where both lie."""
    sheet, lines = Image.new("L", (600, 400), 230), [quad(40, 40 + 90 * row, 320, 0) for row in range(4)]
    across = quad(60, 60, 420, 30)
    draw = ImageDraw.Draw(sheet)
    draw.polygon(across, fill=mark)
    for line in lines:
        draw.line((line[0][0], line[0][1] + TALL / 2, line[1][0], line[1][1] + TALL / 2), fill=30, width=6)
    return sheet, [across], lines


def test_a_faint_mark_is_taken_away_and_the_print_stays():
    sheet, marks, lines = copy(160)
    clear = faint.without(sheet, marks, lines)
    assert clear.getpixel((60, 40 + TALL // 2)) < 60 and clear.getpixel((420, 275)) > 200
    assert sheet.getpixel((420, 275)) == 160


def test_a_mark_as_dark_as_the_print_stays():
    assert faint.without(*copy(60)) is None
    sheet, _marks, lines = copy(160)
    assert faint.without(sheet, [], lines) is None


def test_a_page_is_looked_through_again_only_without_its_mark(monkeypatch):
    sheet, marks, lines = copy(160)
    seen = []
    monkeypatch.setattr(
        engine, "quads", lambda grey: seen.append(grey) or ([*lines, *marks] if grey is sheet else lines)
    )
    clear, found = upright.cleared(sheet)
    assert clear is not sheet and found == lines and seen == [sheet, clear]
    seen.clear()
    monkeypatch.setattr(engine, "quads", lambda grey: seen.append(grey) or lines)
    assert upright.cleared(sheet) == (sheet, lines) and seen == [sheet]


def test_no_line_is_read_twice_to_learn_which_way_is_up(monkeypatch):
    lines, reads = [quad(50, 60 * row, 300 + row, 0) for row in range(5)], []
    on_its_head = math.pi
    monkeypatch.setattr(engine, "strip", lambda _grey, quad: quad)

    def text_of(strip):
        reads.append(strip)
        return 9 * "字", 0.3 if abs(strip[1][0] - strip[0][0] - abs(strip[1][0] - strip[0][0])) < 1 else 0.99

    monkeypatch.setattr(engine, "text_of", text_of)
    read, angle = upright.upright_lines(None, lines)
    assert angle == pytest.approx(math.degrees(on_its_head)) and len(read) == 5
    assert len(reads) == len(set(reads)) == 7


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2015年03月12日至2035年03月11日", ("2015-03-12", "2035-03-11")), ("2015.03.12-长期", ("2015-03-12", "长期")),
        ("2015.03.12-2035.03.12", ("2015-03-12", "2035-03-12")), ("至2035年03月11日", ("", "2035-03-11")),
        ("自成立之日至2035年03月11日止", ("", "2035-03-11")), ("2015年03月12日至", ("2015-03-12", "")),
        ("2015年03月12日", ("2015-03-12", "")), ("长期", ("", "长期")),
    ],
)  # fmt: skip
def test_the_two_days_of_a_term(text, term):
    assert texts.term(text) == term


def test_a_value_of_the_other_column_goes_on_in_a_labels_row():
    lines = [("住所", 900, 100), ("南宁市青秀区南湖大道873号院内6号", 1020, 100)]
    lines += [("经营范围", 100, 140), ("预包装食品零售；日", 260, 140), ("门面", 1020, 140), ("用杂品销售。", 260, 180)]
    assert values(licence.read(page(*lines))) == {
        "address": "南宁市青秀区南湖大道873号院内6号门面", "scope": "预包装食品零售；日用杂品销售。",
    }  # fmt: skip


def test_the_mark_of_a_copy_is_no_line_of_an_address():
    label, first = ("住址", 100, 100), "重庆市渝中区车站东路470号"
    for lines in ([(first, 200, 100), ("他用无效", 200, 140)], [(f"{first}他用无效", 200, 100)]):
        assert values(resident_id.read_front(page(label, *lines))) == {"address": first}


def test_a_speck_after_a_label_is_no_beginning_of_its_value():
    lines = [("户名_", 100, 100), ("虚构市远帆信息技术有限", 320, 100), ("责任公司", 320, 132)]
    assert values(account.read_permit(page(*lines))) == {"account_name": "虚构市远帆信息技术有限责任公司"}
    assert values(licence.read(page(("名称_虚构市听雨面馆_", 100, 100)))) == {"name": "虚构市听雨面馆"}


def test_the_cells_after_a_bank_are_not_its_name():
    lines = [("开户行", 100, 100), ("虚构新华农村信用合作联社", 260, 100), ("状态", 900, 100), ("正常", 1100, 100)]
    assert values(account.read_permit(page(*lines))) == {"bank": "虚构新华农村信用合作联社"}


def test_a_name_whose_label_was_lost_stands_alone_over_the_type():
    name, kind = ("虚构远帆教育咨询有限公司听雨第二分公司", 260, 100), [("类型", 100, 160), ("分公司", 260, 160)]
    assert values(licence.read(page(name, *kind))) == {"name": name[0], "type": "分公司"}
    assert values(licence.read(page(("上一行", 260, 60), name, *kind))) == {"type": "分公司"}
    assert values(licence.read(page(("虚构市听雨区样例路", 260, 100), *kind))) == {"type": "分公司"}


def test_one_sure_letter_in_a_long_line_does_not_say_which_way_is_up(monkeypatch):
    lines = [quad(50, 60 * row, 300, 0) for row in range(3)]
    monkeypatch.setattr(engine, "strip", lambda _grey, quad: quad)
    monkeypatch.setattr(
        engine, "text_of", lambda strip: ("证", 0.97) if strip[0][0] < strip[1][0] else ("居民身份证", 0.95)
    )
    assert upright.upright_lines(None, lines)[1] == pytest.approx(180)


def test_a_labels_letter_that_was_read_twice_is_no_beginning_of_the_value():
    twice = page(("姓名", 100, 100), ("名尚瑾璐", 100 + TALL, 100))
    assert values(resident_id.read_front(twice)) == {"name": "尚瑾璐"}
    once = page(("姓名", 100, 100), ("名尚瑾璐", 100 + 4 * TALL, 100))
    assert values(resident_id.read_front(once)) == {"name": "名尚瑾璐"}
