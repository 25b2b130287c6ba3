"""The only way a case moves. Views, jobs and the other apps call these and nothing below."""

from onboarding.services.errors import Conflict, Missing, NotAllowed, NotNow, Refused
from onboarding.services.moves import Offer, advance, missing, offers, record, settle
from onboarding.services.opening import add_member, open_case
from onboarding.services.permissions import SYSTEM, Actor, barred

__all__ = [
    "SYSTEM",
    "Actor",
    "Conflict",
    "Missing",
    "NotAllowed",
    "NotNow",
    "Offer",
    "Refused",
    "add_member",
    "advance",
    "barred",
    "missing",
    "offers",
    "open_case",
    "record",
    "settle",
]
