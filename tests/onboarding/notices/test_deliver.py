"""Notices: written with their cause, delivered once, in the reader's words; failures end in plain sight."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.contrib.messages import get_messages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from onboarding import notices, services, tasks
from onboarding.models import Case, Notice
from onboarding.notices import TOLD, template_of
from onboarding.tasks import delivery, letters
from portal.gateways.base import Reason, Unknown
from portal.gateways.simulator import LOST, REFUSED, UNAVAILABLE
from portal.models import Rehearsal, SimulatedMessage
from tests import make, people

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "en")


@pytest.fixture(autouse=True)
def nothing_is_missing(monkeypatch):
    monkeypatch.setattr("onboarding.services.moves.requirements", lambda verb, facts: [])
    monkeypatch.setattr("onboarding.services.moves.SYSTEM_VERBS", {})


def rehearse(gateway: str, outcome: str, calls: int | None = None) -> Rehearsal:
    return Rehearsal.objects.create(gateway=gateway, outcome=outcome, remaining=calls, by="test")


def approved() -> Case:
    """An approval tells Liu by mail and by SMS."""
    case = make.case("identity_review")
    return services.advance(case.pk, "approve_identity", by=people.reviewer())


def later(seconds: float = 3600) -> None:
    """Time passes: whatever waits is due, whatever was leased is free."""
    for notice in Notice.objects.all():
        notice.due_at -= timedelta(seconds=seconds)
        notice.leased_until = notice.leased_until and notice.leased_until - timedelta(seconds=seconds)
        notice.save()


def outcomes() -> set[str]:
    return set(Notice.objects.values_list("outcome", flat=True))


def test_a_verb_tells_by_mail_and_sms_once():
    approved()
    assert Notice.objects.count() == 2
    assert tasks.deliver() == 2
    assert tasks.deliver() == 0
    mail, sms = (SimulatedMessage.objects.get(channel=channel) for channel in ("mail", "sms"))
    assert (mail.to, sms.to) == ("liu@example.com", "+8613800138000")
    assert outcomes() == {"sent"}


def test_rows_vanish_with_their_cause():
    case = make.case("identity_review")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.advance(case.pk, "approve_identity", by=people.reviewer())
        raise ZeroDivisionError
    assert not Notice.objects.exists()


def test_internal_verbs_tell_nobody():
    case = make.case("identity_review")
    services.advance(case.pk, "recommend_identity", by=people.reviewer())
    services.record(case.pk, "promise_missed", by=services.SYSTEM, public=False)
    assert not Notice.objects.exists()


def test_a_gateway_that_is_down_delays_and_loses_nothing():
    approved()
    down = rehearse("mail", UNAVAILABLE)
    assert tasks.deliver() == 1, "the SMS went out"
    waiting = Notice.objects.get(channel="mail")
    assert (waiting.outcome, waiting.error, waiting.attempts) == ("due", "no_connection", 1)
    assert waiting.due_at > timezone.now(), "it backs off"
    down.delete()
    delivery.probe()
    assert tasks.deliver() == 1, "the first sweep after it is back delivers, whatever the back-off said"
    assert outcomes() == {"sent"}


def test_one_call_finds_out_that_a_gateway_is_down(monkeypatch):
    for _number in range(5):
        approved_by(people.merchant())
    rehearse("mail", UNAVAILABLE)
    calls = []
    monkeypatch.setattr(delivery.letters, "letter", lambda notice: calls.append(notice) or letters.text(notice))
    tasks.deliver()
    assert len(calls) == 1


def approved_by(owner) -> Case:
    case = make.case("identity_review", by=owner)
    return services.advance(case.pk, "approve_identity", by=people.reviewer())


def test_when_it_is_back_everybody_follows_the_first():
    for _number in range(30):
        approved_by(people.merchant())
    down = rehearse("mail", UNAVAILABLE)
    tasks.deliver()
    later(30)
    tasks.deliver()
    down.delete()
    delivery.probe()
    assert tasks.deliver() == 30


def test_an_sms_of_unknown_fate_is_asked_about_and_not_repeated():
    approved()
    rehearse("sms", LOST, calls=1)
    tasks.deliver()
    sms = Notice.objects.get(channel="sms")
    assert (sms.outcome, SimulatedMessage.objects.filter(channel="sms").count()) == ("unknown", 1)
    later()
    assert tasks.deliver() == 1
    assert SimulatedMessage.objects.filter(channel="sms").count() == 1


def test_an_sms_that_never_arrived_is_sent_after_all(monkeypatch):
    approved()
    monkeypatch.setattr("portal.gateways.sms.SimulatedSms.send", lambda *args: Unknown(Reason.TIMEOUT))
    tasks.deliver()
    assert Notice.objects.get(channel="sms").outcome == "unknown"
    monkeypatch.undo()
    later()
    tasks.deliver()
    assert SimulatedMessage.objects.filter(channel="sms").count() == 1


def test_a_worker_killed_after_sending_does_not_send_twice(monkeypatch):
    """The message is out, the confirmation is not: the next worker finds the lease run out."""
    approved()
    monkeypatch.setattr(delivery, "confirm", lambda *args, **values: False)
    tasks.deliver()
    monkeypatch.undo()
    assert (SimulatedMessage.objects.count(), outcomes()) == (2, {"due"})
    assert tasks.deliver() == 0, "the lease still holds"
    Case.objects.update(due_at=timezone.now() + timedelta(days=40))  # the words of the mail are others now
    later()
    assert tasks.deliver() == 2
    assert SimulatedMessage.objects.count() == 2


def test_a_refused_message_is_given_up_and_tried_again_by_a_person(client):
    approved()
    rehearse("mail", REFUSED, calls=1)
    tasks.deliver()
    dead = Notice.objects.get(channel="mail")
    assert (dead.outcome, dead.error) == ("dead", "refused")
    client.force_login(people.administrator())
    assert "approve_identity" in client.get("/admin/onboarding/notice/?outcome=dead").content.decode()
    answer = client.post("/admin/onboarding/notice/", {"action": "try_again", "_selected_action": [dead.pk]})
    assert [str(message) for message in get_messages(answer.wsgi_request)]
    dead.refresh_from_db()
    assert (dead.outcome, dead.error) == ("due", "")


def test_who_only_reads_may_not_try_again(rf):
    request = rf.get("/")
    request.user = people.somebody("auditor")
    registered = site._registry[Notice]
    assert not registered.has_try_again_permission(request)
    assert not any(getattr(registered, f"has_{verb}_permission")(request) for verb in ("add", "change", "delete")), (
        "nobody edits the outbox"
    )


def test_faults_of_ours_end_as_given_up_and_stop_nobody(monkeypatch):
    approved()
    monkeypatch.setattr(letters, "letter", lambda notice: 1 / 0)
    for _attempt in range(Notice.MAX_ATTEMPTS):
        tasks.deliver()
        later()
    assert Notice.objects.get(channel="mail").outcome == "dead"
    assert Notice.objects.get(channel="sms").outcome == "sent"


def test_what_kills_its_worker_every_time_is_given_up(monkeypatch):
    approved()
    Notice.objects.update(attempts=Notice.MAX_ATTEMPTS, leased_until=timezone.now() - timedelta(seconds=1))
    tasks.deliver()
    assert outcomes() == {"dead"}


def test_a_code_that_ran_out_is_not_sent():
    notices.tell(
        "sign_in_code", key="code:1", channel="sms", address="+8613800138000", context={"code": "123456", "minutes": 5}
    )
    Notice.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert tasks.deliver() == 0
    assert outcomes() == {"dead"}


def test_the_same_key_tells_once():
    for _time in range(2):
        notices.tell("sign_in_code", key="code:2", channel="sms", address="+8613800138000", context={"code": "1"})
    assert Notice.objects.count() == 1


def test_the_back_off_grows_and_has_an_end():
    waits = [(delivery.wait(number) - timezone.now()).total_seconds() for number in range(1, 12)]
    assert 10 < waits[0] < 20 and all(wait < 760 for wait in waits) and waits[5] > waits[1]


# Words -----------------------------------------------------------------------------------------------------------


def notice(case: Case, template: str, channel: str, language: str) -> Notice:
    entry = case.entries.last()
    return Notice(template=template, channel=channel, language=language, address="a@example.com", entry=entry)


EVERY = sorted((template_of(verb), channel) for verb, channels in TOLD.items() for channel in channels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["identity", "identity_review", "live", "rejected", "suspended", "closing"])
def test_every_template_in_both_languages_in_any_state(language, state, settings):
    settings.SITE_URL = "https://kaitong.example"
    case = make.case(state, due_at=timezone.now() + timedelta(days=400), due_provisional=True)
    for template, channel in [*EVERY, (notices.ESCALATED, "mail")]:
        one = notice(case, template, channel, language)
        if channel == "sms":
            words = letters.text(one).text
            limit = 70 if not words.isascii() else 160
            assert case.ref in words and len(words) <= limit, f"{template}: {len(words)} characters: {words}"
            assert words.startswith(("【开通】", "[Kaitong]"))
        else:
            mail = letters.letter(one)
            assert mail.subject and "\n" not in mail.subject
            for words in (mail.text, mail.html):
                assert f"https://kaitong.example/cases/{case.ref}/" in words
                assert "{{" not in words and "{%" not in words
            assert mail.message_id == letters.message_id(one)


@pytest.mark.parametrize("state", ["identity_screening", "identity_review", "identity_second_review"])
def test_a_merchant_reads_the_same_whoever_checks(state):
    """Tipping-off: no word of a mail may differ between machine checks, review and second review."""
    case = make.case(state, due_at=None, risk_tier="high")
    case.ref = "KT-7Q4M-2HX9"
    entry = case.entries.last()
    entry.case = case
    seen = letters.letter(Notice(template="submit_identity", channel="mail", address="a@b.c", entry=entry))
    assert "review" not in seen.text and "复核" not in seen.text and "second" not in seen.text.lower()


def test_mails_say_whose_turn_what_is_missing_and_until_when(monkeypatch):
    from django.utils.translation import gettext_lazy as _

    from onboarding.rules import Audience, Requirement, Who

    found = [
        Requirement("one", Who.MERCHANT, _("Enter the address.")),
        Requirement("two", Who.REVIEWER, _("A watch-list hit."), audience=Audience.RISK),
    ]
    monkeypatch.setattr("onboarding.tasks.letters.missing", lambda case, verb: found)
    case = make.case("identity_returned", due_at=timezone.now() + timedelta(days=3))
    with override("en"):
        mail = letters.letter(notice(case, "return_identity", "mail", "en"))
    assert "It is your turn." in mail.text and "- Enter the address." in mail.text
    assert "watch-list" not in mail.text + mail.html
    assert "Otherwise your opening date moves" in mail.text


def test_values_are_escaped_in_html_and_plain_in_text():
    case = make.case("identity", of=make.merchant(short_name="<b>A & B</b>"))
    mail = letters.letter(notice(case, "complete_registration", "mail", "en"))
    assert "<b>A & B</b>" in mail.text and "<b>A & B</b>" not in mail.html
    assert "&lt;b&gt;A &amp; B" in mail.html
