"""Who has a case open, and a case that nobody works on goes back by itself, with a word before and after."""

import datetime

import pytest
from django.utils import timezone

from onboarding import services, tasks
from onboarding.models import Case, Presence, Word
from onboarding.services import presence
from tests import make, people

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def quiet_for(minutes: int, case: Case, user) -> None:
    """Nothing was heard of this reviewer, nor of the case, for so long."""
    then = timezone.now() - datetime.timedelta(minutes=minutes)
    Presence.objects.filter(case=case, user=user).update(active_at=then)
    Case.objects.filter(pk=case.pk).update(since=then)


def test_colleagues_see_each_other(case, reviewer, colleague, signed_in, at, page_of):
    first, second = signed_in(reviewer), signed_in(colleague)
    assert first.get(at("presence", case)).status_code == 405
    assert "has this case open" not in body(first.post(at("presence", case), {"active": "1"}))
    assert "陈知秋 has this case open now." in body(second.post(at("presence", case), {"active": "1"}))
    assert "何望舒 has this case open now." in body(first.get(page_of(case)))
    Presence.objects.filter(user=colleague).update(seen_at=timezone.now() - 2 * presence.GONE)
    assert "has this case open" not in body(first.get(page_of(case)))


def test_reading_the_page_writes_no_presence(case, reviewer, signed_in, page_of):
    signed_in(reviewer).get(page_of(case))
    assert not Presence.objects.exists()


def test_it_goes_back_after_the_idle_time_and_its_holder_is_told(case, reviewer, signed_in, page_of, at, settings):
    settings.REVIEW_IDLE_MINUTES = 30
    client = signed_in(reviewer)
    services.claim(case.pk, by=reviewer)
    quiet_for(29, case, reviewer)
    assert tasks.queue() == 0
    quiet_for(31, case, reviewer)
    assert (tasks.queue(), tasks.queue()) == (1, 0)
    assert Case.objects.get(pk=case.pk).assigned_to is None
    assert Word.objects.get().what == "idle"
    assert "went back into the queue, because nothing happened" in body(client.get(page_of(case)))
    client.post(at("read_words", case))
    assert "went back into the queue" not in body(client.get(page_of(case)))


def test_an_open_page_alone_does_not_keep_it_a_key_does(case, reviewer, signed_in, at, settings):
    settings.REVIEW_IDLE_MINUTES, settings.REVIEW_IDLE_WARNING_MINUTES = 30, 5
    client = signed_in(reviewer)
    services.claim(case.pk, by=reviewer)
    quiet_for(26, case, reviewer)
    assert "goes back into the queue in 3 minutes" in body(client.post(at("presence", case), {"active": ""}))
    assert "goes back" not in body(client.post(at("presence", case), {"active": "1"}))
    quiet_for(26, case, reviewer)
    client.post(at("presence", case), {"active": ""})
    quiet_for(31, case, reviewer)
    assert tasks.queue() == 1


def test_never_when_it_is_turned_off(case, reviewer, settings):
    settings.REVIEW_IDLE_MINUTES = 0
    services.claim(case.pk, by=reviewer)
    quiet_for(10_000, case, reviewer)
    assert tasks.queue() == 0


def test_only_while_it_is_under_review(reviewer, settings):
    settings.REVIEW_IDLE_MINUTES = 30
    returned = make.case("identity_returned", by=people.merchant(), assigned_to=reviewer)
    presence.note(returned.pk, reviewer, active=True)
    quiet_for(99, returned, reviewer)
    assert tasks.queue() == 0


def test_a_case_whose_holder_was_never_seen_gets_its_time_first(reviewer, settings):
    settings.REVIEW_IDLE_MINUTES = 30
    old = make.case("identity_review", by=people.merchant(), assigned_to=reviewer)
    Case.objects.filter(pk=old.pk).update(since=timezone.now() - datetime.timedelta(days=3))
    assert tasks.queue() == 0
    assert Presence.objects.get().user == reviewer
    quiet_for(31, old, reviewer)
    assert tasks.queue() == 1


def test_yesterdays_presences_go(case, reviewer, colleague):
    presence.note(case.pk, colleague, active=False)
    services.claim(case.pk, by=reviewer)
    Presence.objects.update(seen_at=timezone.now() - datetime.timedelta(days=2))
    assert presence.forget() == 1
    assert Presence.objects.get().user == reviewer, "the clock of the holder goes on"


def test_an_untouched_page_keeps_nobody_signed_in(case, reviewer, signed_in, at, monkeypatch):
    client = signed_in(reviewer)
    client.post(at("presence", case), {"active": "1"})
    began = client.session["seen_at"]
    monkeypatch.setattr("portal.middleware.time.time", lambda: began + 600)
    client.post(at("presence", case), {"active": ""}, headers={"x-away": "1"})
    assert client.session["seen_at"] == began
    client.post(at("presence", case), {"active": "1"})
    assert client.session["seen_at"] == began + 600
