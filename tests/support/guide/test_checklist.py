"""The visitor's list is the document matrix, for every type and shop, as the application itself will ask for it."""

import itertools
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from onboarding.facts.application import conditions as of_application
from onboarding.facts.identity import conditions as of_identity
from onboarding.facts.kept import category
from onboarding.facts.papers import asked
from onboarding.models import Application, Case, MerchantType, Person, SettlementAccount, Step, Store
from onboarding.rules.application import account_kinds
from onboarding.services.preparing import KEY
from support.guide import checklist
from support.guide.checklist import APPLIES, Choice
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/guide/prepare/list/"
PREMISES = ("leased", "owned", "mobile", "online")
TRADES = ("", "5812", "5814", "5651", "8211", "8062")


def asked_later(choice: Choice) -> list[str]:
    """The papers of a real merchant with these facts, by the queries of the two steps."""
    merchant = make.merchant(choice.type, beneficial_owner_exempt="beneficial_owner_not_exempt" not in choice.applies)
    other = Person.IdType.PASSPORT if "owner_id_not_resident_card" in choice.applies else Person.IdType.RESIDENT_ID
    people = [make.person(merchant, id_type=other)]
    if "handler_is_not_owner" in choice.applies:
        people.append(make.person(merchant, Person.Role.HANDLER))
    identity = asked(choice.type, Step.IDENTITY, of_identity(merchant, people))
    application = asked(choice.type, Step.APPLICATION, of_application(Case(), drafted(choice), category(choice.mcc)))
    return [kind.code for kind, _level in [*identity, *application]]


def drafted(choice: Choice) -> Application:
    fixed = choice.premises in ("leased", "owned")
    store = Store(
        mcc=choice.mcc, premises="fixed" if fixed else choice.premises,
        tenure=choice.premises if fixed else "leased", permit_declared="permit_applies" in choice.applies,
    )  # fmt: skip
    wanted = "unit" if "settles_to_unit_account" in choice.applies else account_kinds(choice.type)[0]
    kind = wanted if wanted in account_kinds(choice.type) else account_kinds(choice.type)[0]
    basic = "settlement_account_not_basic" not in choice.applies
    return Application(store=store, account=SettlementAccount(kind=kind, is_basic=basic))


@pytest.mark.parametrize("type_", MerchantType.values)
def test_is_what_the_application_asks_for(type_):
    several = [(), *((one,) for one in APPLIES), APPLIES]
    for shop, mcc, applies in itertools.product(PREMISES, TRADES, several):
        choice = Choice(type_, shop, mcc, applies)
        assert [item.kind.code for item in checklist.items(choice)] == asked_later(choice), choice


@pytest.mark.parametrize("type_", MerchantType.values)
def test_the_page_shows_every_paper_with_its_sentence_and_a_box(client, type_):
    choice = Choice(type_, "leased", "5812", ("handler_is_not_owner",))
    page = client.get(f"{LIST}?{choice.query()}", headers={"accept-language": "en"}).content.decode()
    for item in checklist.items(choice):
        assert f'name="have" value="{item.kind.code}"' in page
        assert item.kind.name_en.split("(")[0].strip() in page
    assert page.count('name="have"') == len(checklist.items(choice))


def test_a_trade_names_its_permits(client):
    page = client.get(f"{LIST}?type=enterprise&mcc=5812", headers={"accept-language": "en"}).content.decode()
    assert "Food business licence" in page
    assert "Tobacco retail licence" in page  # only if tobacco is sold


def test_a_trade_that_needs_a_licence_is_said_to_somebody_without_one(client):
    page = client.get(f"{LIST}?type=micro&mcc=7011", headers={"accept-language": "en"}).content.decode()
    assert "needs a business licence" in page


def test_ticks_are_remembered_without_javascript(client):
    answer = client.post(f"{LIST}?type=micro&premises=mobile", {"have": ["id_portrait", "bank_card"]})
    page = client.get(answer["Location"]).content.decode()
    assert page.count(" checked") == 2
    assert client.session[KEY]["ready"] == ["id_portrait", "bank_card"]
    assert reverse("guide_list") in client.get(reverse("guide_prepare")).content.decode()


def test_only_papers_of_the_list_can_be_ticked(client):
    client.post(f"{LIST}?type=micro&premises=mobile", {"have": ["business_licence", "<script>", "id_portrait"]})
    assert client.session[KEY]["ready"] == ["id_portrait"]


def test_looking_keeps_nothing(client):
    client.get(f"{LIST}?type=micro")
    assert KEY not in client.session


def test_the_link_carries_the_ticks_to_another_phone(client, settings):
    client.post(f"{LIST}?type=micro&premises=mobile", {"have": ["bank_card"]})
    link = client.get(f"{LIST}?type=micro&premises=mobile").context["link"]
    assert link.startswith(settings.SITE_URL)
    assert parse_qs(urlsplit(link).query)["have"] == ["bank_card"]
    other = type(client)().get(link.removeprefix(settings.SITE_URL))
    assert other.content.decode().count(" checked") == 1


@pytest.mark.parametrize(
    "query", ["", "type=nobody", "type=micro&premises=moon", "type=micro&mcc=99999", "type=micro&applies=x"]
)
def test_answers_that_are_none_ask_again(client, query):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200 and 'name="type"' in answer.content.decode()
    assert ("errsum" in answer.content.decode()) == bool(query)


def test_a_session_of_something_else_does_no_harm(client):
    session = client.session
    session[KEY] = {"type": "nobody", "ready": ["x"]}
    session.save()
    assert client.get(reverse("guide_prepare")).status_code == 200


def test_fits_paper(new_page):
    page = new_page()
    page.goto(f"{LIST}?type=enterprise&premises=leased&mcc=5812")
    page.emulate_media(media="print")
    assert page.locator(".papers input").first.is_visible()
    for gone in (".gline", ".foot", "button:has-text('保存')", ".turns"):
        assert not page.locator(gone).first.is_visible()
