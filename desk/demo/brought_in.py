"""Demonstration cases that the sales agent and the call centre opened for merchants: still waiting for them."""

from __future__ import annotations

from desk.demo.walk import Staff
from desk.phone.services import Way, register
from onboarding.models import Case
from onboarding.rules import Who

WAITING = "330100"  # the city that the agent named
CHANNELS = {Who.SALES_AGENT: Case.Channel.AGENT, Who.CALL_CENTRE_AGENT: Case.Channel.PHONE}
# Opened a moment ago; the merchant has the link and has not followed it yet.
HANDED_OUT: tuple[tuple[Who, str, str], ...] = (
    (Who.SALES_AGENT, "祝融", "样例锅炉维修"),
    (Who.CALL_CENTRE_AGENT, "席地", "样例地毯"),
)


def make(crew: Staff) -> int:
    """The cases that are not there yet; how many were made."""
    made = 0
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
