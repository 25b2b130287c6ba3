"""GB 11643, the two permits in its form, and documents without a check digit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.data import rows
from onboarding.formats import identity_document, resident_id, travel_document
from onboarding.formats.iso7064 import check_11_2
from onboarding.formats.regions import PROVINCES, standing

from . import samples

TODAY = date(2026, 11, 23)
Kind = resident_id.Kind


def with_check(body: str) -> str:
    return body + check_11_2(body)


numbers = st.builds(
    lambda region, born, sequence: f"{region}{born:%Y%m%d}{sequence:03}",
    st.sampled_from(["110101", "310115", "440305", "510107", "810000"]),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
).map(with_check)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (samples.RESIDENT_ID, Kind.RESIDENT_ID),
        (samples.RESIDENCE_PERMIT, Kind.RESIDENCE_PERMIT),
        (samples.FOREIGNER_CARD, Kind.FOREIGNER_CARD),
    ],
)
def test_a_lawful_number_is_accepted_and_its_kind_known(values, kind):
    for value in values:
        assert resident_id.read(value, today=TODAY).ok
        assert resident_id.kind(value) is kind


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", "110105 19491231 002X", samples.full_width("11010519491231002x")]
)
def test_a_number_is_stored_in_one_form(typed):
    assert resident_id.read(typed) == resident_id.Reading("11010519491231002X")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("110105194912310021", "check"),
        ("911124198108030025", "check"),
        ("110105190002290017", "birth"),
        ("110105199904310014", "birth"),
        ("110105209901010012", "birth"),
        ("110105180001010010", "birth"),
        ("110105491231002", "old_number"),
        ("1101051949123100", "length"),
        ("1101051949123100XX", "characters"),
        ("１１０１０５١٩٤٩1231002X", "characters"),
        (with_check("00010519900101001"), "region"),
        (with_check("16010519900101001"), "region"),
        (with_check("81010519900101001"), "region"),
    ],
)
def test_the_impossible_is_refused(value, code):
    assert resident_id.read(value, today=TODAY).codes == (code,)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("33011320250101001", ()),  # Linping, since 2021
        ("33011319900101001", ("region_not_then",)),
        ("50010219900101001", ("region_not_then",)),
        ("46040019900101001", ("region_not_then",)),
        ("11019919900101001", ("rare_region",)),
        ("91612419810803002", ("rare_region",)),
        ("13010219200101001", ()),  # a code of 1983, a person born before every code
    ],
)
def test_the_region_only_raises_a_doubt(body, codes):
    reading = resident_id.read(with_check(body), today=TODAY)
    assert reading.ok
    assert reading.codes == codes


def test_nobody_is_born_tomorrow():
    value = with_check("11010120261124001")
    assert resident_id.read(value, today=TODAY).codes == ("birth",)
    assert resident_id.read(value, today=date(2026, 11, 24)).ok


def test_birth_age_old_form_and_mask():
    assert resident_id.birth("11010519491231002X") == date(1949, 12, 31)
    assert resident_id.age("11010519491231002X", date(2026, 12, 30)) == 76
    assert resident_id.age("11010519491231002X", date(2026, 12, 31)) == 77
    assert resident_id.lengthen("110105491231002") == "11010519491231002X"
    assert resident_id.mask("11010519491231002X") == "110***********002X"
    assert resident_id.mask("110") == "****"


def test_the_provinces_are_those_of_the_table():
    assert {row["code"][:2] for row in rows("divisions.csv") if row["level"] == "1"} == PROVINCES
    assert standing("330113", date(2020, 12, 31)) == "not_then"
    assert standing("330113", date(2021, 12, 31)) == "in_force"


@given(numbers)
def test_a_generated_number_is_accepted(value):
    assert resident_id.read(value, today=TODAY).ok


@given(numbers)
def test_one_wrong_character_is_noticed(value):
    for wrong in samples.substitutions(value[:17], "0123456789"):
        assert not resident_id.read(wrong + value[17], today=TODAY).ok


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("hk_macao_permit", "H12345678"),
        ("hk_macao_permit", "m1234567801"),
        ("taiwan_permit", "12345678"),
        ("taiwan_permit", "1234567890A"),
        ("foreigner_card_2017", "usa110190010123"),
        ("passport", "E12345678"),
        ("passport", "ab-123 45"),
    ],
)
def test_a_travel_document(kind, value):
    assert identity_document.read(value, kind=kind).ok


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("hk_macao_permit", "A12345678"),
        ("hk_macao_permit", "H123456789"),
        ("taiwan_permit", "1234567"),
        ("taiwan_permit", "123456789"),
        ("foreigner_card_2017", "US1110190010123"),
        ("passport", "1234"),
        ("passport", "A" * 21),
        ("passport", "E1234567#"),
        ("passport", "护照12345"),
    ],
)
def test_a_wrong_travel_document(kind, value):
    assert identity_document.read(value, kind=kind).codes == ("shape",)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("resident_id", samples.RESIDENCE_PERMIT[0]),
        ("residence_permit", samples.FOREIGNER_CARD[0]),
        ("foreigner_card", samples.RESIDENT_ID[0]),
    ],
)
def test_another_card_than_the_chosen_one_is_named(kind, value):
    reading = identity_document.read(value, kind=kind, today=TODAY)
    assert reading.codes == ("other_kind",)
    assert str(identity_document.KIND_LABELS[resident_id.kind(value)]) in str(reading.errors[0].sentence)


def test_a_kind_that_does_not_exist():
    with pytest.raises(ValueError):
        identity_document.read("1", kind="library_card")


def test_masks_hide_the_middle():
    assert identity_document.mask("H12345678", kind="hk_macao_permit") == "H1*****78"
    assert identity_document.mask("AB123", kind="passport") == travel_document.mask("") == "****"
    assert identity_document.mask("11010519491231002X") == "110***********002X"
