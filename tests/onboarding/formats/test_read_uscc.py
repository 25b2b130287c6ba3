"""GB 32100-2015, and the old registration number beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from onboarding.formats import registration_number, uscc
from onboarding.formats.iso7064 import check_11_10

from . import samples

bodies = st.builds(
    lambda kind, city, county, organisation: f"9{kind}{city}{county:02}" + organisation,
    st.sampled_from("123"),
    st.sampled_from(["1101", "3101", "4403", "5001", "6501"]),
    st.integers(1, 70),
    st.text(uscc.ALPHABET, min_size=8, max_size=8),
).map(lambda body: body + uscc.organisation_check(body[8:16]))


@pytest.mark.parametrize("value", samples.USCC)
def test_a_lawful_code_is_clean(value):
    assert uscc.read(value) == uscc.Reading(value)


@pytest.mark.parametrize(
    "typed", ["9111 0000 6000 3734 1l", "91110000-60003734-1L", samples.full_width("91110000600037341l")]
)
def test_a_code_is_stored_in_one_form(typed):
    assert uscc.read(typed) == uscc.Reading("91110000600037341L")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("91110000600037341I", "characters"),
        ("9111000060003734OL", "characters"),
        ("9111000060003734L", "length"),
        ("9111000060003734111", "length"),
        ("440301103097413", "old_number"),
        ("95310115MA1K000157", "type"),
        ("00310115MA1K000150", "type"),
        ("91000000600037341L", "region"),
        ("91999999600037341L", "region"),
        ("91A10000600037341L", "region"),
    ],
)
def test_the_impossible_is_refused(value, code):
    reading = uscc.read(value)
    assert not reading.ok
    assert reading.errors[0].code == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("91110000600037341M", "check"),
        ("91350211M0000XUF46", "check"),  # lawfully issued
        ("91310115MA1K00016N", "organisation_check"),
        ("17110000400000018T", "rare_type"),
        ("91119900600037341L", "rare_region"),
    ],
)
def test_the_doubtful_is_accepted_with_a_warning(value, code):
    reading = uscc.read(value)
    assert reading.ok
    assert code in reading.codes


def test_a_development_zone_is_no_doubt():
    """Zones register under codes of their own below the city, such as 320594 in Suzhou."""
    assert "rare_region" not in uscc.read("91320594MA1K00023B").codes


@pytest.mark.parametrize(
    ("value", "merchant_type", "ok", "codes"),
    [
        ("91110000600037341L", "enterprise", True, ()),
        ("92310115MA1K00023B", "sole_trader", True, ()),
        ("12110000400000018T", "institution", True, ()),
        ("51110000500000015U", "social_org", True, ()),
        ("N2440111MF00000139", "enterprise", True, ()),
        ("92310115MA1K00023B", "enterprise", False, ("merchant_type",)),
        ("91110000600037341L", "sole_trader", False, ("merchant_type",)),
        ("12110000400000018T", "enterprise", True, ("merchant_type",)),
        ("51110000500000015U", "institution", True, ("merchant_type",)),
    ],
)
def test_the_code_fits_the_merchant_type(value, merchant_type, ok, codes):
    reading = uscc.read(value, merchant_type=merchant_type)
    assert (reading.ok, reading.codes) == (ok, codes)


@given(bodies)
def test_a_generated_code_is_clean_and_stdnum_agrees(body):
    value = body + uscc.check_character(body)
    assert uscc.read(value).codes == ()
    assert oracle.is_valid(value)


@given(bodies, st.sampled_from(uscc.ALPHABET))
def test_stdnum_and_we_agree_on_the_check_character(body, last):
    assert oracle.is_valid(body + last) == ("check" not in uscc.read(body + last).codes)


@pytest.mark.parametrize("value", samples.USCC)
def test_every_single_substitution_is_noticed(value):
    assert all(uscc.read(wrong).codes for wrong in samples.substitutions(value, uscc.ALPHABET))


@pytest.mark.parametrize("value", samples.REGISTRATION_NUMBER)
def test_an_old_registration_number(value):
    assert registration_number.read(f" {value[:6]}-{value[6:]} ") == registration_number.Reading(value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("440301103097414", "check"),
        ("310109000123453", "check"),
        ("44030110309741", "length"),
        ("44030110309741X", "characters"),
    ],
)
def test_a_wrong_registration_number(value, code):
    assert registration_number.read(value).codes == (code,)


@given(st.text("0123456789", min_size=14, max_size=14))
def test_one_wrong_digit_of_a_registration_number_is_noticed(body):
    value = body + check_11_10(body)
    assert registration_number.read(value).ok
    assert not any(registration_number.read(wrong).ok for wrong in samples.substitutions(value, "0123456789"))
