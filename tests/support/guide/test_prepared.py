"""What a visitor ticked in the guide is known when they apply: the type is chosen, the task list says what is ready."""

import pytest
from django.urls import reverse

from onboarding.models import Case, Entry
from onboarding.services import preparing
from tests import make, people

pytestmark = pytest.mark.django_db
LIST = "/guide/prepare/list/?type=micro&premises=mobile"
SAID = "You said you have this at hand"
FORM = {"type": "micro", "contact_name": "刘小满", "contact_email": "", "privacy": "on", "identity": "on"}


@pytest.fixture
def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def registered(client) -> Case:
    """A visitor who ticked two papers, signed in and registered."""
    client.post(LIST, {"have": ["id_portrait", "bank_card"]})
    client.force_login(people.merchant())
    page = client.get(reverse("start"), follow=True)
    assert page.context["form"].initial["type"] == "micro"
    case = Case.objects.get()
    assert client.post(reverse("complete_registration", args=[case.ref]), FORM).status_code == 302
    return Case.objects.select_related("merchant").get()


def test_the_type_is_chosen_and_the_task_list_knows(english):
    case = registered(english)
    assert case.state == "identity"
    page = english.get(reverse("identity", args=[case.ref])).content.decode()
    assert page.count(SAID) == 1  # the portrait; the card belongs to the application


def test_another_phone_knows_it_too(english):
    case = registered(english)
    owner = case.merchant.memberships.get().user
    other = type(english)(HTTP_ACCEPT_LANGUAGE="en")
    other.force_login(owner)
    assert SAID in other.get(reverse("identity", args=[case.ref])).content.decode()
    make.put(case, "application")
    page = other.get(reverse("application", args=[case.ref])).content.decode()
    assert page.count(SAID) == 1


def test_it_is_written_once_and_holds_codes_only(english):
    case = registered(english)
    preparing.hand_over(case, case.merchant.memberships.get().user, english.session)
    entry = Entry.objects.get(case=case, verb="fact:prepared")
    assert entry.data == {"ready": ["bank_card", "id_portrait"]} and not entry.public


def test_what_was_chosen_in_the_form_wins(english):
    english.post(LIST, {"have": ["id_portrait"]})
    owner = people.merchant()
    case = make.case("registration", by=owner, of=make.merchant("enterprise"))
    english.force_login(owner)
    assert english.get(reverse("registration", args=[case.ref])).context["form"].initial["type"] == "enterprise"


def test_the_list_of_an_agents_browser_is_not_the_merchants(english):
    case = make.case("identity", of=make.merchant("micro"))
    english.post(LIST, {"have": ["id_portrait"]})
    assert not preparing.ready(case, people.reviewer(), english.session)
    assert preparing.ready(case, case.merchant.memberships.get().user, english.session)


def test_nothing_ticked_leaves_no_entry(english):
    english.force_login(people.merchant())
    english.get(reverse("start"), follow=True)
    case = Case.objects.get()
    english.post(reverse("complete_registration", args=[case.ref]), FORM)
    assert not Entry.objects.filter(verb="fact:prepared").exists()
