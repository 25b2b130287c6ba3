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
    "condition_due": _("We reminded you of a promise"),
    "condition_handed_in": _("What was promised was handed in"),
    "condition_refused": _("Something is still missing in what was handed in"),
    "condition_kept": _("The promise is kept"),
    "condition_moved": _("The promise has another date"),
    "condition_broken": _("What was promised did not come in time: paused until it is here"),
    "appealed": _("You asked us to look at the rejection again"),
    "appeal_upheld": _("We looked at it again: the result is the same"),
    "reminded": _("We reminded you of what is missing"),
    "promise_missed": _("We are late: a manager has taken over"),
    "document_received": _("Paper received"),
    "document_removed": _("Paper removed"),
    "document_restored": _("Paper put back"),
    "document_turned": _("Page of a paper turned"),
    "document_kept": _("Paper kept in spite of a doubt"),
    "identity_saved": _("Identity details saved"),
    "doubt_stands": _("Confirmed: it is right as it is"),
    "doubt_open_again": _("A confirmation was taken back"),
    "small_sum_proved": _("Settlement account proved by a small sum"),
    "paid": _("Payment received"),
    "payment_refused": _("The payment did not go through"),
    "refunded": _("Payment refunded"),
    "allocated": _("A terminal is set aside for you"),
    "shipped": _("The terminal is on its way"),
    "handed_over": _("The technician has the terminal and brings it along"),
    "delivered": _("The terminal has been delivered"),
    "undeliverable": _("The parcel could not be delivered"),
    "terminal_taken_back": _("A terminal came back to us"),
    "numbers_given": _("Merchant and terminal numbers given"),
    "visit_booked": _("Visit booked"),
    "checked_in": _("The technician is at the shop"),
    "visit_failed": _("The visit could not be finished: we arrange another"),
    "installed": _("Terminal installed in the shop"),
    "test_passed": _("A test payment was passed"),
    "test_failed": _("A test payment was not passed"),
    "training_passed": _("Training passed by one more person"),
    "consent_withdrawn": _("A consent was withdrawn"),
    "deletion_asked": _("The deletion of personal data was asked for"),
    "deletion_taken_back": _("The request to delete personal data was taken back"),
    "purged": _("Personal data destroyed"),
    "joined": _("Somebody joined who acts for the merchant"),
    "member_changed": _("The role of somebody who acts for the merchant was changed"),
    "member_removed": _("Somebody no longer acts for the merchant"),
    "link_sent": _("The link to take over was sent"),
    "consent_read": _("The text about consent was read to the merchant"),
    "prepared": _("Papers ticked as ready in the guide"),
    "ticket_opened": _("Request to support"),
    "ticket_resolved": _("The request is solved"),
    "ticket_reopened": _("Request to support opened again"),
}
SOMETHING = _("Something was added to your application")
STAFF_ONLY: dict[str, Any] = {
    "open_case": MERCHANT["open_case"],
    "fact:opinion_given": _("A second opinion was given: a senior reviewer decides"),
    "fact:check_rerun": _("A check was run again"),
    "fact:reassigned": _("Given to another reviewer"),
}
_BAD_FACTS = (
    "fact:payment_refused", "fact:undeliverable", "fact:visit_failed", "fact:test_failed", "fact:promise_missed",
    "fact:condition_broken", "fact:condition_refused", "fact:appeal_upheld",
)  # fmt: skip
BAD = frozenset({"return_identity", "return_application", "reject", "fail_acceptance", *_BAD_FACTS})


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
