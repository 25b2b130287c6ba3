"""Values on papers, from lines of writing as a recogniser gives them: labels, columns, seals and slips of a digit.

The recogniser itself is optional and not asked here: pages are put together from lines with their places.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.formats import uscc
from onboarding.formats.text import DOTS
from onboarding.reading import PAPERS, account, licence, resident_id, texts
from onboarding.reading.labels import label_end
from onboarding.reading.layout import Line, Page, rows

CODE = "91110108551385082Q"
IDENTITY = "11010519491231002X"
TALL = 30


def line(text: str, left: float, top: float, score: float = 0.99) -> Line:
    """A line of upright writing, each letter as wide as high."""
    right, bottom = left + TALL * len(text), top + TALL
    return Line(text, ((left, top), (right, top), (right, bottom), (left, bottom)), score, left, top, right, bottom)


def page(*places: tuple[str, float, float], again=None) -> Page:
    return Page([line(*place) for place in places], again)


def values(found) -> dict[str, str]:
    return {name: one.value for name, one in found.items()}


def test_a_licence_in_two_columns():
    found = licence.read(
        page(
            ("营业执照", 600, 20), ("统一社会信用代码", 100, 90), (CODE, 100, 130),
            ("名称", 100, 200), ("虚构市小满面馆有限公司", 260, 200), ("注册资本", 900, 200), ("伍拾万元整", 1100, 200),
            ("类型", 100, 260), ("有限责任公司(自然人独资)", 260, 260),
            ("法定代表人", 100, 320), ("刘小满", 260, 320), ("成立日期", 900, 320), ("2019年05月06日", 1100, 320),
            ("经营范围", 100, 380), ("餐饮服务；食品销售；日用百货、", 260, 380),
            ("住所", 900, 380), ("样例路18号", 1100, 380),
            ("办公用品的销售。", 260, 420), ("1层101室", 1100, 420),
            ("营业期限", 900, 480), ("2019-05-06至长期", 1100, 480),
        )
    )  # fmt: skip
    assert values(found) == {
        "uscc": CODE, "name": "虚构市小满面馆有限公司", "legal_representative": "刘小满", "capital": "伍拾万元整",
        "type": "有限责任公司(自然人独资)", "scope": "餐饮服务；食品销售；日用百货、办公用品的销售。",
        "address": "样例路18号1层101室",
        "established": "2019-05-06", "valid_from": "2019-05-06", "valid_until": "长期",
    }  # fmt: skip
    assert found["uscc"].box == (100, 130, 100 + 18 * TALL, 130 + TALL)


def test_labels_stick_to_values_lose_a_letter_or_stand_apart():
    found = licence.read(page(("称", 130, 100), ("虚构市远帆有限公司", 260, 100), ("法定代表人：欧阳晓", 100, 160)))
    assert values(found) == {"name": "虚构市远帆有限公司", "legal_representative": "欧阳晓"}
    spread = licence.read(page(("名", 100, 100), ("称", 170, 100), ("虚构市远帆有限公司", 260, 100)))
    assert values(spread) == {"name": "虚构市远帆有限公司"}


def test_a_name_ends_where_the_next_lines_label_was_not_recognised():
    found = licence.read(page(("名称", 100, 100), ("虚构市远帆有限公司", 260, 100), ("有限责任公司", 260, 150)))
    assert values(found) == {"name": "虚构市远帆有限公司"}
    branch = licence.read(page(("名称", 100, 100), ("虚构市远帆有限公司", 260, 100), ("听雨分公司", 260, 150)))
    assert values(branch) == {"name": "虚构市远帆有限公司听雨分公司"}


@pytest.mark.parametrize(("read", "mended"), [("9111O108551385082Q", True), ("91110108551385082Q", False)])
def test_a_slip_is_mended_by_the_check_character_and_said(read, mended):
    found = licence.read(page(("统一社会信用代码", 100, 90), (read, 400, 90)))["uscc"]
    assert (found.value, found.mended) == (CODE, mended)


def test_a_second_look_comes_before_mending():
    found = licence.read(page(("统一社会信用代码9111O108551385082Q", 100, 90), again=lambda _line: f"码 {CODE}"))[
        "uscc"
    ]
    assert (found.value, found.mended) == (CODE, False)


def test_a_number_that_fits_no_check_is_shown_as_doubtful():
    found = licence.read(page(("统一社会信用代码", 100, 90), ("91110108551385083Q", 400, 90)))["uscc"]
    assert found.sure <= 0.5 and uscc.read("91110108551385083Q").warnings


def test_an_identity_card():
    front = resident_id.read_front(
        page(
            ("姓名", 50, 50), ("买买提·艾力", 150, 50), ("性别男", 50, 110), ("民族维吾尔", 250, 110),
            ("出生", 50, 170), ("1949年12月31日", 150, 170), ("住址", 50, 230), ("虚构市听雨区样例路18号", 150, 230),
            ("1层101室", 150, 270), ("公民身份号码", 50, 350), (IDENTITY, 300, 350),
        )
    )  # fmt: skip
    assert values(front) == {
        "name": "买买提·艾力", "sex": "男", "nation": "维吾尔", "birth": "1949-12-31",
        "address": "虚构市听雨区样例路18号1层101室", "number": IDENTITY,
    }  # fmt: skip
    back = resident_id.read_back(
        page(("签发机关", 50, 50), ("虚构市公安局", 250, 50), ("有效期限", 50, 110), ("2016.05.01-长期", 250, 110))
    )
    assert values(back) == {"authority": "虚构市公安局", "valid_from": "2016-05-01", "valid_until": "长期"}


def test_an_account_paper_and_a_card_in_groups():
    paper = account.read_permit(
        page(
            ("账户名称", 50, 50), ("虚构市远帆有限公司", 250, 50), ("账户号码", 50, 110),
            ("3600 0712 0900 1234 567", 250, 110),
            ("开户银行", 50, 170), ("中国建设银行虚构市支行", 250, 170), ("法定代表人", 50, 230), ("杨小霞", 250, 230),
            ("基本存款账户编号", 50, 290), ("J2900000000002", 400, 290),
        )
    )  # fmt: skip
    assert values(paper) == {
        "account_name": "虚构市远帆有限公司", "account_number": "3600071209001234567", "bank": "中国建设银行虚构市支行",
        "legal_representative": "杨小霞", "permit_number": "J2900000000002",
    }  # fmt: skip
    card = account.read_card(
        page(("中国建设银行", 50, 50), ("6222", 50, 200), ("0212", 250, 200), ("3456", 450, 200), ("7894", 650, 200))
    )
    assert values(card) == {"bank": "中国建设银行", "number": "6222021234567894"}


@pytest.mark.parametrize("dot", DOTS)
def test_every_dot_of_a_name_is_one_dot(dot):
    assert texts.name(f"买买提{dot}艾力") == "买买提·艾力"


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("2019年5月6日至2039年05月05日", ["2019-05-06", "2039-05-05"]),
        ("二〇一九年五月六日", ["2019-05-06"]), ("二○二四年十二月三十一日", ["2024-12-31"]),
        ("2016.05.01-2036.05.01", ["2016-05-01", "2036-05-01"]), ("2019年13月40日", []), ("长期", []),
    ],
)  # fmt: skip
def test_dates(written, dates):
    assert texts.dates(written) == dates


def test_two_ways_of_mending_are_none():
    assert texts.mended("0", lambda text: text in "OQ") == ""
    assert texts.mended("1", lambda text: text == "I") == "I"


def test_a_label_is_found_through_signs_and_one_slip_in_four():
    assert label_end("名☑称", 0, "名称") == 3
    assert label_end("法定伐表人 刘小满", 0, "法定代表人") == 6
    assert label_end("法走伐表人", 0, "法定代表人") is None and label_end("地址", 0, "住址") is None


@given(st.lists(st.tuples(st.text(max_size=12), st.integers(0, 900), st.integers(0, 900)), max_size=12))
def test_no_page_breaks_a_reader_and_no_line_is_lost(places):
    lines = [line(text, left, top) for text, left, top in places]
    assert sum(map(len, rows(lines))) == len(lines)
    for reader in PAPERS.values():
        for found in reader(Page(lines)).values():
            assert found.value and 0 <= found.sure <= 1
