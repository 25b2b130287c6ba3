"""Demonstration cases: at least one in every state, several merchant types, all invented."""

from __future__ import annotations

import datetime

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from desk.demo import brought_in
from desk.demo.people import OWNER, staff
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop, Staff
from devices import demo as devices
from onboarding.flow import SCREENINGS, State
from onboarding.models import Case, Check, Merchant
from onboarding.rules import Who
from onboarding.services import advance, mark

log = structlog.get_logger(__name__)
S = State
# Names are invented; each line is one case and where it stands.
CAST: tuple[tuple[State, str, str, str, str], ...] = (
    (S.LIVE, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满"),
    (S.REGISTRATION, "micro", "", "阿婆凉粉摊", "龙阿婆"),
    (S.IDENTITY, "sole_trader", "听雨区样例五金店", "样例五金", "伍金生"),
    (S.IDENTITY_REVIEW, "enterprise", "虚构市听雨书屋有限公司", "听雨书屋", "舒文"),
    (S.IDENTITY_SECOND_REVIEW, "enterprise", "虚构市样例车行有限公司", "样例车行", "车向前"),
    (S.IDENTITY_RETURNED, "sole_trader", "听雨区鲜果铺", "样例鲜果", "果青青"),
    (S.APPLICATION, "micro", "", "老高修鞋摊", "高守义"),
    (S.APPLICATION_REVIEW, "sole_trader", "听雨区茶铺", "虚构茶铺", "叶香"),
    (S.APPLICATION_SECOND_REVIEW, "enterprise", "虚构市远行旅店有限公司", "远行旅店", "路远"),
    (S.APPLICATION_RETURNED, "enterprise", "虚构市花间集有限公司", "花间集", "花满楼"),
    (S.SIGNING, "sole_trader", "听雨区早点铺", "样例早点", "早春"),
    (S.ORDERING, "sole_trader", "听雨区理发店", "样例理发", "易剪梅"),
    (S.DELIVERY, "enterprise", "虚构市山货行有限公司", "山货行", "山长水"),
    (S.INSTALLATION, "sole_trader", "听雨区裁缝铺", "样例裁缝", "裘布衣"),
    (S.TRAINING, "enterprise", "虚构市文具有限公司", "样例文具", "文具乐"),
    (S.ACCEPTANCE, "enterprise", "虚构市药店有限公司", "样例百货", "方百灵"),
    (S.SUSPENDED, "sole_trader", "听雨区烟酒店", "样例烟酒", "烟雨舟"),
    (S.CLOSING, "sole_trader", "听雨区照相馆", "样例照相", "照南山"),
    (S.REJECTED, "enterprise", "虚构市投资有限公司", "样例投资", "贾多金"),
    (S.WITHDRAWN, "micro", "", "小宋烤红薯", "宋暖"),
    (S.CLOSED, "sole_trader", "听雨区干洗店", "样例干洗", "甘净"),
    (S.APPLICATION_SCREENING, "sole_trader", "听雨区钟表店", "样例钟表", "钟不停"),
    (S.IDENTITY_SCREENING, "enterprise", "虚构市快印有限公司", "样例快印", "尹书"),
)


def make() -> int:
    """People, stock and every case that is not there yet; how many cases were made."""
    crew = staff()
    devices.seed(count=40)
    made = 0
    for number, (state, kind, name, sign, person) in enumerate(CAST, 1):
        shop = Shop(number, kind, name or f"{person}（个人）", sign, person, email=OWNER if number == 1 else "")
        if not _known(shop).exists():
            _walk(shop, crew, state)
            made += 1
            log.info("demo_case", state=state.value)
    return made + brought_in.make(crew)


def _known(shop: Shop) -> QuerySet[Merchant]:
    email = shop.email or f"merchant{shop.number}@example.com"
    return Merchant.objects.filter(memberships__user__email=email)


def _walk(shop: Shop, crew: Staff, state: State) -> None:
    walk = FullWalk(shop, crew)
    if state in WATCHED:
        Case.objects.filter(pk=walk.case.pk).update(risk_tier=Case.Tier.MEDIUM)
    stop, verbs = LAST.get(state, (state, ()))
    case = walk.to(stop)
    if state.value.endswith("_returned"):
        _marked(case, crew)
    people = {"merchant": walk.owner, **{who.value: user for who, user in crew.items()}}
    for verb, who in verbs:
        if verb == "take_back":
            walk.take_back()
        else:
            advance(case.pk, verb, by=people[who], note=NOTE)
    if state is S.INSTALLATION:
        walk.visit()
    if state in SCREENINGS:  # the simulated parties take their time, so that somebody can look at a case in this state
        Check.objects.filter(case=case, result=Check.Result.DUE).update(due_at=timezone.now() + SLOW)


def _marked(case: Case, crew: Staff) -> None:
    item = "document:id_portrait" if case.state.startswith("identity") else "document:shopfront"
    mark(case.pk, item, "glare", by=crew[Who.REVIEWER])


NOTE = "演示"
SLOW = datetime.timedelta(hours=2)
WATCHED = (S.IDENTITY_SECOND_REVIEW, S.APPLICATION_SECOND_REVIEW, S.ACCEPTANCE)  # medium risk: a second person decides
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
