"""A notice in words: which templates, in which language, and what a merchant may know of the case at that moment."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from onboarding.flow import State, public_state
from onboarding.models import Case, Entry, Notice
from onboarding.notices import ESCALATED
from onboarding.pages import FORWARD, merchants_turn
from onboarding.rules import readable
from onboarding.services import missing
from portal.gateways.mail import Letter
from portal.gateways.sms import Text

GAP = re.compile(r"(?:(?<=[。，；：？、】])|(?<=。</b>)) +")  # a full-width mark brings its own space
MOST_TASKS = 8  # lines of what is missing in one mail
SILENT = (State.SUSPENDED, State.LIVE, State.REJECTED, State.WITHDRAWN, State.CLOSED)  # no promise to a merchant


def letter(notice: Notice) -> Letter:
    """The mail of a notice, always under the same Message-ID."""
    with override(notice.language):
        return Letter(message_id(notice), notice.address, *mail_in_words(notice.template, context(notice)))


def text(notice: Notice) -> Text:
    """The SMS of a notice."""
    with override(notice.language):
        return Text(notice.address, sms_in_words(notice.template, context(notice)))


def mail_in_words(template: str, words: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, plain text and HTML of a mail, in the language that is active."""
    subject = _closed(_plain(template, "subject.txt", words))
    known = {**words, "subject": subject}
    html = str(get_template(f"emails/{template}/body.html").render(known))
    return subject, _plain(template, "body.txt", known), GAP.sub("", html)


def sms_in_words(template: str, words: dict[str, Any]) -> str:
    """An SMS on one line, in the language that is active."""
    return _closed(_plain(template, "sms.txt", words))


def message_id(notice: Notice) -> str:
    """The Message-ID: fixed before the first attempt, so that a repeated mail shows as the same one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{notice.client_ref}@{domain}>"


def context(notice: Notice) -> dict[str, Any]:
    """What the templates get: the notice's own values, and the case as its reader may know it."""
    known: dict[str, Any] = {"site_url": settings.SITE_URL, **json.loads(notice.context)}
    if notice.entry is None:
        return known
    case = notice.entry.case
    staff = {"state": State(case.state).label} if notice.template == ESCALATED else {}
    moved = public_state(notice.entry.target or case.state) != public_state(case.state)
    return {**known, **_of_case(case), **_of_fact(notice.entry), "moved": moved, **staff}


def _of_fact(entry: Entry) -> dict[str, Any]:
    """What a fact carries that its words need: the hours of a visit, an amount in fen."""
    moments = {one: entry.data[one] for one in ("starts_at", "ends_at") if entry.data.get(one)}
    told: dict[str, Any] = {one: datetime.fromisoformat(written) for one, written in moments.items()}
    return told | ({"amount_fen": entry.data["amount_fen"]} if "amount_fen" in entry.data else {})


def _of_case(case: Case) -> dict[str, Any]:
    yours = merchants_turn(case)
    promised = case.state not in SILENT
    return {
        "ref": case.ref,
        "name": str(case.merchant),
        "label": case.public_label,
        "yours": yours,
        "ended": case.has_ended,
        "live": case.state == State.LIVE,
        "todo": _todo(case) if yours else [],
        "due": case.due_at if promised else None,
        "provisional": case.due_provisional,
        "url": settings.SITE_URL.rstrip("/") + case.get_absolute_url(),
    }


def _todo(case: Case) -> list[Any]:
    """What everybody may read of what is missing; never what only staff may."""
    return [one.sentence for one in readable(missing(case, FORWARD[case.state]))][:MOST_TASKS]


def _closed(text: str) -> str:
    """On one line."""
    return GAP.sub("", " ".join(text.split()))


def _plain(template: str, part: str, words: dict[str, Any]) -> str:
    """A template without the escaping that HTML needs."""
    found: Any = get_template(f"emails/{template}/{part}")
    drawn = str(found.template.render(Context(words, autoescape=False))).strip()
    return GAP.sub("", drawn)
