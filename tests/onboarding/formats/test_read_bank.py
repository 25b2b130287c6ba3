"""Cards (ISO/IEC 7812-1), corporate accounts, branch numbers (CNAPS)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from onboarding.data import rows
from onboarding.formats import bank_account, bank_card, cnaps
from onboarding.formats.iso7064 import check_11_10

from . import samples

DIGITS = "0123456789"


@pytest.mark.parametrize("value", samples.BANK_CARD)
def test_a_card(value):
    assert bank_card.read(" ".join(value[i : i + 4] for i in range(0, 20, 4))) == bank_card.Reading(value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("6222021234567890", "check"),
        ("6200000000000006", "check"),
        ("0000000000000000", "impossible"),
        ("0222021234567894", "impossible"),
        ("1111111111111111", "impossible"),
        ("622202123456", "length"),
        ("62220212345678901234", "length"),
        ("622202123456789X", "characters"),
    ],
)
def test_an_impossible_card_is_refused(value, code):
    reading = bank_card.read(value)
    assert not reading.ok
    assert reading.codes == (code,)


def test_a_foreign_card_that_fails_luhn_is_doubtful():
    reading = bank_card.read("4111111111111112")
    assert reading.ok
    assert reading.codes == ("check",)


@given(st.text(DIGITS, min_size=10, max_size=16))
def test_a_generated_card_is_accepted_and_one_wrong_digit_is_noticed(tail):
    value = f"62{tail}"
    value += luhn.calc_check_digit(value)
    assert bank_card.read(value).codes == ()
    assert all(bank_card.read(wrong).codes for wrong in samples.substitutions(value, DIGITS))


def test_card_masks():
    assert bank_card.mask("6222021234567894") == "**** 7894"
    assert bank_card.mask("6222021234567894", staff=True) == "622202******7894"
    assert bank_card.mask("123") == bank_account.mask("1") == "****"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My card is 6222 0212 3456 7894.", True),
        ("卡号：６２２２０２１２３４５６７８９４，谢谢", True),
        ("6222-0212-3456-7894 123", True),
        ("4111111111111111", True),
        ("order 6222021234567890", False),
        ("terminal 00005702280117638929", False),
        ("call 13812345678", False),
        ("0000 0000 0000 0000", False),
        ("****7894", False),
        ("", False),
    ],
)
def test_a_full_card_number_in_free_text(text, found):
    assert bank_card.contains_card(text) is found


def test_an_identity_number_is_not_taken_for_a_card():
    assert luhn.is_valid("440524198001010039"[:17] + luhn.calc_check_digit("44052419800101003")) is True
    twins = [f"44052419800101{n:03}" for n in range(1000)]
    both = [n for n in (body + luhn.calc_check_digit(body) for body in twins) if bank_card.resident_id.read(n).ok]
    assert both
    assert not any(bank_card.contains_card(number) for number in both)


@given(samples.texts)
def test_looking_for_cards_never_raises(text):
    assert bank_card.contains_card(text) in (True, False)


@pytest.mark.parametrize("value", ["11001234", "1100-1018-5000-5300-2988", "3" * 32, "0200004519000100173"])
def test_a_corporate_account_has_no_luhn(value):
    assert bank_account.read(value) == bank_account.Reading(value.replace("-", ""))


@pytest.mark.parametrize(
    ("value", "ok", "code"),
    [
        ("1234567", False, "length"),
        ("1" * 33, False, "length"),
        ("12345678A", False, "characters"),
        ("ABCD12345678", False, "characters"),
        ("00000000", False, "impossible"),
        ("NRA0012345678", True, "letters"),
        ("6222021234567894", True, "personal_card"),
    ],
)
def test_a_doubtful_or_impossible_account(value, ok, code):
    reading = bank_account.read(value)
    assert (reading.ok, reading.codes) == (ok, (code,))


def test_account_masks():
    assert bank_account.mask("0200004519000100173") == "**** 0173"
    assert bank_account.mask("0200004519000100173", staff=True) == "020000*********0173"
    assert bank_account.mask("11001234", staff=True) == "**** 1234"


@pytest.mark.parametrize(("value", "bank"), samples.CNAPS.items())
def test_a_branch_number(value, bank):
    assert cnaps.read(value) == cnaps.Reading(value)
    assert cnaps.bank_class(value) == bank


def test_the_clearing_region_of_a_branch():
    assert cnaps.clearing_region("308584000013") == "5840"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("102100099997", "check"),
        ("308584000031", "check"),
        ("10210009999", "length"),
        ("10210009999X", "characters"),
    ],
)
def test_a_wrong_branch_number(value, code):
    assert cnaps.read(value).codes == (code,)


def test_every_bank_of_the_table_has_a_right_number():
    assert all(cnaps.read(row["head_cnaps"]).ok for row in rows("banks.csv"))


@given(st.text(DIGITS, min_size=11, max_size=11))
def test_one_wrong_digit_of_a_branch_number_is_noticed(body):
    value = body + check_11_10(body)
    assert cnaps.read(value).ok
    assert not any(cnaps.read(wrong).ok for wrong in samples.substitutions(value, DIGITS))
