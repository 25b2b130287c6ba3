"""Verbs that are asked before they are fired: the page, the note, the refusal, once and not twice."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from onboarding import services
from onboarding.cases.asked import QUESTIONS
from onboarding.flow import VERBS
from onboarding.models import Case, Consent, Entry, unsealed
from tests import make, people

pytestmark = pytest.mark.django_db
STATES = {
    "withdraw": "identity", "revise_application": "signing", "amend_application": "ordering", "suspend": "live",
    "resume": "suspended", "close": "live", "finish_closing": "closing", "reopen": "withdrawn",
}  # fmt: skip
WHO = {
    "suspend": "risk_officer", "resume": "risk_officer", "close": "operations_manager",
    "finish_closing": "operations_manager", "reopen": "senior_reviewer",
}  # fmt: skip


def prepared(client, verb):
    state = STATES[verb]
    case = make.case(state, suspended_from="live" if state == "suspended" else "")
    for purpose in ("privacy", "identity"):
        Consent.objects.create(case=case, user=case.opened_by, purpose=purpose, version="1", language="en")
    client.force_login(people.somebody(WHO[verb]) if verb in WHO else case.opened_by)
    return case, reverse(verb, args=[case.ref])


def test_the_table_is_whole():
    assert set(STATES) == set(QUESTIONS) and set(QUESTIONS) <= set(VERBS)


@pytest.mark.parametrize("verb", QUESTIONS)
def test_asked_then_fired_once(client, verb):
    case, url = prepared(client, verb)
    assert url in client.get(reverse("case", args=[case.ref])).content.decode()
    assert client.get(url).status_code == 200 and Case.objects.get(pk=case.pk).state == case.state
    for _press in range(2):
        assert client.post(url, {"note": "因为搬家"}).url == reverse("case", args=[case.ref])
    entry = Entry.objects.get(case=case, verb=verb)
    assert unsealed([entry]) == {entry.seq: "因为搬家"}
    assert Case.objects.get(pk=case.pk).state == entry.target != case.state


@pytest.mark.parametrize("verb", [name for name in QUESTIONS if VERBS[name].needs_note])
@pytest.mark.parametrize("note", ["", "   ", "长" * 501, "\x00"])
def test_a_note_is_demanded_at_its_field(client, verb, note):
    case, url = prepared(client, verb)
    page = client.post(url, {"note": note})
    assert page.status_code == 200 and page.context["form"].errors["note"]
    assert Case.objects.get(pk=case.pk).state == case.state


@pytest.mark.parametrize("verb", QUESTIONS)
def test_the_wrong_person_is_told_so(client, verb):
    case, url = prepared(client, verb)
    client.force_login(people.somebody("trainer"))
    assert url not in client.get(reverse("case", args=[case.ref])).content.decode()
    assert client.get(url).status_code == 302
    answer = client.post(url, {"note": "x"})
    assert answer.status_code == 302 and list(get_messages(answer.wsgi_request))
    assert Case.objects.get(pk=case.pk).state == case.state


def test_a_shop_assistant_may_look_and_not_withdraw(client):
    case, url = prepared(client, "withdraw")
    helper = people.merchant()
    services.add_member(case.merchant, helper, "cashier")
    client.force_login(helper)
    assert client.get(reverse("case", args=[case.ref])).status_code == 200
    client.post(url, {})
    assert Case.objects.get(pk=case.pk).state == "identity"


def test_withdrawing_after_an_order_says_that_things_come_back(client):
    case = make.case("delivery")
    client.force_login(case.opened_by)
    assert client.get(reverse("withdraw", args=[case.ref])).context["sentence"] == QUESTIONS["withdraw"].later
    client.post(reverse("withdraw", args=[case.ref]), {})
    assert Case.objects.get(pk=case.pk).state == "closing"


def test_a_suspension_shows_to_the_merchant_as_a_pause_only(client):
    case = make.case("live")
    services.advance(case.pk, "suspend", by=people.risk_officer(), note="cash-out suspected")
    client.force_login(case.opened_by)
    page = client.get(reverse("case", args=[case.ref])).content.decode()
    assert "cash-out" not in page and "suspend" not in page.lower()
