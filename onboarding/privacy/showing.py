"""What the page "my data" says: consents with their words, cases with the day when they go."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.flow import State
from onboarding.models import Case, Consent, Export, User
from onboarding.privacy.services import may_withdraw, open_erasure, own_cases
from onboarding.services.consents import words_of
from onboarding.services.purging import purge_date

DRAFT_GOES = _("Not handed in yet: it ends now and is deleted after one day. Until then you can take the request back.")
MOST = 50  # consents on the page; the copy has them all


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One consent as it is shown."""

    consent: Consent
    words: list[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Fate:
    """What a deletion means for one case. `until`: the day of the purge, where it is known."""

    case: Case
    sentence: Any
    until: datetime | None = None


def my_data(user: User) -> dict[str, Any]:
    """Context of the page."""
    rows = Consent.objects.filter(user=user).select_related("case__merchant").order_by("-pk")
    return {
        "lines": [Line(row, words_of(row)) for row in rows[:MOST]],
        "standing": next((one for one in Export.objects.visible_to(user).standing() if shown(one)), None),
        "erasure": open_erasure(user),
        "fates": fates(user),
    }


def shown(row: Export) -> bool:
    """Whether there is (or will be) something to fetch."""
    return row.outcome == Export.Outcome.DUE or row.is_ready


def fates(user: User) -> list[Fate]:
    return [_fate(case, user) for case in own_cases(user)]


def _fate(case: Case, user: User) -> Fate:
    if case.state in (State.REGISTRATION, State.IDENTITY) and may_withdraw(case, user):
        return Fate(
            case,
            _("Not handed in yet: it ends now and is deleted after one day. Until then you can take the request back."),
        )
    if may_withdraw(case, user):
        return Fate(
            case, _("The application ends now. What you handed in is locked and kept for 10 years, as the law demands.")
        )
    if case.state in (State.LIVE, State.SUSPENDED, State.ACCEPTANCE):
        return Fate(
            case, _("Still running: it has to be closed first. Ask us to close it; the 10 years begin on that day.")
        )
    if case.has_ended:
        return Fate(case, _("It has ended. What we hold is locked until it is deleted."), purge_date(case))
    return Fate(case, _("It is being closed. The 10 years of the law begin when that is finished."))
