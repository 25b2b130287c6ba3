"""A returned case: only the marked items are open, the merchant reads reason and remedy word for word."""

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.models import Case, Document, Merchant, Person, Reason, Return
from tests import make, people
from tests.onboarding.documents import samples
from tests.onboarding.identity.test_fill import BUSINESS, PERSON
from tests.onboarding.identity.test_submit_identity import hand_in, url


def send_back(case, *items) -> Case:
    """Return `case` with these (item, code of the reason)."""
    reviewer = people.reviewer()
    make.put(Case.objects.get(pk=case.pk), "identity_review")
    fresh = Case.objects.get(pk=case.pk)
    for item, code in items:
        reason = Reason.objects.get(code=code)
        Return.objects.create(
            case=fresh, step="identity", round=fresh.round, item=item, reason=reason, marked_by=reviewer
        )
    return services.advance(case.pk, "return_identity", by=reviewer)


@pytest.fixture
def returned(signed_in, filled):
    hand_in(signed_in, filled)
    return send_back(filled, ("document:id_portrait", "glare"), ("field:merchant.uscc", "uscc_mismatch"))


def test_reason_and_remedy_word_for_word(signed_in, returned):
    glare, code = Reason.objects.get(code="glare"), Reason.objects.get(code="uscc_mismatch")
    paper = signed_in.get(url(returned, "identity_document", "id_portrait"), headers={"accept-language": "zh-hans"})
    assert glare.sentence_zh in paper.content.decode() and glare.remedy_zh in paper.content.decode()
    page = signed_in.get(url(returned, "identity_business"), headers={"accept-language": "en"})
    assert code.sentence_en in page.content.decode() and code.remedy_en in page.content.decode()


def test_only_the_marked_fields_open(signed_in, returned):
    page = signed_in.get(url(returned, "identity_business"))
    assert list(page.context["form"].fields) == ["uscc"]
    signed_in.post(url(returned, "identity_business"), {**BUSINESS, "name": "别的名字", "uscc": "91350100M000100Y43"})
    merchant = Merchant.objects.get(pk=returned.merchant_id)
    assert (merchant.name, merchant.uscc) == ("虚构市小满面馆有限公司", "91350100M000100Y43")
    signed_in.post(url(returned, "identity_person"), {**PERSON, "name": "别人"})
    signed_in.post(url(returned, "identity_handler"), {"who": "other", **PERSON})
    assert [one.name for one in Person.objects.all()] == ["刘小满"]


def test_only_the_marked_papers_open(signed_in, returned):
    signed_in.post(url(returned, "identity_document", "business_licence"), {"file": samples.jpeg(9)})
    licence = Document.objects.get(kind="business_licence")
    signed_in.post(url(returned, "identity_document_remove", "business_licence", licence.pk))
    assert Document.objects.filter(kind="business_licence", replaced_at=None).get() == licence
    page = signed_in.get(url(returned, "identity_document", "business_licence"))
    assert page.status_code == 200 and 'type="file"' not in page.content.decode()


def test_the_same_picture_again_is_refused(signed_in, returned):
    answer = signed_in.post(url(returned, "identity_document", "id_portrait"), {"file": samples.jpeg(1)})
    assert answer.status_code == 200 and answer.context["problem"]


def test_both_must_change_before_it_is_handed_in_again(signed_in, returned):
    signed_in.post(url(returned, "submit_identity"))
    assert Case.objects.get(pk=returned.pk).state == "identity_returned"
    signed_in.post(url(returned, "identity_business"), {"uscc": "91110000600037341L"})  # saved, and not changed
    assert len(services.missing(returned, "submit_identity")) == 2
    signed_in.post(url(returned, "identity_business"), {"uscc": "91350100M000100Y43"})
    assert len(services.missing(returned, "submit_identity")) == 1
    signed_in.post(url(returned, "identity_document", "id_portrait"), {"file": samples.jpeg(8)})
    assert not services.missing(returned, "submit_identity")
    page = signed_in.get(url(returned, "identity_business"))  # still open until it is handed in
    assert list(page.context["form"].fields) == ["uscc"]
    signed_in.post(url(returned, "submit_identity"))
    assert Case.objects.get(pk=returned.pk).state == "identity_screening"
    assert not Return.objects.filter(mended_at=None).exists()


def test_a_change_that_needs_another_paper_opens_it(signed_in, filled):
    hand_in(signed_in, filled)
    back = send_back(
        filled, ("field:person.id_type", "wrong_document"), ("field:person.id_number", "id_number_mismatch")
    )
    signed_in.post(url(back, "identity_person"), {"id_type": "passport", "id_number": "E12345678"})
    answer = signed_in.post(url(back, "identity_document", "identity_other"), {"file": samples.jpeg(7)})
    assert answer.status_code == 302 and Document.objects.filter(kind="identity_other").exists()
    assert not services.missing(back, "submit_identity")


def test_an_answer_may_stand_where_the_remedy_says_so(signed_in, filled):
    hand_in(signed_in, filled)
    back = send_back(filled, ("field:person.mobile", "mobile_unreachable"))
    assert not services.missing(back, "submit_identity")


@pytest.mark.parametrize("reason", ["image_tampered", "list_hit_person", "nominee_suspected"])
def test_internal_reasons_never_show(signed_in, filled, reason):
    hand_in(signed_in, filled)
    internal = Reason.objects.get(code=reason)
    back = send_back(filled, ("document:id_portrait", reason))
    for place in ("identity", "identity_check"):
        page = signed_in.get(url(back, place)).content.decode()
        assert internal.sentence_zh not in page and internal.sentence_en not in page and reason not in page
    page = signed_in.get(url(back, "identity_document", "id_portrait")).content.decode()
    assert internal.sentence_zh not in page and reason not in page
    neutral = Reason.objects.filter(code=internal.shown_as).first()
    assert neutral is None or neutral.sentence_zh in page


def test_reverse_of_the_requirement_leads_to_the_page(returned):
    places = {one.field: (one.page, one.code) for one in services.missing(returned, "submit_identity")}
    assert places["document:id_portrait"][0] == "identity_document"
    assert reverse("identity_document", args=[returned.ref, "id_portrait"])
