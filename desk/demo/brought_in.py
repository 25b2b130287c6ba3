"""Demonstration cases that the sales agent and the call centre opened for merchants: handed over, and still waiting."""

from __future__ import annotations

from desk.demo.people import owner
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop, Staff
from desk.phone.services import Way, register
from onboarding.flow import State
from onboarding.models import Case, Merchant
from onboarding.rules import Who
from onboarding.services import add_member, open_case

HANGZHOU = ("330106", "浙江省 杭州市 西湖区")  # in a region of the demonstration's agency
WAITING = "330100"  # the city that the agent named
CHANNELS = {Who.SALES_AGENT: Case.Channel.AGENT, Who.CALL_CENTRE_AGENT: Case.Channel.PHONE}
# Where the case stands, who opened it, and the shop. Names are invented.
TAKEN_OVER: tuple[tuple[State, Who, Shop], ...] = (
    (State.LIVE, Who.SALES_AGENT, Shop(61, "sole_trader", "听雨区鱼丸店", "样例鱼丸", "于丸丸", district=HANGZHOU)),
    (State.IDENTITY, Who.SALES_AGENT, Shop(62, "sole_trader", "听雨区伞铺", "样例伞铺", "单晴", district=HANGZHOU)),
    (State.IDENTITY, Who.CALL_CENTRE_AGENT, Shop(63, "micro", "常来（个人）", "常来早点", "常来")),
)
# Opened a moment ago; the merchant has the link and has not followed it yet.
HANDED_OUT: tuple[tuple[Who, str, str], ...] = (
    (Who.SALES_AGENT, "祝融", "样例锅炉维修"),
    (Who.CALL_CENTRE_AGENT, "席地", "样例地毯"),
)


class BroughtIn(FullWalk):
    """A walk that begins with a colleague instead of the merchant, who has taken the case over."""

    def __init__(self, shop: Shop, staff: Staff, who: Who) -> None:
        self.shop, self.staff = shop, staff
        self.owner = owner(shop.number, shop.person)
        named = {"contact_name": shop.person, "contact_mobile": self.owner.mobile, "contact_email": self.owner.email}
        merchant = Merchant.objects.create(type=shop.type, short_name=shop.sign, **named)
        opener = staff[who]
        self.case = open_case(merchant, by=opener, channel=CHANNELS[who], partner=opener.partner)
        add_member(merchant, self.owner)


def make(crew: Staff) -> int:
    """The cases that are not there yet; how many were made."""
    made = 0
    for state, who, shop in TAKEN_OVER:
        if not Case.objects.filter(merchant__memberships__user__email=f"merchant{shop.number}@example.com").exists():
            BroughtIn(shop, crew, who).to(state)
            made += 1
    for number, (who, person, sign) in enumerate(HANDED_OUT, 71):
        if not Case.objects.filter(opened_by=crew[who], merchant__contact_name=person).exists():
            _handed_out(crew, who, number, person, sign)
            made += 1
    return made


def _handed_out(crew: Staff, who: Who, number: int, person: str, sign: str) -> None:
    named = {"contact_name": person, "contact_mobile": f"+86190{number:08d}", "contact_email": ""}
    entered = {"type": "sole_trader", "business": sign, "uscc": "", **named}
    agent = crew[who]
    region = WAITING if who is Who.SALES_AGENT else ""
    register(agent, entered, Way(CHANNELS[who], agent.partner, region), separate=False)
