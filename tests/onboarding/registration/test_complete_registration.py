"""The first step: what is entered stays, what is missing is said at its field, agreeing is kept word for word."""

import hashlib

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.models import Consent, Entry, Notice
from onboarding.registration.services import begin
from onboarding.services import consents
from tests import people

pytestmark = pytest.mark.django_db
GOOD = {
    "type": "enterprise",
    "contact_name": "刘小满",
    "contact_email": "liu@noodles.example",
    "privacy": "on",
    "identity": "on",
}


@pytest.fixture
def case(client):
    user = people.liu()
    client.force_login(user)
    return begin(user)


def send(client, case, **changed):
    data = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return client.post(reverse("complete_registration", args=[case.ref]), data)


def state(case) -> str:
    return type(case).objects.get(pk=case.pk).state


def test_complete_in_one_go(client, case):
    answer = send(client, case)
    assert answer.status_code == 302 and state(case) == "identity"
    case.merchant.refresh_from_db()
    assert (case.merchant.type, case.merchant.contact_name) == ("enterprise", "刘小满")
    assert Notice.objects.filter(template="complete_registration").exists()


def test_consents_are_separate_and_kept_word_for_word(client, case):
    send(client, case)
    rows = {row.purpose: row for row in Consent.objects.filter(case=case)}
    assert set(rows) == {"privacy", "identity"}
    words = consents.TEXTS["privacy", "zh-hans"]
    digest = hashlib.sha256(f"{words.agree}\n{words.words}".encode()).hexdigest()
    assert rows["privacy"].text_sha256 == digest and rows["privacy"].version == consents.VERSION
    assert rows["privacy"].address == "127.0.0.1" and rows["privacy"].user == case.opened_by
    assert rows["privacy"].text_sha256 != rows["identity"].text_sha256


def test_the_language_that_was_read_is_the_language_that_is_kept(client, case):
    client.cookies["django_language"] = "en"
    send(client, case)
    assert set(Consent.objects.values_list("language", flat=True)) == {"en"}


@pytest.mark.duty("separate-consent")
def test_boxes_are_never_ticked_beforehand(client, case):
    page = client.get(reverse("registration", args=[case.ref])).content.decode()
    assert 'name="privacy"' in page and 'name="identity"' in page and "checked" not in page


@pytest.mark.parametrize("box", ["privacy", "identity"])
def test_each_consent_is_demanded_and_the_rest_stays(client, case, box):
    page = send(client, case, **{box: None})
    assert page.status_code == 200 and list(page.context["form"].errors) == [box]
    assert state(case) == "registration"
    again = client.get(reverse("registration", args=[case.ref])).context["form"].initial
    assert again["contact_name"] == "刘小满" and again["type"] == "enterprise"
    assert not again.get(box)


BAD = [
    ("type", None), ("type", "bank"), ("type", "\x00"), ("contact_name", ""), ("contact_name", "   "),
    ("contact_name", "···"), ("contact_name", "🍜"), ("contact_name", "面" * 10_000), ("contact_email", "nobody"),
    ("contact_email", "a@" + "b" * 10_000 + ".example"), ("contact_email", "a\x00@b.example"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD)
def test_bad_input_is_a_sentence_at_its_field_and_nothing_is_lost(client, case, field, value):
    page = send(client, case, **{field: value})
    errors = page.context["form"].errors
    assert page.status_code == 200 and list(errors) == [field] and errors[field][0]
    assert state(case) == "registration"
    case.merchant.refresh_from_db()
    kept = {name: getattr(case.merchant, name) for name in ("type", "contact_name", "contact_email") if name != field}
    assert kept == {name: GOOD[name] for name in kept}


@pytest.mark.parametrize("name", ["𠮷野", "䶮丽", "刘㛃", "阿卜杜拉·买买提", "Anna-Lena O’Neill", "刘 小满"])
def test_names_stay_as_typed(client, case, name):
    send(client, case, contact_name=name)
    case.merchant.refresh_from_db()
    assert case.merchant.contact_name == name and state(case) == "identity"


@pytest.mark.parametrize("name", ["刘\x00小满", "刘小\u200b满", "刘小满\u202e"])
def test_marks_nobody_sees_are_refused_in_a_name(client, case, name):
    """Never taken out in silence: whoever pasted the name learns that something is in it."""
    page = send(client, case, contact_name=name).content.decode()
    assert state(case) == "registration" and 'aria-invalid="true"' in page


def test_markup_in_a_name_is_shown_and_not_run(client, case):
    send(client, case, contact_name="<b>刘</b>", type=None)
    page = client.get(reverse("registration", args=[case.ref])).content.decode()
    assert "<b>刘</b>" not in page and "&lt;b&gt;刘" in page


def test_sending_twice_has_one_effect(client, case):
    for _press in range(2):
        assert send(client, case).status_code == 302
    assert Entry.objects.filter(case=case, verb="complete_registration").count() == 1
    assert Consent.objects.filter(case=case).count() == 2


def test_saving_for_later_keeps_and_checks_nothing(client, case):
    answer = client.post(reverse("registration", args=[case.ref]), {"contact_name": "刘", "privacy": "on"})
    assert answer.url == reverse("case", args=[case.ref]) and state(case) == "registration"
    assert Consent.objects.get().purpose == "privacy"


def test_a_box_unticked_again_is_a_consent_withdrawn(client, case):
    url = reverse("registration", args=[case.ref])
    client.post(url, {"privacy": "on"})
    client.post(url, {})
    assert Consent.objects.get().withdrawn_at
    client.post(url, {"privacy": "on"})
    assert Consent.objects.filter(withdrawn_at=None).count() == 1 and Consent.objects.count() == 2


def test_nothing_changes_after_registration(client, case):
    send(client, case)
    send(client, case, contact_name="Somebody Else", privacy=None)
    client.post(reverse("registration", args=[case.ref]), {"contact_name": "Somebody Else"})
    case.merchant.refresh_from_db()
    assert case.merchant.contact_name == "刘小满" and not Consent.objects.exclude(withdrawn_at=None).exists()


def test_opening_the_address_of_the_verb_leads_to_the_form(client, case):
    assert client.get(reverse("complete_registration", args=[case.ref])).url == reverse("registration", args=[case.ref])


def test_the_machine_itself_says_what_is_missing(case):
    case.opened_by.mobile_verified = False
    case.opened_by.save()
    case.merchant.contact_name = ""
    case.merchant.save()
    codes = {one.code for one in services.missing(case, "complete_registration")}
    assert codes == {"merchant_type", "contact_name", "mobile_unconfirmed", "consent_privacy", "consent_identity"}
    with pytest.raises(services.Missing):
        services.advance(case.pk, "complete_registration", by=case.opened_by)


def test_a_merchant_whom_we_registered_by_phone_needs_no_code(case):
    case.opened_by.mobile_verified = False
    case.opened_by.save()
    case.channel = "phone"
    assert "mobile_unconfirmed" not in {one.code for one in services.missing(case, "complete_registration")}


@pytest.mark.parametrize("name", ["registration", "complete_registration"])
def test_strangers_and_visitors_do_not_get_in(client, case, name):
    url = reverse(name, args=[case.ref])
    client.force_login(people.stranger())
    assert client.get(url).status_code == client.post(url, GOOD).status_code == 404
    client.logout()
    assert client.get(url).url.startswith("/accounts/login/")


def test_the_texts_can_be_read_at_any_time(client):
    page = client.get("/privacy/").content.decode()
    assert consents.TEXTS["privacy", "zh-hans"].words in page and consents.VERSION in page
