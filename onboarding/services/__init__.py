"""The only way a case moves. Views, jobs and the other apps call these and nothing below."""

from onboarding.services.checks import rerun
from onboarding.services.errors import Conflict, Missing, NotAllowed, NotNow, Refused
from onboarding.services.moves import Offer, advance, missing, offers, record, settle
from onboarding.services.opening import add_member, open_case
from onboarding.services.permissions import SYSTEM, Actor, barred
from onboarding.services.promises import miss_promise, remind

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
    "miss_promise",
    "missing",
    "offers",
    "open_case",
    "record",
    "remind",
    "rerun",
    "settle",
]
