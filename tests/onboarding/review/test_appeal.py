"""One reconsideration after a rejection: by the merchant, in time, decided by a senior reviewer who had no part."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding import services
from onboarding.models import Appeal, Case, Consent, Entry, Notice
from onboarding.services import appeals
from onboarding.tasks import letters
from tests import make, people
from tests.onboarding.documents import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(case, reviewer):
    services.advance(case.pk, "reject", by=reviewer, note="[list_hit_person] 命中名单", data={"reason": "declined"})
    return Case.objects.select_related("merchant").get(pk=case.pk)


@pytest.fixture
def appealed(rejected, liu):
    appeals.appeal(rejected.pk, "执照刚换过，请再看一次", by=liu)
    return rejected


def place(case, name="appeal", *args):
    return reverse(name, args=[case.ref, *args])


def test_the_merchant_asks_with_papers(rejected, liu, signed_in):
    senior = people.senior_reviewer()
    client = signed_in(liu)
    assert "Ask for reconsideration" in client.get(rejected.get_absolute_url()).content.decode()
    client.post(place(rejected, "appeal_document", "appeal_paper"), {"file": samples.jpeg(3)})
    assert rejected.documents.filter(kind="appeal_paper").count() == 1
    empty = client.post(place(rejected), {"text": " "})
    assert empty.status_code == 422
    client.post(place(rejected), {"text": "执照刚换过"})
    row = Appeal.objects.get()
    assert row.text == "执照刚换过" and row.due_at > timezone.now() + datetime.timedelta(days=14)
    page = client.get(rejected.get_absolute_url()).content.decode()
    assert "had no part in the decision" in page and "You hear from us by" in page
    assert Notice.objects.filter(template="appealed", recipient=liu).exists()
    assert Notice.objects.filter(template="appeal_waits", recipient=senior).exists()
    assert client.post(place(rejected, "appeal_document", "appeal_paper"), {"file": samples.jpeg(4)}).status_code == 302
    assert rejected.documents.filter(kind="appeal_paper").count() == 1, "closed once it is sent"


def test_once_only(appealed, liu, signed_in):
    with pytest.raises(services.NotNow):
        appeals.appeal(appealed.pk, "再来一次", by=liu)
    signed_in(liu).post(place(appealed), {"text": "再来一次"})
    assert Appeal.objects.count() == 1


def test_in_time_only(rejected, liu, settings, signed_in):
    past = timezone.now() - datetime.timedelta(days=settings.APPEAL_DAYS, hours=1)
    Case.objects.filter(pk=rejected.pk).update(since=past)
    with pytest.raises(services.NotNow):
        appeals.appeal(rejected.pk, "请再看", by=liu)
    assert signed_in(liu).get(place(rejected)).status_code == 302


@pytest.mark.parametrize("state", ["identity_review", "withdrawn", "live"])
def test_after_a_rejection_only(state, liu):
    case = make.case(state, by=liu)
    with pytest.raises(services.NotNow):
        appeals.appeal(case.pk, "请再看", by=liu)


def test_strangers_and_cashiers_do_not_ask(rejected, signed_in):
    assert signed_in(people.stranger()).post(place(rejected), {"text": "请再看"}).status_code == 404
    cashier = people.merchant()
    services.add_member(rejected.merchant, cashier, "cashier")
    with pytest.raises(services.NotAllowed):
        appeals.appeal(rejected.pk, "请再看", by=cashier)


def test_a_senior_without_a_part_opens_it_again(appealed, liu):
    for purpose in ("privacy", "identity", "sharing"):
        Consent.objects.create(case=appealed, purpose=purpose, version="1", language="en", text_sha256="0" * 64)
    services.advance(appealed.pk, "reopen", by=people.senior_reviewer(), note="执照已更新")
    assert Case.objects.get(pk=appealed.pk).state == "identity"
    assert Appeal.objects.get().outcome == "reopened"
    assert Notice.objects.filter(template="reopen", recipient=liu).exists()


def test_or_upholds_it_with_a_neutral_sentence_in_both_languages(appealed, liu, signed_in, at):
    client = signed_in(people.senior_reviewer())
    assert client.post(at("uphold", appealed), {"reason": "list_hit_person", "note": "命中"}).status_code == 422
    assert client.get(at("uphold", appealed)).status_code == 200
    client.post(at("uphold", appealed), {"reason": "appeal_not_changed", "note": "名单核实无误"})
    row = Appeal.objects.select_related("reason").get()
    assert (row.outcome, Case.objects.get(pk=appealed.pk).state) == ("upheld", "rejected")
    page = signed_in(liu).get(appealed.get_absolute_url()).content.decode()
    assert row.reason.sentence_en in page and "名单" not in page
    for language, sentence in (("zh-hans", row.reason.sentence_zh), ("en", row.reason.sentence_en)):
        notice = Notice.objects.get(template="appeal_upheld", channel="mail", recipient=liu)
        notice.language = language
        written = letters.letter(notice)
        assert sentence in written.text and "名单" not in written.text
    assert Entry.objects.get(verb="fact:appeal_upheld").data == {"reason": "appeal_not_changed"}


def test_nobody_with_a_part_decides(case, liu, signed_in, at, page_of):
    senior = people.senior_reviewer()
    services.advance(case.pk, "reject", by=senior, note="不符合")
    appeals.appeal(case.pk, "请再看", by=liu)
    with pytest.raises(services.NotAllowed):
        appeals.uphold(case.pk, "appeal_not_changed", by=senior)
    with pytest.raises(services.NotAllowed):
        services.advance(case.pk, "reopen", by=senior, note="重开")
    with pytest.raises(services.NotAllowed):
        appeals.uphold(case.pk, "appeal_not_changed", by=people.reviewer())
    page = signed_in(senior).get(page_of(case)).content.decode()
    assert "had a part in the rejection" in page.replace("You had", "had")
    assert Appeal.objects.get().waits
