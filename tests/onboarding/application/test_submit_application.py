"""What is missing, as a table; and only the marked items open again."""

import pytest
from django.utils import timezone

from onboarding import services
from onboarding.models import Document, Page, Return, Store
from onboarding.rules import Facts, requirements
from onboarding.rules.application import ApplicationFacts, account_kinds, name_of
from onboarding.rules.doubts import ApplicationDoubts
from onboarding.rules.papers import Paper, Returned
from onboarding.services import missing
from tests import make, people

FULL = {"empty": ()}
TABLE = [
    (
        {},
        {
            "empty_store.name",
            "empty_store.mcc",
            "empty_store.address",
            "empty_application.turnover",
            "empty_settlement.account",
            "empty_application.plan",
        },
    ),
    (FULL, set()),
    ({**FULL, "plan_fits": False}, {"plan_fits"}),
    ({**FULL, "account_fits": False}, {"account_fits"}),
    ({**FULL, "papers": (Paper("till", "收银台", "Till"),)}, {"paper_till"}),
    ({**FULL, "papers": (Paper("till", "收银台", "Till", pages=1),)}, set()),
    ({**FULL, "returned": (Returned("document:till"),)}, {"returned_document:till"}),
    ({**FULL, "returned": (Returned("document:till", changed=True),)}, set()),
    ({**FULL, "returned": (Returned("field:store.mcc"),)}, {"returned_store.mcc"}),
    ({**FULL, "returned": (Returned("field:mcc"),)}, {"returned_store.mcc"}),
    ({**FULL, "returned": (Returned("case"),)}, set()),
]


@pytest.mark.parametrize("facts,codes", TABLE, ids=range(len(TABLE)))
def test_each_missing_thing_is_one_requirement(facts, codes):
    parts = {ApplicationFacts: ApplicationFacts(**facts), ApplicationDoubts: ApplicationDoubts()}
    found = requirements("submit_application", Facts(None, parts))
    assert {one.code for one in found} == codes
    assert all(one.page and one.field and str(one.sentence) and one.consequence for one in found)


def test_accounts_fit_the_kind_of_business():
    assert account_kinds("enterprise") == ("unit",)
    assert account_kinds("sole_trader") == ("personal", "unit")
    assert account_kinds("micro") == ("personal",)
    assert name_of("field:store.website") == "store.name"


def papers(case, user):
    for one in missing(case, "submit_application"):
        document = Document.objects.create(
            case=case, kind=one.field.removeprefix("document:"), original_name="a.jpg", media_type="image/jpeg", size=1,
            sha256=one.field[:64], original="x", uploaded_by=user,
        )  # fmt: skip
        Page.objects.create(document=document, number=1, file="x", thumbnail="x", width=1, height=1)


def test_papers_follow_from_the_answers(answered):
    fields = {one.field for one in missing(answered, "submit_application")}
    assert {
        "document:basic_account_proof",
        "document:shopfront",
        "document:premises_proof",
        "document:special_permit",
    } <= fields
    Store.objects.update(premises="online", mcc="5651")
    fields = {one.field for one in missing(answered, "submit_application")}
    assert not {"document:shopfront", "document:premises_proof", "document:special_permit"} & fields


def test_hand_in_then_only_the_marked_item_is_open(web, answered, liu):
    refused = web.post(f"/cases/{answered.ref}/application/submit_application/", follow=True)
    assert refused.status_code == 200 and len(refused.context["messages"]) > 2
    papers(answered, liu)
    web.post(f"/cases/{answered.ref}/application/submit_application/")
    case = type(answered).objects.get(pk=answered.pk)
    assert case.state == "application_screening"
    make.put(case, "application_returned", round=case.round + 1)
    by = people.reviewer()
    row = make.mark(case, by, "field:store.mcc", step="application", reason="mcc_mismatch")
    Return.objects.filter(pk=row.pk).update(sent_at=timezone.now())
    closed = web.get(f"/cases/{case.ref}/application/store/")
    assert closed.status_code == 302
    page = web.get(f"/cases/{case.ref}/application/trade/")
    assert "您选的行业与店里实际经营的不一样。" in page.content.decode()
    assert {
        one.code for one in missing(type(case).objects.select_related("merchant").get(pk=case.pk), "submit_application")
    } == {"returned_store.mcc"}
    web.post(f"/cases/{case.ref}/application/trade/", {"mcc": "5814"})
    again = services.advance(case.pk, "submit_application", by=liu)
    assert again.state == "application_screening"
