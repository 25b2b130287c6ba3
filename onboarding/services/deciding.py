"""Deciding under review: fires the verb, or where it differs from the first opinion, keeps the second for a senior."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from onboarding.flow import VERBS
from onboarding.models import Case, User
from onboarding.services import tallies
from onboarding.services.moves import _checked, _entered, _locked, advance
from onboarding.services.opinions import DISSENT, dissents, state_opinion


def decide(case_id: int, verb: str, *, by: User, note: str = "", data: Mapping[str, Any] | None = None) -> bool:
    """True: the verb was fired. False: it would overrule the first opinion, which only a senior reviewer may; the
    opinion is kept, the case is free again, and a senior reviewer decides. Raises as `advance` does.
    """
    with transaction.atomic():
        case = _locked(case_id)
        if dissents(case, VERBS[verb], by):
            _checked(case, VERBS[verb], by, note)
            _kept(case, verb, by, note)
            return False
    advance(case_id, verb, by=by, note=note, data=data)
    return True


def _kept(case: Case, verb: str, by: User, note: str) -> None:
    """The opinion, an entry that only colleagues see, and nobody's case any more."""
    state_opinion(case, verb, case.state, by, note)
    before, case.assigned_to = tallies.place(case), None
    _entered(case, f"fact:{DISSENT}", case.state, by, note, {"verb": verb}, public=False)
    case.save(update_fields=["version", "head", "assigned_to"])
    tallies.moved(before, tallies.place(case))
