"""Made-up values to show a letter with. Nothing of it comes from a case, and nothing is ever sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onboarding.flow import ENDS, TURN, VERBS, State, public_label
from onboarding.members.invitations import SHOWN
from onboarding.rules import Who
from onboarding.tasks.letters import SILENT
from portal import words
from portal.sms import is_gsm7, shortened

REF, TICKET, CODE = "KT-7Q4M-2HX9", "TK-9WMN-4RC7", "482913"
KEY = "hR3vT8mZ0q2s"  # as long as that of a real invitation
STATES = {  # where a case stands when it is told; a verb that is not here leads to its first target
    "condition_due": State.SIGNING,
    "condition_broken": State.SUSPENDED,
    "condition_refused": State.SIGNING,
    "condition_kept": State.ORDERING,
    "condition_moved": State.SIGNING,
    "appealed": State.REJECTED,
    "appeal_upheld": State.REJECTED,
    "appeal_waits": State.REJECTED,
    "reminded": State.IDENTITY,
    "promise_missed": State.IDENTITY_REVIEW,
    "payment_refused": State.ORDERING,
    "refunded": State.ORDERING,
    "shipped": State.DELIVERY,
    "undeliverable": State.DELIVERY,
    "visit_booked": State.INSTALLATION,
    "visit_failed": State.INSTALLATION,
    "deletion_asked": State.WITHDRAWN,
    "deletion_taken_back": State.WITHDRAWN,
    "withdraw": State.WITHDRAWN,
    "draft_ended": State.WITHDRAWN,
    "escalated": State.IDENTITY_REVIEW,
}
TODO = {
    State.IDENTITY: (_("Upload the business licence."), _("Photograph both sides of the identity card.")),
    State.IDENTITY_RETURNED: (_("Photograph the licence again: the lower edge is cut off."),),
    State.APPLICATION: (_("Enter the settlement account."), _("Choose a plan.")),
    State.APPLICATION_RETURNED: (_("Take the shop front again, with the whole sign in the picture."),),
    State.SIGNING: (_("Read the agreement and sign it."),),
    State.ORDERING: (_("Choose a terminal and pay."),),
    State.TRAINING: (_("One person has to pass the short training."),),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    """Whose values: everyday ones, or the longest that really occur."""

    shop: str = "小满面馆"
    due: timedelta = timedelta(days=2)
    amount_fen: int = 19_900
    name: str = "初梦科技"
    ours: bool = False
    owner: bool = False
    what: str = "mobile_changed"


LONGEST = Sample(
    shop="新疆维吾尔自治区巴音郭楞蒙古自治州小满餐饮管理有限责任公司",
    due=timedelta(days=400),
    amount_fen=999_999_99,
    what="second_factor_taken",
)


def values(name: str, sample: Sample) -> dict[str, Any]:
    """What the templates of a letter get, as `onboarding.tasks.letters.context` would give it."""
    known = {"site_url": settings.SITE_URL, **_OTHERS.get(name, _nothing)(sample)}
    return known if name in _OTHERS else {**known, **_of_case(name, sample)}


def _nothing(_sample: Sample) -> dict[str, Any]:
    return {}


def _state(name: str) -> State:
    if name in VERBS and name not in STATES:
        return State(VERBS[name].edges[0][1])
    return STATES.get(name, State.APPLICATION)


def _of_case(name: str, sample: Sample) -> dict[str, Any]:
    state = _state(name)
    yours = TURN[state] is Who.MERCHANT
    staff = {"state": state.label} if name == "escalated" else {}
    return {
        "ref": REF,
        "name": sample.shop,
        "label": public_label(state),
        "yours": yours,
        "ended": state in ENDS,
        "live": state == State.LIVE,
        "todo": list(TODO.get(state, ())) if yours else [],
        "due": _at(sample, 18) if state not in SILENT else None,
        "provisional": False,
        "url": _address("case", REF),
        "moved": False,
        **staff,
        **_of_fact(name, sample),
    }


def _of_fact(name: str, sample: Sample) -> dict[str, Any]:
    if name == "visit_booked":
        return {"starts_at": _at(sample, 14), "ends_at": _at(sample, 16)}
    if name.startswith("condition_"):
        return {"promise": _promise(sample)}
    if name.startswith("appeal"):
        return {"answer_by": _at(sample, 18), "why": UPHELD}
    if name.startswith("return_"):
        return {"remarks": [RETURNED], "todo": []}
    return {"amount_fen": sample.amount_fen} if name == "refunded" else {}


RETURNED = {
    "label": _("Business licence"),
    "said": {
        "reason": _("One corner is outside the picture."),
        "remedy": _("Keep all four corners inside the frame with a small margin."),
        "note": "",
    },
}
UPHELD = {
    "sentence": _("Another senior reviewer has looked at everything again and came to the same result."),
    "remedy": _("You may apply again when things have changed."),
}


def _promise(sample: Sample) -> dict[str, Any]:
    return {
        "sentence": _("Hand in photos of the shop once it is finished."),
        "consequence": _("If they are not here in time, taking payments is paused."),
        "due_on": _at(sample, 18).date(),
    }


def _at(sample: Sample, hour: int) -> datetime:
    return timezone.localtime(timezone.now() + sample.due).replace(hour=hour, minute=0, second=0, microsecond=0)


def _address(name: str, *args: object) -> str:
    return str(settings.SITE_URL).rstrip("/") + reverse(name, args=args)


def _ticket(sample: Sample) -> dict[str, Any]:
    due = _at(sample, 18)
    return {
        "ticket": TICKET,
        "subject_line": _("The terminal does not print"),
        "merchant": sample.shop,
        "due": f"{words.day(due)} {words.hour(due)}",
        "ours": sample.ours,
        "url": _address("ticket", TICKET),
        "short_url": _address("ticket_short", TICKET),
    }


def _answered(sample: Sample) -> dict[str, Any]:
    return _ticket(sample) | ({} if sample.ours else {"due": ""})


def _late(sample: Sample) -> dict[str, Any]:
    return _ticket(dataclasses.replace(sample, ours=True))


def _claim(sample: Sample) -> dict[str, Any]:
    name = shortened(sample.shop, SHOWN)
    fits = (get_language() or "").startswith("zh") or is_gsm7(name)
    return {
        "link": _address("claim", KEY),
        "days": 7,
        "merchant": sample.shop,
        "short": name if fits else "",
        "owner": sample.owner,
    }


def _code(_sample: Sample) -> dict[str, Any]:
    return {"code": CODE, "minutes": 10, "ref": REF}


def _reset(_sample: Sample) -> dict[str, Any]:
    return {"password_reset_url": _address("account_reset_password")}


_OTHERS: dict[str, Callable[[Sample], dict[str, Any]]] = {
    "sign_in_code": _code,
    "email_confirmation": _code,
    "signing_code": _code,
    "export_code": _code,
    "export_ready": lambda sample: {"ref": "00000000-0000-0000-0000-000000000000", "hours": settings.EXPORT_HOURS},
    "password_reset_key": _reset,
    "account_already_exists": _reset,
    "account_changed": lambda sample: {"what": sample.what},
    "claim_link": _claim,
    "ticket_opened": _ticket,
    "ticket_answered": _answered,
    "ticket_resolved": lambda sample: _ticket(sample) | {"due": ""},
    "ticket_late": _late,
    "watch_due": lambda sample: {"number": 3, "days": 3},
}
