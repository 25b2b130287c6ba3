"""The next round: what was returned stands beside what came instead."""

import pytest
from django.utils import translation

from onboarding import services
from onboarding.admin.review import deciding
from onboarding.models import Case, Document, Merchant, Page, Return
from tests import make

pytestmark = pytest.mark.django_db
LICENCE = "document:business_licence"


def paper(case, by, sha: str) -> Document:
    row = Document.objects.create(
        case=case, kind="business_licence", original_name="a.jpg", media_type="image/jpeg", size=1, sha256=sha * 64,
        original="x", uploaded_by=by,
    )  # fmt: skip
    Page.objects.create(document=row, number=1, width=800, height=600, file="x", thumbnail="x")
    return row


def test_old_and_new_side_by_side(case, liu, reviewer, signed_in, page_of):
    old = paper(case, liu, "1")
    services.mark(case.pk, LICENCE, "blurred", by=reviewer)
    services.mark(case.pk, "field:merchant.name", "name_mismatch", by=reviewer)
    services.mark(case.pk, "field:person.id_number", "id_number_mismatch", by=reviewer)
    services.advance(case.pk, "return_identity", by=reviewer)
    assert Return.objects.get(item="field:person.id_number").before != "11010519491231002X", "masked"
    Merchant.objects.filter(pk=case.merchant_id).update(name="虚构市小满餐饮有限公司")
    Document.objects.filter(pk=old.pk).update(replaced_at=Return.objects.first().sent_at)
    new = paper(case, liu, "2")
    Return.objects.update(mended_at=new.uploaded_at)
    make.put(Case.objects.get(pk=case.pk), "identity_review")
    case = Case.objects.select_related("merchant").get(pk=case.pk)
    with translation.override("en"):
        sent_back = list(Return.objects.select_related("reason"))
        found = {one.row.item: one for one in deciding.changes(case, reviewer, sent_back)}
    name = found["field:merchant.name"]
    assert (name.before, name.now, name.same) == ("虚构市小满面馆有限公司", "虚构市小满餐饮有限公司", False)
    licence = found[LICENCE]
    assert [sheet.key for sheet in licence.old] == [f"{old.pk}-1"]
    assert [sheet.key for sheet in licence.new] == [f"{new.pk}-1"]
    assert found["field:person.id_number"].same
    page = signed_in(reviewer).get(page_of(case)).content.decode()
    assert "虚构市小满面馆有限公司" in page and "What changed since the return" in page


def test_the_preview_holds_page_mail_and_sms(case, reviewer, signed_in, at):
    services.mark(case.pk, LICENCE, "blurred", by=reviewer, note="右下角")
    page = signed_in(reviewer).get(at("return_identity", case))
    for one in page.context["previews"]:
        remark = one.remarks[0]
        assert remark["example"] == "blurred"
        assert remark["reason"] in one.mail and "右下角" in one.mail and case.ref in one.sms
    assert "<svg" in page.content.decode()
