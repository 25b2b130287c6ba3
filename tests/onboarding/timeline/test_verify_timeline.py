"""The timelines as evidence: whoever changes, adds or cuts off is found, also with the triggers out of the way."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from onboarding import services, tasks, timeline
from onboarding.models import AppendOnly, Case, CaseKey, Entry, unsealed
from tests import make, people

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> str:
    """The words of the command; raises CommandError with its sentences when something is damaged."""
    said, complaints = io.StringIO(), io.StringIO()
    try:
        call_command("verify_timeline", *arguments, stdout=said, stderr=complaints)
    except CommandError as error:
        raise CommandError(f"{error}\n{complaints.getvalue()}") from None
    return said.getvalue()


def tamper(statement: str, *values) -> None:
    """As somebody with the database in hand would: past the model's guard and the triggers."""
    connection.check_constraints()  # what the case itself did is over
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL kaitong.purging = 'on'")
        cursor.execute(statement, values)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL kaitong.purging = 'off'")


@pytest.fixture
def case() -> Case:
    """A case with five entries, two of them with notes; another one beside it."""
    make.case(by=people.merchant())
    made, officer = make.case("live"), people.risk_officer()
    services.advance(made.pk, "suspend", by=officer, note="为什么停")
    services.advance(made.pk, "resume", by=officer, note="没问题")
    services.record(made.pk, "called", by=officer)
    return Case.objects.get(pk=made.pk)


def test_what_is_whole_fits(case):
    tasks.anchor()
    assert "Everything fits: 6 entries" in verify()
    assert "Everything fits: 5 entries" in verify("--case", case.ref.lower())


def test_an_unknown_case_is_said(case):
    with pytest.raises(CommandError, match="no case KT-NONE"):
        verify("--case", "kt-none")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE onboarding_entry SET note = '' WHERE case_id = %s AND seq = 3", "entry 3 was changed"),
        ("UPDATE onboarding_entry SET verb = 'go_live' WHERE case_id = %s AND seq = 3", "entry 3 was changed"),
        ("UPDATE onboarding_entry SET public = true WHERE case_id = %s AND seq = 3", "entry 3 was changed"),
        ("UPDATE onboarding_entry SET actor_id = NULL WHERE case_id = %s AND seq = 4", "entry 4 was changed"),
        ("DELETE FROM onboarding_entry WHERE case_id = %s AND seq = 3", "entries are missing before number 4"),
        ("DELETE FROM onboarding_entry WHERE case_id = %s AND seq = 5", "counts 5 entries, but its timeline ends with"),
        ("DELETE FROM onboarding_entry WHERE case_id = %s", "has no entries at all"),
        (
            "UPDATE onboarding_case SET version = 4 WHERE id = %s",
            "counts 4 entries, but its timeline ends with entry 5",
        ),
        ("UPDATE onboarding_case SET head = '' WHERE id = %s", "counts 5 entries"),
    ],
)
def test_each_damage_is_found(case, statement, sentence):
    tamper(statement, case.pk)
    for arguments in ((), ("--case", case.ref)):
        with pytest.raises(CommandError, match=sentence):
            verify(*arguments)


def test_a_forged_entry_with_a_right_digest_breaks_the_next_one(case):
    entry = Entry.objects.get(case=case, seq=3)
    entry.role = "auditor"
    tamper(
        "UPDATE onboarding_entry SET role = %s, digest = %s WHERE id = %s", "auditor", entry.computed_digest(), entry.pk
    )
    with pytest.raises(CommandError, match="entry 4 does not follow"):
        verify()


def cut(case: Case) -> None:
    """The cleverest forger: cuts the newest entry off and sets the case back to fit."""
    before = Entry.objects.get(case=case, seq=4)
    tamper("DELETE FROM onboarding_entry WHERE case_id = %s AND seq = 5", case.pk)
    tamper("UPDATE onboarding_case SET version = 4, head = %s WHERE id = %s", before.digest, case.pk)


@pytest.mark.duty("unchangeable-timeline")
def test_a_cut_off_end_that_fits_shows_by_the_anchor(case):
    tasks.anchor()
    cut(case)
    for arguments in ((), ("--case", case.ref)):
        with pytest.raises(CommandError, match=f"{case.ref}: entry 5 was anchored on .* and is gone"):
            verify(*arguments)


def test_without_an_anchor_it_does_not(case):
    """The control: this is what anchors are for."""
    cut(case)
    assert "Everything fits" in verify()


def days_ago(days: int, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: timezone.localtime().date() - timedelta(days=days))


def test_anchors_chain_and_hold_only_what_moved(case, monkeypatch):
    days_ago(1, monkeypatch)
    first = timeline.anchor()
    assert timeline.anchor() is None, "one a day"
    monkeypatch.undo()
    services.record(case.pk, "called", by=services.SYSTEM)
    second = timeline.anchor()
    assert (first.heads.count(), second.heads.count(), second.previous) == (2, 1, first.digest)
    verify()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE onboarding_anchorhead SET digest = 'x' WHERE id = (SELECT min(id) FROM onboarding_anchorhead)",
            "heads",
        ),
        ("DELETE FROM onboarding_anchorhead WHERE id = (SELECT min(id) FROM onboarding_anchorhead)", "does not fit"),
        ("UPDATE onboarding_anchor SET signature = 'AAAA'", "signature of the anchor .* is not ours"),
        ("UPDATE onboarding_anchor SET digest = 'x' WHERE id = (SELECT min(id) FROM onboarding_anchor)", "not follow"),
    ],
)
def test_damaged_anchors_are_found(case, statement, sentence, monkeypatch):
    days_ago(1, monkeypatch)
    timeline.anchor()
    monkeypatch.undo()
    timeline.anchor()
    tamper(statement)
    with pytest.raises(CommandError, match=sentence):
        verify()


def test_after_a_lawful_purge_everything_still_fits(case):
    assert "为什么停" in unsealed(list(case.entries.all())).values()
    now = timezone.now()
    told = timeline.certificates.certificate(Case.objects.get(pk=case.pk), "retention", {}, now)
    services.record(case.pk, "purged", by=services.SYSTEM, data=told, public=False)
    CaseKey.objects.filter(case=case).update(wrapped=None, destroyed_at=now)
    assert unsealed(list(case.entries.all())) == {}
    verify()


def test_a_key_destroyed_without_a_certificate_is_found(case):
    CaseKey.objects.filter(case=case).update(wrapped=None, destroyed_at=timezone.now())
    with pytest.raises(CommandError, match="no certificate"):
        verify()


# What the model and the database refuse ------------------------------------------------------------------------------


def test_the_model_refuses_to_change_or_delete(case):
    entry = case.entries.first()
    for deed in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(note="")):
        with pytest.raises(AppendOnly):
            deed()


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["entry", "anchor", "anchorhead"])
@pytest.mark.parametrize("deed", ["UPDATE onboarding_{} SET digest = 'x'", "DELETE FROM onboarding_{}"])
def test_postgresql_refuses_to_change_or_delete(case, table, deed):
    timeline.anchor()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_state_without_its_entry_also_by_update():
    case = make.case()
    with pytest.raises(IntegrityError, match="its newest entry says"):
        Case.objects.filter(pk=case.pk).update(state="live")
    with pytest.raises(IntegrityError, match="its newest entry says"), connection.cursor() as cursor:
        cursor.execute("UPDATE onboarding_case SET state = 'live'")
    assert Case.objects.get(pk=case.pk).state == "registration"
