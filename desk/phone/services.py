"""Opening a case for somebody else, and handing it over to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from desk.phone import duplicates
from onboarding.flow import State
from onboarding.members import invitations
from onboarding.models import Case, Merchant, Partner, User
from onboarding.services import Refused, consents, open_case, record

JUST_NOW = timedelta(minutes=10)
PER_HOUR = 30  # cases that one person opens: more is a mistake or worse
TOO_MANY = _("You opened many cases within an hour. Go on a little later.")
TAKEN = _("This business has a case already. Open it instead of a second one.")


class Found(Exception):
    """There are such cases already; nothing was opened."""

    def __init__(self, known: list[duplicates.Known]) -> None:
        super().__init__()
        self.known = known


@dataclasses.dataclass(frozen=True, slots=True)
class Way:
    """How the merchant came: the channel, and with a sales agent the agency and the city (GB/T 2260)."""

    channel: str
    partner: Partner | None = None
    region: str = ""


def register(agent: User, entered: Mapping[str, str], way: Way, *, separate: bool) -> Case:
    """Open a case with its merchant and send the contact the link to take it over.

    The same entries again within ten minutes give the same case. Raises Found when the merchant seems to be with us
    and `separate` was not ticked (or cannot be: the same business is at work), Refused after too many.
    """
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=agent.pk)  # two presses open one case
        recent = Case.objects.filter(opened_by=agent, channel=way.channel).select_related("merchant")
        if again := _just_opened(recent, entered):
            return again
        _look(agent, entered, separate)
        if recent.filter(created_at__gt=timezone.now() - timedelta(hours=1)).count() >= PER_HOUR:
            raise Refused(TOO_MANY)
        return _opened(agent, entered, way)


def _look(agent: User, entered: Mapping[str, str], separate: bool) -> None:
    known = duplicates.find(entered, agent)
    if known and (not separate or any(one.excludes for one in known)):
        raise Found(known)


def _opened(agent: User, entered: Mapping[str, str], way: Way) -> Case:
    merchant = Merchant.objects.create(**_columns(entered))
    case = open_case(merchant, by=agent, channel=way.channel, partner=way.partner)
    told: dict[str, Any] = {"version": consents.VERSION, "language": get_language() or ""}
    if way.region:
        told["region"] = way.region
    record(case.pk, "consent_read", by=agent, data=told, public=False)
    invitations.hand_over(case, by=agent)
    return case


def _just_opened(recent: Any, entered: Mapping[str, str]) -> Case | None:
    """The case that the same entries opened a moment ago."""
    columns = _columns(entered)
    fresh = recent.filter(state=State.REGISTRATION, created_at__gt=timezone.now() - JUST_NOW).order_by("-pk")[:20]
    found = (one for one in fresh if all(getattr(one.merchant, name) == columns[name] for name in columns))
    return next(found, None)


def _columns(entered: Mapping[str, str]) -> dict[str, str]:
    names = ("type", "contact_name", "contact_mobile", "contact_email", "uscc")
    return {**{name: entered[name] for name in names}, "name": entered["business"]}
