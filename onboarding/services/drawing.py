"""What is noted when a step is decided: which score it was decided on, and whether the lot falls on it."""

from __future__ import annotations

from django.utils import timezone

from onboarding.models import Case, Entry, Recheck, ReviewPolicy, Score
from portal.crypto import blind_index

Opinion = Recheck.Opinion
DECIDING = {
    f"{verb}_{step}": opinion
    for step in ("identity", "application")
    for verb, opinion in (
        ("pass", Opinion.APPROVE), ("approve", Opinion.APPROVE), ("confirm", Opinion.APPROVE),
        ("return", Opinion.RETURN),
    )
} | {"reject": Opinion.REJECT}  # fmt: skip
WHOLE = 1_000_000


def note_decision(case: Case, entry: Entry, round: int) -> None:
    """Inside the transaction of the move: mark the score of that round as decided, and draw."""
    if entry.verb not in DECIDING:
        return
    step = "application" if entry.source.startswith("application") else "identity"
    Score.objects.filter(case=case, step=step, round=round).update(decided=entry.verb, decided_at=timezone.now())
    if _drawn(case, entry, step, round):
        values = {"first": DECIDING[entry.verb], "first_by_id": entry.actor_id, "first_at": timezone.now()}
        Recheck.objects.get_or_create(case=case, step=step, round=round, defaults=values)


def _drawn(case: Case, entry: Entry, step: str, round: int) -> bool:
    """What was returned is not drawn: its papers and answers change. Nor is what two have seen."""
    if DECIDING[entry.verb] == Opinion.RETURN or entry.verb.startswith("confirm") or "second" in entry.source:
        return False
    policy = ReviewPolicy.objects.filter(merchant_type=case.merchant.type).first() or ReviewPolicy()
    rate = policy.sample_reviewer_ppm if entry.actor_id else policy.sample_machine_ppm
    return lot(f"{case.ref}/{step}/{round}") < rate


def lot(name: str) -> int:
    """0 … 999,999: always the same for a name, and not to be foretold without our key."""
    return int(blind_index(name, "recheck")[:15], 16) % WHOLE
