"""Handing in: every missing thing is named, and the journey of one company's papers to the machine checks."""

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.models import Case, Check, Document
from onboarding.rules import CaseFacts, Facts, requirements
from onboarding.rules.doubts import IdentityDoubts
from onboarding.rules.identity import IdentityFacts, fields_for
from onboarding.rules.papers import Paper, Returned
from tests.onboarding.documents import samples

PAPERS = ("business_licence", "id_portrait", "id_emblem")


def url(case, name, *more):
    return reverse(name, args=[case.ref, *more])


def hand_in(client, case, papers=PAPERS):
    for seed, kind in enumerate(papers):
        answer = client.post(url(case, "identity_document", kind), {"file": samples.jpeg(seed)})
        assert answer.status_code == 302, answer.content.decode()


def test_it_works(signed_in, filled):
    hand_in(signed_in, filled)
    page = signed_in.get(url(filled, "identity_check"))
    assert page.status_code == 200 and "110***********002X" in page.content.decode()
    assert "11010519491231002X" not in page.content.decode()
    answer = signed_in.post(url(filled, "submit_identity"))
    moved = Case.objects.get(pk=filled.pk)
    assert answer.status_code == 302 and moved.state == "identity_screening"
    names = set(Check.objects.filter(case=moved).values_list("name", flat=True))
    assert names >= {"formats", "expiry", "duplicates", "registry_entry", "person", "risk_list", "photo"}


def test_everything_missing_is_named(signed_in, case):
    missing = services.missing(case, "submit_identity")
    assert {one.field for one in missing} == {
        *(f"field:{name}" for name in fields_for("enterprise") if name not in ("person.id_type", "handler")),
        "field:person.id_type",
        "document:business_licence",
        "document:id_portrait",
        "document:id_emblem",
        "document:beneficial_owner_declaration",
        "document:beneficial_owner_id",
    }
    assert all(str(one.sentence) and one.page for one in missing)
    answer = signed_in.post(url(case, "submit_identity"), follow=True)
    assert answer.redirect_chain[-1][0] == url(case, "identity_check")
    assert Case.objects.get(pk=case.pk).state == "identity"


def test_a_refused_file_is_said_at_the_tile(signed_in, filled):
    answer = signed_in.post(url(filled, "identity_document", "id_portrait"), {"file": samples.upload(samples.pdf())})
    assert answer.status_code == 200 and answer.context["problem"]
    assert not Document.objects.exists()
    assert signed_in.post(url(filled, "identity_document", "id_portrait"), {}).context["problem"]


def test_a_file_is_removed(signed_in, filled):
    hand_in(signed_in, filled, ["id_portrait"])
    document = Document.objects.get()
    signed_in.post(url(filled, "identity_document_remove", "id_portrait", document.pk))
    assert not Document.objects.current().exists()


def test_other_papers_for_another_card(signed_in, filled):
    filled.merchant.persons.update(id_type="passport", id_number="")
    fields = {one.field for one in services.missing(filled, "submit_identity")}
    assert "document:identity_other" in fields and "document:id_portrait" not in fields


@pytest.mark.parametrize("name", ["submit_identity", "identity_owner_add"])
def test_only_by_post(signed_in, filled, name):
    assert signed_in.get(url(filled, name)).status_code == 405


# The rule alone, as a table -----------------------------------------------------------------------------------------

CASE = CaseFacts(1, "KT-2345-6789", "identity", 1, "enterprise", "low", "web", 1)
LICENCE = Paper("business_licence", "营业执照", "Business licence", 1, 1)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (IdentityFacts(), []),
        (IdentityFacts(papers=(LICENCE,)), []),
        (IdentityFacts(empty=("merchant.uscc",)), ["empty_merchant.uscc"]),
        (IdentityFacts(empty=("owners", "handler")), ["empty_owners", "empty_handler"]),
        (IdentityFacts(papers=(Paper("id_portrait"),)), ["paper_id_portrait"]),
        (IdentityFacts(papers=(Paper("handler_id", min_pages=2, pages=1),)), ["paper_handler_id"]),
        (IdentityFacts(returned=(Returned("document:id_portrait"),)), ["returned_document:id_portrait"]),
        (IdentityFacts(returned=(Returned("document:id_portrait", changed=True),)), []),
        (IdentityFacts(returned=(Returned("field:uscc"),)), ["returned_merchant.uscc"]),
        (IdentityFacts(returned=(Returned("field:merchant.uscc", changed=True),)), []),
        (IdentityFacts(returned=(Returned("field:something_else"),)), ["returned_something_else"]),
    ],
)
def test_rule(facts, codes):
    found = requirements("submit_identity", Facts(CASE, {IdentityFacts: facts, IdentityDoubts: IdentityDoubts()}))
    assert [one.code for one in found] == codes
    assert all(str(one.sentence) and one.page and one.field for one in found)
