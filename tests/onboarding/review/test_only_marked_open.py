"""A returned case: whatever is sent to whatever form of the two steps, only the marked items change."""

import pytest
from django.test import Client

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from onboarding import services
from onboarding.flow import State
from onboarding.models import Application, Case, Document, Merchant, Person, SettlementAccount, Store
from onboarding.rules import Who
from tests.onboarding.documents import samples
from tests.onboarding.identity.test_fill import BUSINESS, PERSON
from tests.world import addresses

pytestmark = pytest.mark.django_db
TABLES = (Merchant, Person, Store, SettlementAccount, Application, Document)
STORE = {
    "name": "别的店",
    "mcc": "5812",
    "address": "别处 1 号",
    "division_code": "110105",
    "plan": "1",
    "holder": "别人",
}


def everything(case) -> dict:
    """Every value of every row about the merchant, without what may change."""
    found = {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}
    for row in found["Merchant"]:
        row.pop("uscc")
    for row in found["SettlementAccount"]:  # proving the same account by a small sum changes no answer
        row.update({name: None for name in row if name.startswith("proof_")})
    for row in found["Document"]:
        row.pop("status")
    return found


def forms(case) -> list[str]:
    """The addresses of the two steps that take this case, and a kind of paper that is not marked."""
    known = {"ref": case.ref, "kind": "id_portrait"}
    steps = ("identity", "application")
    found = [one for one in addresses() if "ref" in one.arguments and set(one.arguments) <= set(known)]
    mine = [one for one in found if one.route.startswith("cases/") and one.route.split("/")[2] in steps]
    return [one.url(known) for one in mine if not one.name.startswith("submit_")]


@pytest.mark.parametrize("step", ["identity", "application"])
def test_every_other_form_refuses(step):
    staff = demo.staff()
    walk = FullWalk(Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满"), staff)
    case, liu, reviewer = walk.to(State(f"{step}_review")), walk.owner, staff[Who.REVIEWER]
    item = "field:merchant.uscc" if step == "identity" else "field:store.name"
    services.mark(case.pk, item, "uscc_mismatch" if step == "identity" else "sign_differs", by=reviewer)
    services.advance(case.pk, f"return_{step}", by=reviewer)
    case = Case.objects.select_related("merchant").get(pk=case.pk)
    client = Client()
    client.force_login(liu)
    before, sent = everything(case), {**STORE, **BUSINESS, **PERSON, "who": "other", "exempt": ""}
    places = [place for place in forms(case) if not place.rstrip("/").endswith("/application/store")]
    assert len(places) > 8
    for number, place in enumerate(places):
        client.post(place, {**sent, "name": "别的名字"})
        client.post(place, {"file": samples.jpeg(20 + number)})
        assert everything(case) == before, place
