"""Who looks after a case, and what colleagues tell each other about it. None of it moves the case."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.flow import REVIEWS, VERBS, Verb
from onboarding.models import Case, Membership, StaffNote, User, Word
from onboarding.rules import Who
from onboarding.services import presence, tallies
from onboarding.services.errors import NotAllowed, NotNow, Refused
from onboarding.services.moves import _entered, _locked
from onboarding.services.permissions import barred

TAKEN = _("%(name)s has taken this case. Choose another one, or talk to them.")
NOT_YOURS = _("Only whoever took this case, or a senior reviewer, can give it back.")
STAFF_ONLY = _("Only staff may do this.")
REVIEWERS_ONLY = _("Only reviewers take cases.")
SENIOR_ONLY = _("Only a senior reviewer or an operations manager gives a case to somebody else.")
NOT_UNDER_REVIEW = _("This case is not under review now. There is nothing to hand over.")
NOT_THEM = _("%(name)s may not decide this case: they entered it, are named in it, or have decided on it before.")
THEIRS = _("%(name)s has this case already.")
EMPTY = _("Write something first.")
SAY_WHY = _("Say why the case changes hands. Your colleagues read it.")
MOST_TRIED = 20  # cases that "claim next" looks at for one that this reviewer may decide


def claim(case_id: int, *, by: User) -> Case:
    """Take a free case; one's own again changes nothing. Raises NotAllowed, or Refused when a colleague has it."""
    if not reviews(by):
        raise NotAllowed(REVIEWERS_ONLY)
    with transaction.atomic():
        case = _locked(case_id)
        if case.assigned_to_id is None:
            hold(case, by)
    if case.assigned_to_id != by.pk:
        raise Refused(TAKEN % {"name": case.assigned_to})
    return case


def claim_next(*, by: User) -> Case | None:
    """Take the most urgent free case that `by` may decide; None when there is none. Raises NotAllowed.

    Two reviewers who ask at once get two cases: PostgreSQL skips what the other has locked, SQLite lets one in.
    """
    if not reviews(by):
        raise NotAllowed(REVIEWERS_ONLY)
    tried: list[int] = []
    while len(tried) < MOST_TRIED:
        with transaction.atomic():
            case = _lock(free_for(by).exclude(pk__in=tried)).first()
            if case is None or barred(case, _forward(case.state), by) is None:
                return hold(case, by) if case else None
        tried.append(case.pk)
    return None


def _lock(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_for_update(skip_locked=True, of=("self",))


def free_for(user: User) -> QuerySet[Case]:
    """Free cases under review that `user` did not enter and is not named in, the most urgent first."""
    states = [state for state in REVIEWS if user.has_perm(f"onboarding.{_forward(state).name}")]
    named = Membership.objects.filter(merchant=OuterRef("merchant"), user=user)
    free = Case.objects.visible_to(user).filter(state__in=states, assigned_to=None)
    return free.exclude(opened_by=user).filter(~Exists(named)).by_promise()


def _forward(state: str) -> Verb:
    """The verb that decides a case under review in its favour."""
    opinion = "confirm" if "second" in state else "approve"
    return VERBS[f"{opinion}_{state.partition('_')[0]}"]


def hold(case: Case, user: User | None) -> Case:
    """Put a locked case into `user`'s hands, or back into the queue; counts it there."""
    before = tallies.place(case)
    Case.objects.filter(pk=case.pk).update(assigned_to=user)
    case.assigned_to = user
    tallies.moved(before, tallies.place(case))
    if user:
        presence.note(case.pk, user, active=True)
    return case


def release(case_id: int, *, by: User) -> None:
    """Give a case back to the queue. Raises NotAllowed when it is somebody else's, or nobody's."""
    with transaction.atomic():
        case = _locked(case_id)
        senior = by.is_superuser or by.plays(Who.SENIOR_REVIEWER)
        if case.assigned_to_id is None or not (senior or case.assigned_to_id == by.pk):
            raise NotAllowed(NOT_YOURS)
        hold(case, None)


def release_idle(case_id: int) -> bool:
    """Put a case back that its holder has let lie, and tell them; False when they came back meanwhile."""
    with transaction.atomic():
        case = presence.idle().select_for_update(of=("self",)).filter(pk=case_id).first()
        if case is None or case.assigned_to is None:
            return False
        Word.objects.create(to=case.assigned_to, case=case, what=Word.What.IDLE)
        hold(case, None)
    return True


def reassign(case_id: int, *, to: User, by: User, reason: str) -> Case:
    """Give a case under review to `to`; they and whoever had it are told. Raises NotAllowed, NotNow or Refused."""
    if not may_reassign(by):
        raise NotAllowed(SENIOR_ONLY)
    if not reason.strip():
        raise Refused(SAY_WHY)
    with transaction.atomic():
        case = _locked(case_id)
        _may_hold(case, to)
        former = case.assigned_to
        hold(case, to)
        data = {"from": former.pk if former else None, "to": to.pk}
        _entered(case, "fact:reassigned", case.state, by, reason.strip(), data, public=False)
        case.save(update_fields=["version", "head"])
        told = {to: Word.What.GIVEN, **({former: Word.What.TAKEN} if former else {})}
        for user, what in told.items():
            if user != by:
                Word.objects.create(to=user, case=case, what=what, by=by, reason=reason.strip())
    return case


def _may_hold(case: Case, user: User) -> None:
    """Raises NotNow or Refused when `user` may not have this case now."""
    if case.state not in REVIEWS:
        raise NotNow(NOT_UNDER_REVIEW)
    if case.assigned_to_id == user.pk:
        raise Refused(THEIRS % {"name": user})
    if not reviews(user) or barred(case, _forward(case.state), user):
        raise Refused(NOT_THEM % {"name": user})


def reviews(user: User) -> bool:
    """Whether somebody takes cases from the queue."""
    return user.is_superuser or user.plays(Who.REVIEWER, Who.SENIOR_REVIEWER)


def may_reassign(user: User) -> bool:
    return user.is_superuser or user.plays(Who.SENIOR_REVIEWER, Who.OPERATIONS_MANAGER)


def words_for(user: User) -> list[Word]:
    """What this reviewer was not told yet about cases that changed hands, newest first. One query."""
    rows = Word.objects.filter(to=user, read_at=None).select_related("case__merchant", "by")
    return list(rows.order_by("-pk")[:5])


def read_words(*, by: User) -> None:
    """They have read it."""
    Word.objects.filter(to=by, read_at=None).update(read_at=timezone.now())


def add_note(case_id: int, text: str, *, by: User) -> StaffNote:
    """A remark for colleagues, never shown to a merchant. Raises NotAllowed or Refused."""
    if not by.works_here:
        raise NotAllowed(STAFF_ONLY)
    if not text.strip():
        raise Refused(EMPTY)
    return StaffNote.objects.create(case_id=case_id, by=by, text=text.strip())
