"""The pages of answers: what is refused is said at its field, everything else comes back exactly as it was typed."""

import pytest
from django.urls import reverse

from onboarding.models import Merchant, Person
from tests import people

BUSINESS = {
    "name": "虚构市小满面馆有限公司",
    "uscc": " 9111 0000 6000 3734 1l ",
    "registered_address": "虚构市听雨区样例路 18 号",
    "established_on": "2024-03-18",
    "valid_until": "",
    "is_long_term": "on",
}
PERSON = {
    "name": "刘小满",
    "id_type": "resident_id",
    "id_number": "11010519491231002x",
    "id_valid_until": "2040年1月1日",
    "mobile": "138 0013 8000",
}


def url(case, name, *more):
    return reverse(name, args=[case.ref, *more])


def errors(answer, field):
    return answer.context["form"].errors.get(field)


def test_business_is_kept_normalised(signed_in, case):
    answer = signed_in.post(url(case, "identity_business"), BUSINESS)
    merchant = Merchant.objects.get(pk=case.merchant_id)
    assert answer.status_code == 302 and answer.url == url(case, "identity_person")
    assert merchant.uscc == "91110000600037341L" and merchant.is_long_term and merchant.valid_until is None
    entry = case.entries.get(verb="fact:identity_saved")
    assert "merchant.uscc" in entry.data["fields"] and not entry.public
    assert "91110000600037341L" not in str(entry.data)


def test_saving_the_same_again_writes_nothing(signed_in, case):
    for _time in range(2):
        signed_in.post(url(case, "identity_business"), BUSINESS)
    assert case.entries.filter(verb="fact:identity_saved").count() == 1


def test_back_keeps_the_answers(signed_in, case):
    signed_in.post(url(case, "identity_business"), BUSINESS)
    page = signed_in.get(url(case, "identity_business")).content.decode()
    assert "虚构市听雨区样例路 18 号" in page and 'value="2024-03-18"' in page


def test_person_is_kept(signed_in, case):
    assert signed_in.post(url(case, "identity_person"), PERSON).status_code == 302
    person = Person.objects.get(merchant=case.merchant_id)
    assert (person.id_number, person.mobile) == ("11010519491231002X", "+8613800138000")
    assert person.id_valid_until.isoformat() == "2040-01-01"


def test_a_doubt_is_shown_saved_and_may_be_kept(signed_in, case):
    answer = signed_in.post(url(case, "identity_business"), {**BUSINESS, "uscc": "91350211M0000XUF46"})
    assert answer.status_code == 200 and answer.context["doubts"]
    assert url(case, "identity_person") in answer.content.decode()
    assert Merchant.objects.get(pk=case.merchant_id).uscc == "91350211M0000XUF46"


def test_an_expired_document_is_a_doubt(signed_in, case):
    answer = signed_in.post(url(case, "identity_person"), {**PERSON, "id_valid_until": "2020-01-01"})
    assert answer.status_code == 200 and answer.context["doubts"]


BAD = [
    ("identity_business", "name", ""),
    ("identity_business", "name", "   "),
    ("identity_business", "name", "面" * 201),
    ("identity_business", "name", "面馆\x00有限公司"),
    ("identity_business", "name", "小满\u202e面馆"),
    ("identity_business", "name", "\u200b"),
    ("identity_business", "name", "🍜"),
    ("identity_business", "uscc", ""),
    ("identity_business", "uscc", "9111000060003734"),
    ("identity_business", "uscc", "95310115MA1K000157"),
    ("identity_business", "uscc", "92310115MA1K00023B"),  # a sole trader's, for a company
    ("identity_business", "uscc", "<script>alert(1)</script>"),
    ("identity_business", "uscc", "9" * 100_000),
    ("identity_business", "registered_address", "路" * 301),
    ("identity_business", "established_on", ""),
    ("identity_business", "established_on", "2999-01-01"),
    ("identity_business", "established_on", "2024-02-30"),
    ("identity_business", "established_on", "昨天"),
    ("identity_business", "established_on", "99999999999999999999"),
    ("identity_person", "name", ""),
    ("identity_person", "id_type", "driving_licence"),
    ("identity_person", "id_number", ""),
    ("identity_person", "id_number", "110105194912310021"),
    ("identity_person", "id_number", "810000199408230021"),  # a residence permit under "resident ID"
    ("identity_person", "id_number", "\x00"),
    ("identity_person", "id_valid_until", ""),
    ("identity_person", "id_valid_until", "0000-00-00"),
    ("identity_person", "mobile", "12345678901"),
    ("identity_person", "mobile", "010-12345678"),
]


@pytest.mark.parametrize(("page", "field", "value"), BAD)
def test_refused_with_a_sentence_at_the_field(signed_in, case, page, field, value):
    good = {**(BUSINESS if page == "identity_business" else PERSON)}
    answer = signed_in.post(url(case, page), {**good, field: value})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field], answer.context["form"].errors
    assert all(errors(answer, field))
    assert 'class="errsum"' in answer.content.decode()


def test_dates_must_be_in_order(signed_in, case):
    answer = signed_in.post(
        url(case, "identity_business"), {**BUSINESS, "is_long_term": "", "valid_until": "2023-01-01"}
    )
    assert errors(answer, "valid_until")


@pytest.mark.parametrize(
    "name",
    [
        "𠮷野家",
        "䶮㛃",
        "买买提·艾力",
        "阿卜杜拉•麦麦提",
        "O’Brien & Söhne <GmbH>",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "ﾊﾝｶｸ",
        "{{ 7*7 }}",
        "ሰላም",
    ],
)
def test_names_come_back_exactly(signed_in, case, name):
    assert signed_in.post(url(case, "identity_person"), {**PERSON, "name": f" {name} "}).status_code == 302
    assert Person.objects.get().name == name
    page = signed_in.get(url(case, "identity_person"))
    assert page.context["form"]["name"].value() == name
    assert "<script>alert(1)" not in page.content.decode()


def test_a_picture_is_no_part_of_a_name(signed_in, case):
    answer = signed_in.post(url(case, "identity_person"), {**PERSON, "name": "小满🍜面馆"})
    assert "🍜" in errors(answer, "name")[0] and not Person.objects.exists()


def test_a_micro_merchant_has_no_licence(signed_in, blank):
    case = blank("micro")
    page = signed_in.get(url(case, "identity_business"))
    assert set(page.context["form"].fields) == {"short_name", "registered_address"}
    assert signed_in.get(url(case, "identity_document", "business_licence")).status_code == 404
    signed_in.post(url(case, "identity_person"), PERSON)
    assert Merchant.objects.get(pk=case.merchant_id).name == "刘小满"


def test_a_handler_and_back_to_oneself(signed_in, filled):
    page = url(filled, "identity_handler")
    other = {**PERSON, "who": "other", "name": "王代办", "id_number": "440524198001010013"}
    assert signed_in.post(page, other).status_code == 302
    assert filled.merchant.persons.filter(role="handler").count() == 1
    assert signed_in.get(url(filled, "identity_document", "authorisation_letter")).status_code == 200
    assert signed_in.post(page, {"who": "self", "id_number": "rubbish"}).status_code == 302
    assert not filled.merchant.persons.filter(role="handler").exists()
    assert signed_in.get(url(filled, "identity_document", "authorisation_letter")).status_code == 404


def test_owners_are_added_changed_and_removed(signed_in, filled):
    Merchant.objects.filter(pk=filled.merchant_id).update(beneficial_owner_exempt=False)
    add = {f"owner-{name}": value for name, value in PERSON.items() if name != "mobile"}
    for share in ("25", "60.5"):
        assert signed_in.post(url(filled, "identity_owner_add"), {**add, "owner-share": share}).status_code == 302
    owner = filled.merchant.persons.get(role="beneficial_owner")
    assert owner.share_ppm == 605_000
    assert signed_in.get(url(filled, "identity_owners")).status_code == 200
    assert signed_in.post(url(filled, "identity_owner_add"), {**add, "owner-share": "101"}).status_code == 200
    assert signed_in.post(url(filled, "identity_owner_add"), {}).status_code == 200
    signed_in.post(url(filled, "identity_owner_remove", owner.pk))
    assert not filled.merchant.persons.filter(role="beneficial_owner").exists()
    assert signed_in.post(url(filled, "identity_owners"), {"exempt": "on"}).status_code == 302
    assert Merchant.objects.get(pk=filled.merchant_id).beneficial_owner_exempt


def test_a_sole_trader_is_not_asked_for_owners(signed_in, blank):
    assert signed_in.get(url(blank("sole_trader"), "identity_owners")).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["identity", "identity_business", "identity_person", "identity_handler", "identity_owners", "identity_check"],
)
def test_strangers_get_404_and_visitors_sign_in(client, filled, name):
    assert client.get(url(filled, name)).status_code == 302
    client.force_login(people.stranger())
    assert client.get(url(filled, name)).status_code == 404
    assert client.post(url(filled, name), BUSINESS).status_code in (404, 405)


def test_a_reviewer_reads_and_changes_nothing(client, filled):
    client.force_login(people.reviewer())
    assert client.get(url(filled, "identity")).status_code == 200
    client.post(url(filled, "identity_business"), {**BUSINESS, "name": "别的公司"})
    assert Merchant.objects.get(pk=filled.merchant_id).name == "虚构市小满面馆有限公司"


@pytest.mark.parametrize("state", ["registration", "identity_screening", "identity_review", "application", "live"])
def test_nothing_changes_in_other_states(signed_in, blank, state):
    case = blank(state=state)
    answer = signed_in.post(url(case, "identity_business"), BUSINESS)
    assert answer.status_code == 302 and answer.url == url(case, "identity")
    assert Merchant.objects.get(pk=case.merchant_id).name == ""
    assert signed_in.get(url(case, "identity")).status_code == 200


def test_the_handler_is_asked_for_once_somebody_else_is_chosen(signed_in, filled):
    page = url(filled, "identity_handler")
    assert set(signed_in.get(page).context["form"].fields) == {"who"}
    answer = signed_in.post(page, {"who": "other"})
    assert "id_number" in answer.context["form"].fields and not answer.context["form"].errors
    assert signed_in.post(page, {"who": "other", "name": ""}).context["form"].errors
    assert signed_in.post(page, {"who": "nobody"}).context["form"].errors


def test_an_empty_page_says_what_to_enter(signed_in, case):
    answer = signed_in.post(url(case, "identity_business"), {})
    assert len(set(map(str, answer.context["form"].errors.values()))) == 5  # a sentence of its own at each field


def test_either_a_day_or_long_term(signed_in, case):
    answer = signed_in.post(
        url(case, "identity_person"), {**PERSON, "id_valid_until": "2040-01-01", "id_long_term": "on"}
    )
    assert answer.status_code == 302
    assert Person.objects.get().id_valid_until is None
