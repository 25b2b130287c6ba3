"""The only way a case moves. Views, jobs and the other apps call these and nothing below."""

from onboarding.services.checks import rerun
from onboarding.services.deciding import decide
from onboarding.services.errors import Conflict, Missing, NotAllowed, NotNow, Refused
from onboarding.services.handling import (
    SENIOR_ONLY,
    add_note,
    claim,
    claim_next,
    free_for,
    may_reassign,
    read_words,
    reassign,
    release,
    release_idle,
    reviews,
    words_for,
)
from onboarding.services.moves import Offer, advance, missing, offers, record, settle
from onboarding.services.opening import add_member, open_case
from onboarding.services.opinions import blind, disagreed
from onboarding.services.permissions import ACTING, SYSTEM, Actor, acts_as, agency_of, barred
from onboarding.services.promises import miss_promise, remind
from onboarding.services.publishing import draft_of, publish_plan
from onboarding.services.returns import (
    fitting,
    mark,
    markable_fields,
    markable_kinds,
    marks,
    step_under_review,
    unmark,
)
from onboarding.services.standing import doubts, stand, take_back
from onboarding.services.unmasking import NotThere, asked_for, may_unmask, unmask

__all__ = [
    "ACTING",
    "SENIOR_ONLY",
    "SYSTEM",
    "Actor",
    "Conflict",
    "Missing",
    "NotAllowed",
    "NotNow",
    "NotThere",
    "Offer",
    "Refused",
    "add_member",
    "add_note",
    "advance",
    "acts_as",
    "agency_of",
    "asked_for",
    "blind",
    "decide",
    "disagreed",
    "barred",
    "claim",
    "claim_next",
    "doubts",
    "draft_of",
    "fitting",
    "free_for",
    "mark",
    "markable_fields",
    "markable_kinds",
    "marks",
    "may_reassign",
    "may_unmask",
    "miss_promise",
    "missing",
    "offers",
    "open_case",
    "publish_plan",
    "read_words",
    "reassign",
    "record",
    "release",
    "release_idle",
    "remind",
    "rerun",
    "reviews",
    "settle",
    "stand",
    "step_under_review",
    "take_back",
    "unmark",
    "unmask",
    "words_for",
]
