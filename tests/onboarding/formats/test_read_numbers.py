"""Telephones, merchant and terminal numbers, category codes, names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.data import rows
from onboarding.formats import mcc, mid, mobile, phone, text, tid, tusn

from . import samples


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "+86 13812345678", "8613812345678", "008613812345678",
        "+8613812345678", samples.full_width("13812345678"),
    ],
)  # fmt: skip
def test_a_mobile_number_is_stored_as_e164(typed):
    assert mobile.read(typed) == mobile.Reading("+8613812345678")


@pytest.mark.parametrize("start", ["149", "145", "166", "170", "174", "191", "199", "130", "159", "178", "190", "198"])
def test_prefixes_in_use(start):
    assert mobile.read(f"{start}12345678").ok


@pytest.mark.parametrize(
    "start", ["140", "144", "154", "160", "161", "163", "164", "168", "169", "179", "194", "110", "120"]
)
def test_prefixes_not_in_use(start):
    assert mobile.read(f"{start}12345678").codes == ("prefix",)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1381234567", "length"),
        ("138123456789", "length"),
        ("13812345678 ext 5", "characters"),
        ("010-62345678", "prefix"),
        ("+85223456789", "foreign"),
        ("23812345678", "prefix"),
    ],
)
def test_a_wrong_mobile_number(typed, code):
    assert mobile.read(typed).codes == (code,)


def test_a_mobile_number_is_shown():
    assert mobile.national("+8613812345678") == "138 1234 5678"
    assert mobile.mask("+8613812345678") == mobile.mask("13812345678") == "138****5678"
    assert mobile.mask("") == "****"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("010-62345678", "+861062345678"),
        ("(020) 8765 4321", "+862087654321"),
        ("020-87654321 转 5", "+862087654321;ext=5"),
        ("020-87654321转分机5", "+862087654321;ext=5"),
        ("400-800-1234", "+864008001234"),
        ("14912345678", "+8614912345678"),
        ("+86 10 6234 5678", "+861062345678"),
    ],
)
def test_a_contact_number(typed, value):
    assert phone.read(typed) == phone.Reading(value)


@pytest.mark.parametrize("typed", ["62345678", "+85223456789", "12", "1" * 300, "电话"])
def test_a_wrong_contact_number(typed):
    assert phone.read(typed).codes == ("shape",)


@pytest.mark.parametrize(
    ("value", "parts"),
    [("102581083986056", ("102", "5810", "8398", "6056")), ("310100048140001", ("310", "1000", "4814", "0001"))],
)
def test_a_merchant_number(value, parts):
    assert mid.read(value) == mid.Reading(value)
    assert mid.parts(value) == parts
    assert mid.build(*parts[:3], int(parts[3])) == value


@pytest.mark.parametrize(
    ("value", "code"), [("10258108398605", "length"), ("1025810839860567", "length"), ("10258108398605A", "characters")]
)
def test_a_wrong_merchant_number(value, code):
    assert mid.read(value).codes == (code,)


@pytest.mark.parametrize(
    "parts",
    [("102", "5810", "5812", 0), ("102", "5810", "5812", 10000), ("12", "5810", "5812", 1), ("10A", "5810", "5812", 1)],
)
def test_parts_that_make_no_merchant_number(parts):
    with pytest.raises(ValueError):
        mid.build(*parts)


def test_a_terminal_number():
    assert tid.read("1a2b 3c4d") == tid.Reading("1A2B3C4D")
    assert tid.read("1234567").codes == tid.read("123456789").codes == tid.read("1234567#").codes == ("shape",)


def test_a_serial_number():
    assert tusn.read("00005702280117638929") == tusn.Reading("00005702280117638929")
    assert tusn.parts("00005702280117638929") == ("000057", "02", "280117638929")


@pytest.mark.parametrize(
    ("value", "ok", "code"),
    [
        ("00005707280117638929", True, "device_type"),
        ("00005702", False, "shape"),
        ("A0005702280117638929", False, "shape"),
        ("0" * 51, False, "length"),
    ],
)
def test_a_doubtful_or_impossible_serial_number(value, ok, code):
    reading = tusn.read(value)
    assert (reading.ok, reading.codes) == (ok, (code,))


def test_a_category_code_keeps_its_zeros():
    assert mcc.read("０７４２") == mcc.Reading("0742")
    assert mcc.read("742").codes == mcc.read("58a2").codes == mcc.read("12345").codes == ("shape",)
    assert all(mcc.read(row["code"]).ok for row in rows("mcc.csv"))


def test_a_name_is_kept_as_typed():
    assert text.read(" 刘记　面馆（静安店）\n").value == "刘记 面馆（静安店）"
    assert text.read("㐂寿司①号店").value == "㐂寿司①号店"  # NFKC would turn ① into 1
    assert text.read("张\0三\u200b").value == "张三"


@pytest.mark.parametrize(("typed", "code"), [("…", "characters"), ("刘" * 201, "length")])
def test_a_wrong_name(typed, code):
    assert text.read(typed).codes == (code,)


@pytest.mark.parametrize("dot", "·・•‧∙⋅･.．。")
def test_dots_of_a_name_do_not_count(dot):
    assert text.is_same("阿卜杜拉·买买提", f"阿卜杜拉{dot}买买提")


def test_names_are_compared_with_tolerance_and_not_more():
    assert text.is_same("上海刘记餐饮有限公司（静安）", "上海刘记餐饮 有限公司(静安)")
    assert text.is_same("ABC Shop", "ａｂｃ shop")
    assert not text.is_same("张三", "张二")


def test_a_name_is_masked():
    assert [text.mask(name) for name in ("张三", "欧阳修文", "")] == ["张*", "欧*", ""]


@given(st.text(), st.text())
def test_folding_is_idempotent_and_comparing_is_fair(one, other):
    assert text.fold(text.fold(one)) == text.fold(one)
    assert text.is_same(one, other) == text.is_same(other, one)
    assert text.is_same(one, text.trim(one))
