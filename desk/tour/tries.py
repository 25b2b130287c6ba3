"""What to try, role by role. A stop names the page where it happens; what a role may not see is not on its list."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext_lazy as _

from desk.demo.people import OWNER, PASSWORD, STAFF
from onboarding.rules import Who


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """One thing to do; `page` is a URL name without arguments, "" when it is on the page before."""

    do: Any
    page: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Tour:
    """A role: whom to sign in as ("" for a newcomer), what it is about, what to do, where to look afterwards."""

    id: str
    role: Any
    login: str
    icon: str
    idea: Any
    minutes: int
    stops: tuple[Stop, ...]
    look: tuple[Stop, ...]

    @property
    def password(self) -> str:
        return PASSWORD if self.login else ""


OUTBOX = Stop(_("Every mail and SMS it wrote"), "outbox")
REHEARSAL = Stop(_("What the outside parties were asked; make one fail or be slow, and try again"), "rehearsal")


def _staff(who: Who, icon: str, idea: Any, minutes: int, stops: tuple[Stop, ...], look: tuple[Stop, ...]) -> Tour:
    return Tour(who.value, who.label, STAFF[who][1], icon, idea, minutes, stops, look)


TOURS: tuple[Tour, ...] = (
    Tour(
        "newcomer", _("A merchant who begins"), "", "flag", _("From a mobile number to papers that are handed in."), 10,
        (
            Stop(_("Make your list of papers: a micro merchant with a stall, and tick two papers"), "guide_prepare"),
            Stop(_("Start with any mobile number, such as 138 0013 8001"), "start"),
            Stop(_("Fetch the six digits from the outbox and enter them"), "outbox"),
            Stop(_("Register: the kind of business is chosen already; the task list knows what you ticked")),
            Stop(_("Upload a picture of anything: a blurred one is refused with a reason and a remedy")),
            Stop(_("Hand in, and watch the promise date appear"), "home"),
        ),
        (OUTBOX, REHEARSAL),
    ),
    Tour(
        "merchant", _("A merchant who is live"), OWNER, "shop", _("After the opening: help, training, own data."), 5,
        (
            Stop(_("Read the whole way of the case, with every entry of its timeline"), "home"),
            Stop(_("Ask something: write to us about the printer"), "tickets"),
            Stop(_("Find an answer by a word, such as paper"), "help"),
            Stop(_("See what we keep about you, and export it"), "my_data"),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.REVIEWER, "search", _("Compare, decide, and say why, by keyboard."), 8,
        (
            Stop(_("Open the queue and take the next case"), "admin:onboarding_case_changelist"),
            Stop(_("Compare the picture with the typed value; differences are marked")),
            Stop(_("Mark one paper as blurred and send the case back: read the preview of what the merchant gets")),
            Stop(_("Take another case and approve it")),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.SENIOR_REVIEWER, "check", _("The second pair of eyes: nobody confirms their own decision."), 4,
        (
            Stop(_("Open a case that waits for a second review"), "admin:onboarding_case_changelist"),
            Stop(_("Read the first reviewer’s recommendation, then confirm or return it")),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.CALL_CENTRE_AGENT, "phone", _("Register somebody on the telephone, without agreeing for them."), 6,
        (
            Stop(_("Look whether the caller is here already"), "phone"),
            Stop(_("Register them; the text of the consent is read aloud, the link to take over goes by SMS")),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.SALES_AGENT, "user", _("Bring in a merchant on site, and see only one’s own."), 6,
        (
            Stop(_("Open a new case on site, in Beijing or Zhejiang"), "agent_new"),
            Stop(_("See your merchants and how far they are"), "agent_home"),
            Stop(_("Check your own agency as a shop owner would: WB-DEMO-0001"), "guide_agent"),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.WAREHOUSE_CLERK, "truck", _("From the shelf to the parcel, serial number by serial number."), 4,
        (
            Stop(_("Allocate a terminal to a paid order and ship it"), "warehouse"),
            Stop(_("Look at the stock and the custody of one terminal"), "stock"),
        ),
        (OUTBOX, REHEARSAL),
    ),
    _staff(
        Who.DISPATCHER, "nav", _("Who goes where, and when."), 3,
        (Stop(_("Assign a technician to an installation"), "dispatch"),), (OUTBOX,),
    ),
    _staff(
        Who.TECHNICIAN, "tool", _("A visit on a telephone, with photographs, tests and a signature."), 8,
        (
            Stop(_("Open today’s visit; make the window narrow, or use a phone"), "field"),
            Stop(_("Check the place, scan or type the serial number, run the tests, let the merchant sign")),
        ),
        (OUTBOX, REHEARSAL),
    ),
    _staff(
        Who.TRAINER, "book", _("Who has learnt what."), 2,
        (Stop(_("See who still has to be trained"), "desk"),), (OUTBOX,),
    ),
    _staff(
        Who.SUPPORT_AGENT, "life", _("Answer before the promise runs out."), 4,
        (
            Stop(_("Take a ticket from the queue, answer, resolve"), "desk_tickets"),
            Stop(_("Write an answer that holds a full card number: it is refused, and says why")),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.RISK_OFFICER, "alert", _("Stop a case without saying a word too much."), 6,
        (
            Stop(_("Suspend a case, then read as the merchant what is told: paused, and no reason"), "admin:index"),
            Stop(_("Resume it: it returns to where it was")),
            Stop(_("Decide about two names that are almost the same"), "watch_queue"),
            Stop(
                _("Try the draft of the risk table on decided cases, then publish it as its second person"),
                "admin:onboarding_risktable_changelist",
            ),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.OPERATIONS_MANAGER, "chart", _("What is late, and why."), 4,
        (
            Stop(_("Numbers of the day and what waits where"), "desk"),
            Stop(_("The list of what is late, and to whom it went"), "desk_late"),
        ),
        (OUTBOX,),
    ),
    _staff(
        Who.AUDITOR, "lock", _("Sees everything, changes nothing."), 4,
        (
            Stop(_("Read a case with its chained timeline and who looked at which picture"), "admin:index"),
            Stop(_("Try to change something: there is no button")),
        ),
        (),
    ),
    _staff(
        Who.ADMINISTRATOR, "pen", _("The tables behind the pages."), 5,
        (
            Stop(_("Change a promise from 4 to 6 hours"), "admin:onboarding_promise_changelist"),
            Stop(_("See it at once in the guide"), "guide_steps"),
            Stop(
                _("Change the document matrix and see it in the list of papers"),
                "admin:onboarding_documentkind_changelist",
            ),
        ),
        (REHEARSAL,),
    ),
)  # fmt: skip
