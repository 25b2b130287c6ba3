"""Every letter that leaves the house: its name, who reads it, over which channels, and of what it tells."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onboarding.cases import words
from onboarding.models import Notice
from onboarding.notices import ONE_IS_ENOUGH, TOLD, template_of

MAIL, SMS = Notice.Channel.MAIL.value, Notice.Channel.SMS.value
BOTH = (MAIL, SMS)
MERCHANT = _("People who act for a merchant")
ACCOUNT = _("Whoever owns the account")
INVITED = _("Whoever is invited")
OTHER_SIDE = _("The other side of a ticket")
DECIDERS = _("Risk officers and senior reviewers")
STAFF = _("The colleague who takes over")


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """`name` is the folder below templates/emails/; `told` what has happened, in words; `one`: the SMS only where
    there is no e-mail address."""

    name: str
    audience: Any
    told: Any
    channels: tuple[str, ...]
    one: bool = False


OTHERS = (
    Letter("draft_ended", MERCHANT, _("A draft is deleted that nobody went on with"), (MAIL,)),
    Letter("signing_code", MERCHANT, _("A code for signing the agreement"), (SMS,)),
    Letter("export_code", ACCOUNT, _("A code for fetching one's data"), (SMS,)),
    Letter("export_ready", ACCOUNT, _("The copy of one's data is ready"), BOTH, one=True),
    Letter("sign_in_code", ACCOUNT, _("A code for signing in"), BOTH, one=True),
    Letter("email_confirmation", ACCOUNT, _("A code for a new e-mail address"), (MAIL,)),
    Letter("password_reset_key", ACCOUNT, _("A new password is asked for"), (MAIL,)),
    Letter("account_already_exists", ACCOUNT, _("Somebody signs up with an address in use"), (MAIL,)),
    Letter("account_changed", ACCOUNT, _("The way to sign in has changed"), BOTH, one=True),
    Letter("claim_link", INVITED, _("Somebody is asked to act for a merchant"), BOTH, one=True),
    Letter("ticket_opened", OTHER_SIDE, _("A ticket is opened"), BOTH, one=True),
    Letter("ticket_answered", OTHER_SIDE, _("A ticket is answered"), BOTH, one=True),
    Letter("ticket_resolved", OTHER_SIDE, _("A ticket is solved"), BOTH, one=True),
    Letter("ticket_late", STAFF, _("A ticket is past its promise"), BOTH, one=True),
    Letter("appeal_waits", STAFF, _("A rejected merchant asks us to look again"), (MAIL,)),
    Letter("watch_due", DECIDERS, _("Possible watch-list matches fall due"), (MAIL,)),
    Letter("escalated", STAFF, _("A case is past its promise"), (MAIL,)),
)


def letters() -> list[Letter]:
    """All of them, the case's own in the order of the flow."""
    return [*(_of_verb(verb, channels) for verb, channels in TOLD.items()), *OTHERS]


def find(name: str) -> Letter | None:
    return next((one for one in letters() if one.name == name), None)


def _of_verb(verb: str, channels: tuple[str, ...]) -> Letter:
    told = format_lazy("{}", words.for_merchant(verb))
    return Letter(template_of(verb), MERCHANT, told, tuple(str(one) for one in channels), verb in ONE_IS_ENOUGH)
