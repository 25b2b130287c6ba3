"""Deciding possible matches: who may look, who may decide what, and what the pages say."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import tasks
from onboarding.models import WatchHit, WatchVerdict
from onboarding.services import NotAllowed, NotNow, Refused
from onboarding.services.watching import decide_hit
from tests import make, people
from tests.paging import walked
from tests.watching import NUMBER, line, published

pytestmark = pytest.mark.django_db
DECIDE = ("reviewer", "senior_reviewer", "risk_officer")
OTHERS = ("call_centre_agent", "warehouse_clerk", "dispatcher", "technician", "trainer", "support_agent",
          "operations_manager", "sales_agent", "merchant")  # fmt: skip


def client_of(user, language="en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.fixture
def case():
    made = make.case("live")
    make.person(made.merchant)
    return made


def found(**fields) -> WatchHit:
    published(line(**{"name": "刘小慢", **fields}))
    tasks.rescreen()
    return WatchHit.objects.get()


@pytest.mark.parametrize("role", [*DECIDE, "auditor"])
def test_who_may_know_finds_them(case, role):
    hit, client = found(), client_of(people.somebody(role))
    page = client.get(reverse("watch_queue")).content.decode()
    assert "刘小满/刘小慢, same sound" in page and case.ref in page
    assert "刘小慢" in client.get(hit.get_absolute_url()).content.decode()
    assert "watch-h" in client.get(case.get_absolute_url()).content.decode()
    assert "Possible watch-list matches" in client.get(reverse("desk")).content.decode() or role == "auditor"


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_finds_anything(case, role):
    hit, client = found(), client_of(people.somebody(role))
    for url in (reverse("watch_queue"), hit.get_absolute_url()):
        assert client.get(url).status_code == 404
        assert client.post(url, {"verdict": "cleared", "why": "x"}).status_code in (404, 405)
    shown = client.get(case.get_absolute_url()).content.decode()
    assert "watch-h" not in shown and "刘小慢" not in shown
    assert WatchHit.objects.get().verdict == "open"


def test_both_languages_explain_it(case):
    hit = found()
    assert "One character differs" in client_of(people.reviewer()).get(hit.get_absolute_url()).content.decode()


def test_clearing_needs_a_reason_and_keeps_what_was_typed(case):
    hit, client = found(), client_of(people.reviewer())
    refused = client.post(hit.get_absolute_url(), {"verdict": "cleared", "why": " "})
    assert refused.status_code == 422 and "Say why" in refused.content.decode()
    refused = client.post(hit.get_absolute_url(), {"verdict": "", "why": "生日不同"})
    assert "Choose what it is" in refused.content.decode() and "生日不同" in refused.content.decode()
    card = client.post(hit.get_absolute_url(), {"verdict": "cleared", "why": "卡号 6222021234567894"})
    assert "looks like a card number" in card.content.decode()
    answer = client.post(hit.get_absolute_url(), {"verdict": "cleared", "why": "生日不同"}, follow=True)
    assert "it is somebody else" in answer.content.decode() and "生日不同" in answer.content.decode()
    said = WatchVerdict.objects.get()
    assert (said.verdict, said.why, WatchHit.objects.get().verdict) == ("cleared", "生日不同", "cleared")
    raw = WatchVerdict.objects.extra(select={"raw": "why"}).values_list("raw", flat=True).get()
    assert "生日" not in raw, "sealed in the table"
    assert case.entries.filter(verb__contains="watch").count() == 0, "the timeline is read by all colleagues"


def test_the_number_is_cleared_by_a_risk_officer_only(case):
    hit = found(name="谁也不像", identifiers=NUMBER)
    reviewer = people.reviewer()
    with pytest.raises(NotAllowed):
        decide_hit(hit.pk, "cleared", "弄错了", by=reviewer)
    page = client_of(reviewer).get(hit.get_absolute_url()).content.decode()
    assert 'value="cleared"' not in page and 'value="confirmed"' in page
    assert decide_hit(hit.pk, "cleared", "名单方书面更正", by=people.risk_officer()).verdict == "cleared"


def test_a_verdict_is_taken_back_by_seniors(case):
    hit, reviewer = found(), people.reviewer()
    decide_hit(hit.pk, "cleared", "生日不同", by=reviewer)
    with pytest.raises(NotNow):
        decide_hit(hit.pk, "cleared", "再说一次", by=reviewer)
    with pytest.raises(NotAllowed):
        decide_hit(hit.pk, "open", "看错了", by=reviewer)
    assert decide_hit(hit.pk, "open", "看错了", by=people.senior_reviewer()).verdict == "open"
    assert WatchVerdict.objects.count() == 2


def test_an_auditor_reads_and_decides_nothing(case):
    hit, auditor = found(), people.somebody("auditor")
    assert "Keep the verdict" not in client_of(auditor).get(hit.get_absolute_url()).content.decode()
    answer = client_of(auditor).post(hit.get_absolute_url(), {"verdict": "cleared", "why": "x"})
    assert answer.status_code == 422 and WatchHit.objects.get().verdict == "open"
    with pytest.raises(NotAllowed):
        decide_hit(hit.pk, "cleared", "x", by=auditor)
    with pytest.raises(Refused):
        decide_hit(hit.pk, "cleared", "  ", by=people.reviewer())


def test_nobody_decides_on_a_merchant_of_their_own():
    both = people.somebody("merchant", "reviewer")
    own = make.case("live", by=both)
    make.person(own.merchant)
    with pytest.raises(NotAllowed):
        decide_hit(found().pk, "cleared", "是我", by=both)


def test_a_confirmed_case_is_suspended_by_the_risk_officer(case):
    hit, officer = found(), people.risk_officer()
    client = client_of(officer)
    url, stop = hit.get_absolute_url(), reverse("suspend", args=[case.ref])
    assert stop in client.post(url, {"verdict": "confirmed", "why": "同一人"}, follow=True).content.decode()
    assert stop not in client_of(people.reviewer()).get(url).content.decode()
    client.post(stop, {"note": "名单确认"})
    assert type(case).objects.get(pk=case.pk).state == "suspended"


def test_the_queue_by_due_date_late_and_decided(case):
    other = make.case("live", by=people.merchant())
    make.person(other.merchant)
    published(line(name="刘小慢"))
    tasks.rescreen()
    first, second = WatchHit.objects.order_by("pk")
    WatchHit.objects.filter(pk=second.pk).update(due_at=timezone.now() - timedelta(days=1))
    client = client_of(people.reviewer())

    def shown(query=""):
        return [one.hit.pk for one in client.get(reverse("watch_queue") + query).context["lines"]]

    assert shown() == [second.pk, first.pk]
    assert shown("?show=late") == [second.pk]
    assert shown(f"?q={case.ref.lower()}") == [WatchHit.objects.get(case=case).pk]
    decide_hit(first.pk, "confirmed", "同一人", by=people.reviewer())
    assert shown("?show=confirmed") == [first.pk] and shown() == [second.pk] and shown("?show=cleared") == []
    assert "Nothing to decide here" in client.get(reverse("watch_queue") + "?show=cleared").content.decode()
    assert client.get(reverse("watch_queue") + "?show=nonsense&after=x").status_code == 200


def test_the_queue_pages_by_key_and_costs_the_same(case, django_assert_max_num_queries, monkeypatch):
    for _number in range(4):
        make.person(make.case("live", by=people.merchant()).merchant)
    published(line(name="刘小慢"))
    tasks.rescreen()
    monkeypatch.setattr("desk.watch.showing.PER_PAGE", 2)
    client, url = client_of(people.reviewer()), reverse("watch_queue")
    with django_assert_max_num_queries(12 * 6):  # three pages, there and back
        seen = walked(client, url, lambda page: [one.hit.pk for one in page["lines"]])
    assert len(seen) == len(set(seen)) == 5
