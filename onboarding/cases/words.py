"""What happened, in words. Merchants and staff read different ones: a merchant never learns by which road a check went.

Whoever records a new public fact adds its sentence to FACTS; without one the reader gets a plain one.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.flow import VERBS

IDENTITY_PASSED = _("Identity checked: all in order")
APPLICATION_PASSED = _("Application checked: all in order")

MERCHANT: dict[str, Any] = {
    "open_case": _("Application opened"),
    "complete_registration": _("Registration complete"),
    "submit_identity": _("Identity papers handed in"),
    "pass_identity": IDENTITY_PASSED,
    "approve_identity": IDENTITY_PASSED,
    "confirm_identity": IDENTITY_PASSED,
    "return_identity": _("Identity papers returned: something has to be mended"),
    "submit_application": _("Application handed in"),
    "pass_application": APPLICATION_PASSED,
    "approve_application": APPLICATION_PASSED,
    "confirm_application": APPLICATION_PASSED,
    "return_application": _("Application returned: something has to be mended"),
    "sign_agreement": _("Agreement signed"),
    "revise_application": _("Application taken back to change it"),
    "place_order": _("Terminal ordered"),
    "cancel_order": _("Order cancelled"),
    "confirm_delivery": _("The terminal has arrived"),
    "complete_installation": _("Terminal installed and signed for"),
    "complete_training": _("Training passed"),
    "go_live": _("Live: you can take payments"),
    "fail_acceptance": _("A test was not passed: the technician comes again"),
    "close": _("The closing has begun"),
    "finish_closing": _("Everything is settled, the case is closed"),
    "reject": _("We cannot take this application"),
    "reopen": _("The application is open again"),
    "withdraw": _("Application withdrawn"),
    "amend_application": _("Application opened again to change something signed"),
}
FACTS: dict[str, Any] = {
    "document_received": _("Paper received"),
    "document_removed": _("Paper removed"),
    "identity_saved": _("Identity details saved"),
    "small_sum_proved": _("Settlement account proved by a small sum"),
    "paid": _("Payment received"),
    "payment_refused": _("The payment did not go through"),
    "refunded": _("Payment refunded"),
    "serial_allocated": _("A terminal is set aside for you"),
    "shipped": _("The terminal is on its way"),
    "delivered": _("The terminal has been delivered"),
    "visit_booked": _("Visit booked"),
    "visit_moved": _("Visit moved to another time"),
    "visit_cancelled": _("Visit cancelled"),
    "visit_finished": _("Visit finished"),
    "certified": _("Training passed by one more person"),
    "promise_missed": _("We are late: a manager has taken over"),
}
SOMETHING = _("Something was added to your application")
STAFF_ONLY: dict[str, Any] = {"open_case": MERCHANT["open_case"]}
BAD = frozenset({"return_identity", "return_application", "reject", "fail_acceptance", "fact:payment_refused"})


def for_merchant(verb: str) -> Any:
    """The sentence of a public entry."""
    fact = verb.removeprefix("fact:")
    return FACTS.get(fact, SOMETHING) if fact != verb else MERCHANT.get(verb, SOMETHING)


def for_staff(verb: str) -> Any:
    """The verb's own name, so that colleagues see the road; an unknown fact by its code."""
    if verb in VERBS:
        return VERBS[verb].label
    fact = verb.removeprefix("fact:")
    return FACTS.get(fact) or STAFF_ONLY.get(verb) or fact.replace("_", " ")
