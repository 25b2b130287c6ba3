"""Who looks after a case, and what colleagues tell each other about it. None of it moves the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, StaffNote, User
from onboarding.rules import Who
from onboarding.services.errors import NotAllowed, Refused

TAKEN = _("%(name)s has taken this case. Choose another one, or talk to them.")
NOT_YOURS = _("Only whoever took this case, or a senior reviewer, can give it back.")
STAFF_ONLY = _("Only staff may do this.")
EMPTY = _("Write something first.")


def claim(case_id: int, *, by: User) -> Case:
    """Take a free case; one's own again changes nothing. Raises NotAllowed, or Refused when a colleague has it."""
    if not (by.is_superuser or by.plays(Who.REVIEWER, Who.SENIOR_REVIEWER)):
        raise NotAllowed(_("Only reviewers take cases."))
    Case.objects.filter(pk=case_id, assigned_to=None).update(assigned_to=by)
    case = Case.objects.select_related("assigned_to").get(pk=case_id)
    if case.assigned_to_id != by.pk:
        raise Refused(TAKEN % {"name": case.assigned_to})
    return case


def release(case_id: int, *, by: User) -> None:
    """Give a case back to the queue. Raises NotAllowed when it is somebody else's."""
    cases = Case.objects.filter(pk=case_id)
    if not (by.is_superuser or by.plays(Who.SENIOR_REVIEWER)):
        cases = cases.filter(assigned_to=by)
    if not cases.exclude(assigned_to=None).update(assigned_to=None):
        raise NotAllowed(NOT_YOURS)


def add_note(case_id: int, text: str, *, by: User) -> StaffNote:
    """A remark for colleagues, never shown to a merchant. Raises NotAllowed or Refused."""
    if not by.works_here:
        raise NotAllowed(STAFF_ONLY)
    if not text.strip():
        raise Refused(EMPTY)
    return StaffNote.objects.create(case_id=case_id, by=by, text=text.strip())
