"""The rehearsal pages in words of a visitor: what each outside party is for, where its effect shows, what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.gateways import bank, payment, person, registry, risk_list
from portal.models import SimulatedCall

PURPOSE = {  # party: (what it is for, where a forced outcome is seen)
    "sms": (
        _("Brings codes and short news to a mobile phone."),
        _("Ask for a sign-in code at /start/. The outbox shows what arrives; a message that fails is tried again."),
    ),
    "mail": (
        _("Brings letters about every step."),
        _("Hand in an application or answer a ticket, then look into the outbox. Failed letters are tried again."),
    ),
    "registry": (
        _("Says which business stands behind a credit code."),
        _("Hand in a merchant's identity papers: the reviewer sees the answer among the machine checks of the case."),
    ),
    "person": (
        _("Says whether a name and an identity number belong together."),
        _("Hand in identity papers. Without an answer, or with a mismatch, nobody can approve the case."),
    ),
    "risk_list": (
        _("Says whether a business or a person is on the industry's list."),
        _("Hand in identity papers. Reviewers and the risk officer see a hit; the merchant never does."),
    ),
    "bank": (
        _("Sends a small sum to prove that the settlement account is the merchant's."),
        _("Fill in the account page of an application and ask for the small sum: the page tells what became of it."),
    ),
    "payment": (
        _("Takes the payment for an order and pays refunds."),
        _("Order a terminal as a merchant and pay: the order page tells what became of it."),
    ),
    "courier": (
        _("Carries parcels with terminals."),
        _("Send an order out on the desk of the warehouse: the merchant's order page follows the parcel."),
    ),
    "acquirer": (
        _("Gives merchant and terminal numbers and binds a terminal to its shop."),
        _("Allocate a terminal on the desk of the warehouse: its page shows the numbers, or that they are awaited."),
    ),
    "tms": (
        _("Knows when a terminal was last heard and which program it runs."),
        _("No page asks it yet: the technician enters the results of the tests."),
    ),
    "signing": (
        _("Proves who signed a document and seals it."),
        _("No page asks it yet: the code for signing comes as a text message, the seal from this installation."),
    ),
    "antivirus": (
        _("Looks at every file before it is kept."),
        _("Upload a photo to an application: the tile tells why it was not taken."),
    ),
}  # fmt: skip
VERBS = {
    "look_up": _("Look up"), "check": _("Check"), "send": _("Send"), "transfer": _("Transfer"),
    "create": _("Take a payment"), "refund": _("Refund"), "ship": _("Collect a parcel"),
    "register": _("Register a merchant"), "add_terminals": _("Give terminal numbers"), "bind": _("Bind a terminal"),
    "unbind": _("Unbind a terminal"), "scan": _("Scan a file"), "run_test": _("Run a test"),
    "push_firmware": _("Update the program"), "send_code": _("Send a code"), "prove": _("Check a code"),
    "seal": _("Seal"),
}  # fmt: skip
FIELDS = {
    "to": _("To"), "uscc": _("Credit code"), "name": _("Name"), "number": _("Number"), "mobile": _("Mobile"),
    "found": _("Result"), "result": _("Result"), "status": _("Status"), "legal_representative": _("Representative"),
    "address": _("Address"), "scope": _("Scope"), "founded": _("Established on"), "subject": _("Subject"),
    "amount_fen": _("Amount"), "purpose": pgettext_lazy("transfer", "Purpose"), "holder": _("Account holder"),
    "account": _("Account"), "state": _("State"), "payment_no": _("Payment number"), "contents": _("Contents"),
    "pieces": _("Pieces"), "recipient": _("Recipient"), "tracking_no": _("Tracking number"), "carrier": _("Courier"),
    "mcc": "MCC", "mid": _("Merchant number"), "tids": _("Terminal numbers"), "tid": _("Terminal number"),
    "serial": _("Serial number"), "serials": _("Serial numbers"), "model": _("Model"), "clean": _("Clean"),
    "finding": _("Finding"), "receipt": _("Receipt"), "binding_no": _("Binding"), "reason": _("Reason"),
    "settlement_cycle": _("Settlement cycle"), "location": _("Place"), "refund_no": _("Refund number"),
    "message_id": _("Message number"), "kind": _("Kind"), "passed": _("Passed"), "version": _("Version"),
    "reason_code": _("Reason"), "data": _("File"),
}  # fmt: skip
CHOICES: dict[str, Any] = {
    **dict(registry.Found.choices), **dict(person.Match.choices), **dict(risk_list.Listed.choices),
    **dict(risk_list.Subject.choices), **dict(bank.TransferState.choices), **dict(payment.PayState.choices),
}  # fmt: skip
CASE = re.compile(r"KT-[0-9A-Z]{4}-[0-9A-Z]{4}")
LONG = 60  # signs of a value


def purpose(party: str) -> tuple[Any, Any]:
    return PURPOSE[party]


def told(call: SimulatedCall) -> dict[str, Any]:
    """A call in words: what was wanted and about which case, what was asked, what was answered."""
    refused = call.answer["kind"] == "refused"
    answer = {} if refused else _rows(call.answer["value"])
    case = CASE.search(call.client_ref)
    return {
        "verb": VERBS.get(call.verb, call.verb),
        "about": case.group() if case else call.client_ref,
        "asked": _rows(call.request),
        "answered": answer,
        "refused": call.answer.get("detail") if refused else None,
        "is_refused": refused,
        "at": call.at,
    }


def _rows(values: Mapping[str, Any]) -> dict[Any, str]:
    """Fields that have a name and a value, in words."""
    named = ((FIELDS.get(name), _value(name, value)) for name, value in values.items())
    return {label: words for label, words in named if label and words}


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "amount_fen" and isinstance(value, int):
        return f"¥ {value / 100:.2f}"
    if isinstance(value, list):
        return "、".join(map(str, value[:5]))
    if isinstance(value, dict):
        return _value(name, value.get("sha256") or value.get("bytes") or list(value.values()))
    words = "" if value is None else str(CHOICES.get(str(value), value))
    return words if len(words) <= LONG else words[: LONG - 1] + "…"
