"""Verb -> who is told, over which channel. Writes the rows; `tasks` delivers them.

A notice is built from its entry alone, so that a job, a reviewer and a command tell alike. Internal verbs tell nobody:
what a merchant hears must not differ when a finding is open.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Entry, Membership, Notice, User
from onboarding.rules import Who
from portal.celery import ring

MAIL, SMS = Notice.Channel.MAIL, Notice.Channel.SMS
BOTH = (MAIL, SMS)
# Every verb and every fact that concerns the people of a merchant, and how; its words lie in templates/emails/<verb>/.
TOLD: dict[str, tuple[str, ...]] = {
    "complete_registration": (MAIL,),
    "submit_identity": (MAIL,),
    "pass_identity": BOTH,
    "approve_identity": BOTH,
    "confirm_identity": BOTH,
    "return_identity": BOTH,
    "submit_application": (MAIL,),
    "pass_application": BOTH,
    "approve_application": BOTH,
    "confirm_application": BOTH,
    "return_application": BOTH,
    "sign_agreement": (MAIL,),
    "place_order": (MAIL,),
    "cancel_order": BOTH,
    "confirm_delivery": BOTH,
    "complete_installation": BOTH,
    "complete_training": (MAIL,),
    "go_live": BOTH,
    "fail_acceptance": BOTH,
    "reject": BOTH,
    "reopen": BOTH,
    "close": BOTH,
    "finish_closing": BOTH,
    "withdraw": (MAIL,),
    "amend_application": (MAIL,),
    "fact:condition_due": BOTH,
    "fact:condition_broken": BOTH,
    "fact:condition_refused": BOTH,
    "fact:condition_kept": BOTH,
    "fact:condition_moved": BOTH,
    "fact:appealed": (MAIL,),
    "fact:appeal_upheld": BOTH,
    "fact:reminded": BOTH,
    "fact:promise_missed": BOTH,
    "fact:payment_refused": BOTH,
    "fact:refunded": BOTH,
    "fact:shipped": BOTH,
    "fact:undeliverable": BOTH,
    "fact:visit_booked": BOTH,
    "fact:visit_failed": BOTH,
    "fact:joined": BOTH,
    "fact:member_changed": (MAIL,),
    "fact:member_removed": BOTH,
    "fact:consent_withdrawn": (MAIL,),
    "fact:deletion_asked": BOTH,
    "fact:deletion_taken_back": (MAIL,),
}
# Good to know, and nothing to do: the SMS goes only to those who have no e-mail address.
ONE_IS_ENOUGH = frozenset(
    ("fact:condition_kept", "fact:condition_moved")
    + ("confirm_delivery", "complete_installation", "finish_closing", "fact:promise_missed", "fact:payment_refused")
    + ("fact:refunded", "fact:shipped", "fact:joined", "fact:member_removed", "fact:deletion_asked")
)
# Nobody is told, and why. A verb or a public fact that stands neither here nor above fails a test.
_TIPS_OFF = _("What a merchant hears must not show which way a check goes, or that we look at something.")
_AT_HAND = _("Whoever does it reads the answer on the page. Nobody else has to act.")
_IN_THE_SHOP = _("It happens in the shop, with the merchant there. The verb that follows tells.")
_NEXT_TELLS = _("A verb follows at once, and its message says so.")
_BY_SUPPORT = _("Support writes a message of its own to the other side.")
UNTOLD: dict[str, Any] = {
    "finish_identity_screening": _TIPS_OFF,
    "recommend_identity": _TIPS_OFF,
    "finish_application_screening": _TIPS_OFF,
    "recommend_application": _TIPS_OFF,
    "suspend": _TIPS_OFF,
    "resume": _TIPS_OFF,
    "revise_application": _AT_HAND,
    "fact:condition_handed_in": _AT_HAND,
    "fact:small_sum_proved": _AT_HAND,
    "fact:training_passed": _AT_HAND,
    "fact:paid": _NEXT_TELLS,
    "fact:allocated": _("A step in our warehouse. The merchant hears when the terminal leaves it."),
    "fact:handed_over": _NEXT_TELLS,
    "fact:delivered": _NEXT_TELLS,
    "fact:terminal_taken_back": _("Whoever hands it over is there. The end of the closing tells."),
    "fact:checked_in": _IN_THE_SHOP,
    "fact:installed": _IN_THE_SHOP,
    "fact:test_passed": _IN_THE_SHOP,
    "fact:test_failed": _IN_THE_SHOP,
    "fact:ticket_opened": _BY_SUPPORT,
    "fact:ticket_resolved": _BY_SUPPORT,
    "fact:ticket_reopened": _BY_SUPPORT,
}
ESCALATED = "escalated"  # to the staff who take over a late case


def write(case: Case, entry: Entry) -> list[Notice]:
    """The notices of an entry, written in its transaction; the doorbell rings once it is committed."""
    channels = TOLD.get(entry.verb, ()) if entry.public else ()
    people = told(case) if channels else []
    found = (
        _notice(case, entry, user, channel) for channel in channels for user in people if _wanted(entry, user, channel)
    )
    notices = [notice for notice in found if notice]
    if notices:
        Notice.objects.bulk_create(notices)
        transaction.on_commit(ring_deliver)
    return notices


def _wanted(entry: Entry, user: User, channel: str) -> bool:
    """Where one message is enough, the SMS is for those without an e-mail address."""
    return channel == MAIL or entry.verb not in ONE_IS_ENOUGH or not user.email


def tell(
    template: str, *, key: str, channel: str, address: str, language: str = "zh-hans",
    recipient: User | None = None, context: dict[str, Any] | None = None, entry: Entry | None = None,
) -> Notice:  # fmt: skip
    """A notice that no verb writes by itself (a sign-in code, a mail to staff). The same key again changes nothing.

    `context` goes to the template; with "minutes" in it the notice is worth nothing later than that.
    """
    notice, made = Notice.objects.get_or_create(
        key=key,
        defaults={
            "template": template, "channel": channel, "address": address, "language": language,
            "recipient": recipient, "context": json.dumps(context or {}, ensure_ascii=False), "entry": entry,
        },
    )  # fmt: skip
    if made:
        transaction.on_commit(ring_deliver)
    return notice


def escalate(case: Case, entry: Entry, group: str) -> None:
    """Mail everybody in `group` that this case is late, in the transaction of its entry."""
    ask_group(case, entry, group, ESCALATED)


def ask_group(case: Case, entry: Entry, group: str, template: str) -> None:
    """Mail everybody in `group` that something waits for one of them, in the transaction of its entry."""
    for user in User.objects.filter(groups__name=group, is_active=True).exclude(email=""):
        tell(
            template, key=f"{case.ref}:{entry.seq}:{user.pk}:{template}", channel=MAIL, address=user.email,
            language=user.language, recipient=user, entry=entry,
        )  # fmt: skip


def told(case: Case) -> list[User]:
    """Who acts for the merchant: owners, legal representatives, handlers."""
    roles = (Membership.Role.OWNER, Membership.Role.LEGAL_REPRESENTATIVE, Membership.Role.HANDLER)
    return list(
        User.objects.filter(
            memberships__merchant=case.merchant_id,
            memberships__active=True,
            memberships__role__in=roles,
            is_active=True,
        ).distinct()
    )


def template_of(verb: str) -> str:
    """The folder below templates/emails/ of an entry's verb: "fact:reminded" → "reminded"."""
    return verb.removeprefix("fact:")


def _template(entry: Entry) -> str:
    """Of an entry; a draft that nobody went on with ends in other words than one that was withdrawn."""
    forgotten = entry.verb == "withdraw" and entry.role == Who.SYSTEM
    return "draft_ended" if forgotten else template_of(entry.verb)


def ring_deliver() -> None:
    ring("onboarding.deliver")


def _notice(case: Case, entry: Entry, user: User, channel: str) -> Notice | None:
    address = user.email if channel == MAIL else user.mobile
    if not address:
        return None
    return Notice(
        key=f"{case.ref}:{entry.seq}:{user.pk}:{channel}", template=_template(entry), recipient=user,
        address=address, language=user.language, channel=channel, entry=entry,
    )  # fmt: skip
