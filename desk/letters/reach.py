"""The small machines: which letter tells of each door, or why none does. The case's own verbs: `onboarding.notices`.

A door that stands here with a letter's name is told by it; one with a sentence is told to nobody.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from devices.flow import OrderFlow, PaymentFlow, RolloutFlow, ShipmentFlow, TerminalFlow, VisitFlow
from onboarding.flow.agreement import AgreementFlow
from support.flow import TicketFlow

INSIDE = _("A step in our warehouse. The merchant hears when the terminal leaves it.")
SUSPENSION = _("What a merchant hears must not show which way a check goes, or that we look at something.")
AT_HAND = _("Whoever does it reads the answer on the page. Nobody else has to act.")
ASKED = _("We ask the payment house by ourselves; the page of the order says so.")
OURS = _("Only colleagues see it: nothing changes for the merchant.")
THERE = _("The technician stands in the shop.")

HEARD: dict[type[models.Model], dict[str, Any]] = {
    TerminalFlow: {
        **dict.fromkeys(("receive", "inject_key", "stock", "assign", "wipe", "quarantine", "scrap"), INSIDE),
        "ship": "shipped",
        "install": "complete_installation",
        "activate": "go_live",
        "suspend": SUSPENSION,
        "recover": "finish_closing",
    },
    OrderFlow: {
        "place": AT_HAND,
        "change": AT_HAND,
        "pay": "place_order",
        "allocate": INSIDE,
        "ship": "shipped",
        "carry": "confirm_delivery",
        "deliver": "confirm_delivery",
        "cancel": "cancel_order",
    },
    PaymentFlow: {
        "lose": ASKED,
        "find": ASKED,
        "pay": "place_order",
        "refuse": "payment_refused",
        "request_refund": "cancel_order",
        "refund": "refunded",
    },
    ShipmentFlow: {"accept": "shipped", "arrive": "confirm_delivery", "fail": "undeliverable"},
    RolloutFlow: {
        "place_order": "place_order",
        "confirm_delivery": "confirm_delivery",
        "complete_installation": "complete_installation",
        "go_live": "go_live",
        "fail_acceptance": "fail_acceptance",
        "restart": "amend_application",
        "cancel": "withdraw",
    },
    VisitFlow: {"check_in": THERE, "complete": "complete_installation", "fail": "visit_failed"},
    AgreementFlow: {"sign": "sign_agreement", "void": AT_HAND, "supersede": "sign_agreement"},
    TicketFlow: {
        "take": OURS,
        "answer": "ticket_answered",
        "reply": "ticket_answered",
        "resolve": "ticket_resolved",
        "close": OURS,
        "reopen": "ticket_answered",
    },
}


def doors(machine: type[models.Model]) -> set[str]:
    """The names of a machine's doors."""
    return {name for name, found in vars(machine).items() if hasattr(found, "_django_fsm")}
