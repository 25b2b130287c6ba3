"""Demonstration cases: at least one in every state, several merchant types, all invented."""

from __future__ import annotations

import datetime

import structlog
from django.utils import timezone

from desk.demo import brought_in, clock, risk, talk, watch
from desk.demo.cast import CAST, Part
from desk.demo.people import staff
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop, Staff
from devices import demo as devices
from onboarding.flow import SCREENINGS, State
from onboarding.models import Case, Check
from onboarding.rules import Who
from onboarding.services import add_note, advance, claim, mark

log = structlog.get_logger(__name__)
S = State
STOCK = 60  # terminals on the shelf


def make() -> int:
    """People, stock and every case that is not there yet; how many cases were made."""
    crew = staff()
    devices.seed(count=STOCK)
    made = 0
    told = clock.Clock()
    with clock.running(told):
        for part in CAST:
            if not _known(part.shop):
                told.behind = datetime.timedelta(days=part.days)
                told.forward(0 * clock.HOUR)
                _walk(part, crew, told)
                made += 1
                log.info("demo_case", state=part.state.value)
        told.behind = datetime.timedelta()
        talk.tickets(crew, told)
    watch.make(crew)
    risk.make(crew)
    return made + brought_in.make(crew)


def _known(shop: Shop) -> bool:
    """A second store is known by the merchant's second case."""
    email = shop.email or f"merchant{shop.number}@example.com"
    return Case.objects.filter(merchant__memberships__user__email=email).count() >= shop.store


def _walk(part: Part, crew: Staff, told: clock.Clock) -> None:
    walk = FullWalk(part.shop, crew, crew[part.by] if part.by else None)
    walk.promises = part.promises
    if part.tier:
        Case.objects.filter(pk=walk.case.pk).update(risk_tier=part.tier, tier_floor=part.tier)
    stop, verbs = LAST.get(part.state, (part.state, ()))
    pause = _pause(part, stop)
    case = walk.to(stop, lambda: told.forward(pause))
    told.behind = min(told.behind, part.rest * clock.HOUR)
    for item, reason in part.marks.items():
        mark(case.pk, item, reason, by=crew[Who.REVIEWER])
    people = {"merchant": walk.owner, **{who.value: user for who, user in crew.items()}}
    for verb, who in verbs:
        if verb == "take_back":
            walk.take_back()
        else:
            advance(case.pk, verb, by=people[who], note=NOTES.get(verb, ""))
    if part.state is S.INSTALLATION:
        told.behind = datetime.timedelta()
        walk.visit()
    _afterwards(part, case, crew)


def _pause(part: Part, stop: State) -> datetime.timedelta:
    """How much time passes between two steps, so that the last one was `rest` hours ago."""
    steps = max(ORDER.index(stop) if stop in ORDER else 1, 1)
    return max(datetime.timedelta(days=part.days) - part.rest * clock.HOUR, clock.HOUR) / max(steps - 1, 1)


def _afterwards(part: Part, case: Case, crew: Staff) -> None:
    """What colleagues did with it; checks take their time, so that somebody can look at a case in screening."""
    for note in part.notes:
        add_note(case.pk, note, by=crew[Who.REVIEWER])
    if part.notes and part.state is S.IDENTITY_REVIEW:
        claim(case.pk, by=crew[Who.REVIEWER])
    if part.state in SCREENINGS:
        Check.objects.filter(case=case, result=Check.Result.DUE).update(due_at=timezone.now() + SLOW)


NOTES = {
    "return_identity": "其他材料都合格，补好标出的两项就可以。",
    "return_application": "地址和行业都核对过了，只差标出的两项。",
    "suspend": "连续异常交易，等待商户说明。",
    "close": "商户停业，申请注销。",
    "withdraw": "暂时不办了，谢谢。",
    "reject": "经营范围不在可受理的行业内。",
    "finish_closing": "机器已收回，款项已结清。",
}
SLOW = datetime.timedelta(hours=2)
ORDER = [
    S.REGISTRATION, S.IDENTITY, S.IDENTITY_SCREENING, S.IDENTITY_REVIEW, S.IDENTITY_SECOND_REVIEW, S.APPLICATION,
    S.APPLICATION_SCREENING, S.APPLICATION_REVIEW, S.APPLICATION_SECOND_REVIEW, S.SIGNING, S.ORDERING, S.DELIVERY,
    S.INSTALLATION, S.TRAINING, S.ACCEPTANCE, S.LIVE,
]  # fmt: skip
REVIEWER, RISK, OPS = Who.REVIEWER.value, Who.RISK_OFFICER.value, Who.OPERATIONS_MANAGER.value
# Ends and side tracks: where the walk stops, then the verbs and who fires them.
LAST: dict[State, tuple[State, tuple[tuple[str, str], ...]]] = {
    S.IDENTITY_RETURNED: (S.IDENTITY_REVIEW, (("return_identity", REVIEWER),)),
    S.APPLICATION_RETURNED: (S.APPLICATION_REVIEW, (("return_application", REVIEWER),)),
    S.SUSPENDED: (S.LIVE, (("suspend", RISK),)),
    S.CLOSING: (S.LIVE, (("close", OPS),)),
    S.CLOSED: (S.INSTALLATION, (("withdraw", "merchant"), ("take_back", ""), ("finish_closing", OPS))),
    S.REJECTED: (S.IDENTITY_REVIEW, (("reject", REVIEWER),)),
    S.WITHDRAWN: (S.IDENTITY, (("withdraw", "merchant"),)),
}
