"""Two spellings of one thing: what is overlooked is named, and what is another thing stays another thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.formats import comparing
from onboarding.formats.text import DOTS, STANDS_FOR_A_DOT
from onboarding.formats.variants import LOOK_ALIKE, SIMPLIFIED, TRADITIONAL

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)
ANY = st.text(max_size=40)
KINDS = ("company", "person", "address", "number")


def told(kind, one, other):
    found = getattr(comparing, kind)(one, other)
    return found.verdict.value, set(found.reasons)


@pytest.mark.parametrize(
    ("kind", "one", "other", "verdict", "reasons"),
    [
        ("company", "虚构市小满面馆有限公司", "虚构市小满面馆有限公司 ", "same", set()),
        ("company", "虚构市小满面馆有限公司", "虚构市小满面馆有限责任公司", "alike", {"legal_form"}),
        ("company", "ＡＢＣ虚构 公司", "ABC虚构公司", "alike", {"spelling"}),
        ("company", "虚构（上海）公司", "虚构【上海】公司", "alike", {"brackets"}),
        ("company", "萬豐貿易【上海】", "万丰贸易(上海)", "alike", {"brackets", "script"}),
        ("company", "小满面馆有限公司", "小满面馆股份有限公司", "different", set()),
        ("company", "小满面馆（有限公司）", "小满面馆有限公司", "different", set()),
        ("company", "小满面馆有限公司", "小满面馆有限公司上海分公司", "different", set()),
        ("company", "", "小满面馆", "different", set()),
        ("person", "阿卜杜拉·买买提", "阿卜杜拉•买买提", "alike", {"spelling"}),
        ("person", "王䶮", "王龚", "alike", {"look_alike"}),
        ("person", "王伟", "王玮", "different", set()),
        ("person", "刘小满", "小满刘", "different", set()),
        ("address", "浙江省杭州市西湖区文三路十八号", "杭州文三路18号", "alike", {"numerals", "division_left_out"}),
        ("address", "文三路18号2号楼", "文三路18号2栋", "alike", {"house_words"}),
        ("address", "听雨区样例路 18 号 1 层", "听雨区样例路18号楼一楼", "alike", {"numerals", "house_words"}),
        ("address", "建国路88号三〇二室", "建国路88号302", "alike", {"numerals", "house_words"}),
        ("address", "样例路18号", "样例路18号1层", "alike", {"detail_left_out"}),
        ("address", "上海市浦东新区世纪大道100号", "上海浦东新区世纪大道100号", "alike", {"division_left_out"}),
        ("address", "广东省深圳市南山区科技园", "南山区科技园", "alike", {"division_left_out"}),
        ("address", "文三路18号", "文三路181号", "different", set()),
        ("address", "文三路18号", "文二路18号", "different", set()),
        ("address", "杭州市西湖区文三路18号", "杭州市上城区文三路18号", "different", set()),
        ("address", "南京市鼓楼区中山路8号", "徐州市鼓楼区中山路8号", "different", set()),
        ("number", "6222 0210-0100", "622202100100", "alike", {"spelling"}),
        ("number", "622202100100", "622202100101", "different", set()),
    ],
)
def test_the_verdict_and_what_was_overlooked(kind, one, other, verdict, reasons):
    found = told(kind, one, other)
    assert found[0] == verdict and (reasons <= found[1] if kind == "address" else reasons == found[1]), found


@pytest.mark.parametrize("dot", DOTS + STANDS_FOR_A_DOT)
def test_every_middle_dot_is_one_dot(dot):
    assert comparing.person(f"阿依{dot}古丽", "阿依·古丽").agrees


@given(one=ANY, other=ANY)
def test_differences_are_both_texts(one, other):
    parts = comparing.differences(one, other)
    assert "".join(text for text, where in parts if where != "right") == one
    assert "".join(text for text, where in parts if where != "left") == other
    assert all(text for text, _where in parts)


@given(text=ANY)
def test_nothing_differs_from_itself(text):
    assert {where for _text, where in comparing.differences(text, text)} <= {"same"}
    for kind in KINDS:
        assert not text.strip() or getattr(comparing, kind)(text, text).verdict == "same"


@pytest.mark.parametrize("kind", KINDS)
@given(one=ANY, other=ANY)
def test_it_does_not_matter_which_comes_first(kind, one, other):
    compare = getattr(comparing, kind)
    there, back = compare(one, other), compare(other, one)
    assert (there.verdict, set(there.reasons)) == (back.verdict, set(back.reasons))
    assert there.verdict != "alike" or (there.reasons and set(there.reasons) <= set(comparing.WHAT))


@given(name=HAN, char=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), at=st.integers(0, 11))
def test_another_character_is_seen(name, char, at):
    """Unless the table says that the two stand for each other."""
    place = at % len(name)
    changed = name[:place] + char + name[place + 1 :]
    known = {char, name[place]} & ({chr(one) for one in (*SIMPLIFIED, *LOOK_ALIKE)} | set("".join(SIMPLIFIED.values())))
    if char != name[place] and not known:
        assert not comparing.person(name, changed).agrees
        assert not comparing.company(name, changed).agrees


@given(
    number=st.text("0123456789", min_size=1, max_size=20), digit=st.sampled_from("0123456789"), at=st.integers(0, 19)
)
def test_every_digit_counts(number, digit, at):
    place = at % len(number)
    changed = number[:place] + digit + number[place + 1 :]
    assert comparing.number(number, changed).agrees == (changed == number)


def test_the_tables_hold_pairs():
    assert all(len(pair) == 2 for pair in TRADITIONAL.split())
    assert all(chr(one) != other for one, other in LOOK_ALIKE.items())
