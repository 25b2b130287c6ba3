"""What every service here shares: who may, is it the time, and custody with its movement.

Locks are always taken in this order: case, order, terminals. A case that moves locks itself first, too.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from devices.flow import ConcurrentTransition, can_proceed
from devices.models import Movement, Terminal
from onboarding.flow import State
from onboarding.models import Case, User
from onboarding.services import SYSTEM, Actor, Conflict, NotAllowed, NotNow

PAUSED = _("This case is paused. Nothing is ordered or moved until it goes on.")
ENDED = _("This case has ended. Nothing more is ordered or moved for it.")
NOT_YOURS = _("Your account may not do this. Ask your manager.")


def demand(by: User, permission: str) -> None:
    """Raises NotAllowed unless `by` has "devices.<permission>"."""
    if not by.is_active or not by.has_perm(f"devices.{permission}"):
        raise NotAllowed(NOT_YOURS)


def locked_case(case_id: int) -> Case:
    """The case, locked; everything that happens to its devices queues here."""
    return Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case_id)


def running_case(case_id: int) -> Case:
    """The case, locked; raises NotNow when it is paused or has ended."""
    case = locked_case(case_id)
    if case.state == State.SUSPENDED:
        raise NotNow(PAUSED)
    if case.has_ended or case.state == State.CLOSING:
        raise NotNow(ENDED)
    return case


def walk(row: Model, verb: str, *fields: str) -> None:
    """Fire a verb of one of our small machines and save.

    Raises NotNow from a wrong state, Conflict when somebody was quicker.
    """
    method = getattr(row, verb)
    if not can_proceed(method):
        state: Any = row.get_state_display()  # type: ignore[attr-defined]
        raise NotNow(_("This is not possible now: it stands at “%(state)s”. Look at it again.") % {"state": state})
    method()
    try:
        row.save(update_fields=["state", *fields])
    except ConcurrentTransition as error:  # somebody was quicker
        raise Conflict from error


def move(terminal: Terminal, verb: str, by: Actor | None, *fields: str, **more: str) -> None:
    """A change of custody with its movement; `more`: place, seal, note."""
    source = terminal.state
    walk(terminal, verb, *fields)
    Movement.objects.create(
        terminal=terminal, source=source, target=terminal.state, by=by if isinstance(by, User) else None, **more
    )


def actor(user: User | None) -> Actor:
    """A person where one is known, else the portal."""
    return user or SYSTEM
