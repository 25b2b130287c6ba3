"""Marking and returning: what fits, what the merchant reads, what opens again."""

import pytest
from django.urls import reverse
from django.utils import translation

from onboarding import services
from onboarding.admin.review import marking
from onboarding.documents.items import open_items, remarks
from onboarding.models import Case, Reason, Return
from tests import make, people

pytestmark = pytest.mark.django_db
LICENCE = "document:business_licence"


def marked(case) -> dict[str, str]:
    return dict(Return.objects.filter(case=case, sent_at=None).values_list("item", "reason__code"))


def test_it_works(case, reviewer, signed_in, at):
    client, address = signed_in(reviewer), f"{at('mark', case)}?item={LICENCE}"
    assert client.get(address).status_code == 200
    client.post(address, {"reason": "glare", "note": "右上角看不清"})
    client.post(address, {"reason": "blurred", "note": ""})
    assert marked(case) == {LICENCE: "blurred"}
    row = Return.objects.get(case=case)
    client.post(at("unmark", case, row.pk))
    client.post(at("unmark", case, row.pk))
    assert marked(case) == {}


def test_only_fitting_reasons_are_offered(case, reviewer, signed_in, at):
    page = signed_in(reviewer).get(f"{at('mark', case)}?item=field:merchant.uscc")
    codes = [code for code, _label in page.context["form"].fields["reason"].choices[1][1]]
    assert codes == ["uscc_mismatch"]
    refused = signed_in(reviewer).post(f"{at('mark', case)}?item=field:merchant.uscc", {"reason": "glare"})
    assert refused.context["form"].errors["reason"]
    with pytest.raises(services.Refused):
        services.mark(case.pk, "field:merchant.uscc", "glare", by=reviewer)


@pytest.mark.parametrize("item", ["", "document:nonsense", "field:store.mcc", "document:visit_photo", "field:", "x"])
def test_what_does_not_belong_to_the_step_cannot_be_marked(item, case, reviewer, signed_in, at):
    answer = signed_in(reviewer).post(f"{at('mark', case)}?item={item}", {"reason": "blurred"})
    assert answer.status_code == 302
    with pytest.raises(services.Refused):
        services.mark(case.pk, item, "blurred", by=reviewer)
    assert marked(case) == {}


@pytest.mark.parametrize("state", ["identity", "identity_returned", "application", "live", "rejected"])
def test_only_under_review(state, liu, reviewer, signed_in, at):
    case = make.case(state, by=liu)
    signed_in(reviewer).post(f"{at('mark', case)}?item={LICENCE}", {"reason": "blurred"})
    with pytest.raises(services.NotNow):
        services.mark(case.pk, LICENCE, "blurred", by=reviewer)
    assert marked(case) == {}


def test_nobody_marks_what_they_entered(signed_in, at):
    judge = people.somebody("reviewer", "merchant")
    case = make.case("identity_review", by=judge)
    answer = signed_in(judge).post(f"{at('mark', case)}?item={LICENCE}", {"reason": "blurred"}, follow=True)
    assert str(services.permissions.NAMED_IN_IT) in answer.content.decode()
    assert marked(case) == {}


def test_internal_reasons_are_offered_apart_and_said_neutrally(case, reviewer, signed_in, at):
    Reason.objects.create(
        code="montage", applies_to="@licence", audience="internal", sentence_zh="疑似拼接", sentence_en="A montage",
        shown_as="blurred",
    )  # fmt: skip
    client = signed_in(reviewer)
    page = client.get(f"{at('mark', case)}?item={LICENCE}")
    inside = page.context["form"].fields["reason"].choices[2][1]
    assert [code for code, _label in inside] == ["montage"]  # image_tampered says that nothing may be told
    client.post(f"{at('mark', case)}?item={LICENCE}", {"reason": "montage"})
    preview = client.get(at("return_identity", case))
    assert "montage" not in preview.content.decode().lower()
    client.post(at("return_identity", case))
    case = Case.objects.get(pk=case.pk)
    with translation.override("en"):
        neutral = Reason.objects.get(code="blurred")
        assert remarks(case, "identity")[LICENCE].reason == neutral.sentence_en


def test_the_preview_is_what_the_merchant_reads(case, liu, reviewer, signed_in, at):
    services.mark(case.pk, LICENCE, "glare", by=reviewer, note="右上角看不清")
    services.mark(case.pk, "field:merchant.uscc", "uscc_mismatch", by=reviewer)
    services.mark(case.pk, "document:id_portrait", "expires_soon", by=reviewer)
    previews = signed_in(reviewer).get(at("return_identity", case)).context["previews"]
    services.advance(case.pk, "return_identity", by=reviewer)
    case = Case.objects.select_related("merchant").get(pk=case.pk)
    for preview in previews:
        with translation.override(preview.language):
            read = [
                {"reason": one.reason, "remedy": one.remedy, "note": one.note}
                for one in remarks(case, "identity").values()
            ]
        assert [{key: one[key] for key in ("reason", "remedy", "note")} for one in preview.remarks] == read
    assert {preview.language for preview in previews} == {"zh-hans", "en"}


def test_only_the_marked_items_open_and_the_merchant_reads_reason_and_remedy(case, liu, reviewer, signed_in, at):
    services.mark(case.pk, "field:merchant.uscc", "uscc_mismatch", by=reviewer, note="请核对")
    signed_in(reviewer).post(at("return_identity", case))
    case = Case.objects.select_related("merchant").get(pk=case.pk)
    assert case.round == 2
    assert "field:merchant.uscc" in open_items(case, "identity")
    assert "field:merchant.name" not in open_items(case, "identity")
    reason = Reason.objects.get(code="uscc_mismatch")
    page = signed_in(liu).get(reverse("identity_business", args=[case.ref])).content.decode()
    for sentence in (reason.sentence_en, reason.remedy_en, "请核对"):
        assert sentence in page


def test_a_return_without_marks_is_refused(case, reviewer, signed_in, at):
    answer = signed_in(reviewer).post(at("return_identity", case), follow=True)
    assert "Mark at least one paper or field" in answer.content.decode()


def test_marks_stand_in_the_way_of_an_approval(case, reviewer, signed_in, at):
    services.mark(case.pk, LICENCE, "glare", by=reviewer)
    answer = signed_in(reviewer).post(at("approve_identity", case), follow=True)
    assert "You have marked items for return" in answer.content.decode()


@pytest.mark.parametrize("type", ["enterprise", "sole_trader", "micro", "institution", "government", "social_org"])
@pytest.mark.parametrize("step", ["identity", "application"])
def test_whatever_the_merchant_entered_can_be_returned(type, step, liu):
    case = make.case(f"{step}_review", by=liu, of=make.merchant(type))
    wanted = {f"field:{name}" for name in services.markable_fields(case, step)}
    wanted |= {f"document:{kind.code}" for kind in services.markable_kinds(case, step)}
    assert set(marking.items(case)) == wanted


def test_a_card_number_is_not_taken_down(case, reviewer, signed_in, at):
    note = {"reason": "glare", "note": "卡号 6222021234567894"}
    answer = signed_in(reviewer).post(f"{at('mark', case)}?item={LICENCE}", note)
    assert "card number" in str(answer.context["form"].errors["note"])
