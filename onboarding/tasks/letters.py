"""A notice in words: which templates, in which language, and what a merchant may know of the case at that moment."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from onboarding.documents.items import Remark, public_reasons, told
from onboarding.documents.naming import labels
from onboarding.facts.identity import open_returns
from onboarding.flow import State, public_state
from onboarding.models import Appeal, Case, Condition, ConditionKind, Entry, Notice, Reason, Return
from onboarding.notices import ESCALATED
from onboarding.pages import FORWARD, merchants_turn
from onboarding.rules import readable
from onboarding.services import missing
from onboarding.words import pick
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
    more = {} if moved and not staff else _of_template(notice.template, case)
    return {**known, **_of_case(case), **_of_fact(notice.entry), **more, "moved": moved, **staff}


def _of_template(template: str, case: Case) -> dict[str, Any]:
    """What a returned merchant has to mend, or what an approval was made to depend on."""
    opinion, _underline, step = template.partition("_")
    if opinion == "return":
        return returned(open_returns(case, step))
    if opinion in ("approve", "confirm"):
        rows = Condition.objects.filter(case=case).open().select_related("kind").order_by("due_on", "pk")
        return {"promises": [_promise(row.kind, row.due_on) for row in rows]}
    return {}


def returned(rows: list[Return]) -> dict[str, Any]:
    """The part of a return's mail about these marks, sent or not. The list of what is missing would say it twice."""
    if not rows:  # mended meanwhile: then what is missing is all there is to say
        return {}
    names = labels([row.item for row in rows])
    return {"remarks": [Marked(names[item], remark) for item, remark in told(rows).items()], "todo": []}


@dataclasses.dataclass(frozen=True, slots=True)
class Marked:
    """A returned item by its name, with what was said at it."""

    label: str
    said: Remark


def preview(case: Case, template: str, rows: list[Return], due: datetime | None) -> dict[str, Any]:
    """What a return's mail and SMS would get if it was sent now, with the promise `due`."""
    state = State.APPLICATION_RETURNED if template.endswith("application") else State.IDENTITY_RETURNED
    now = {"yours": True, "ended": False, "live": False, "label": state.label, "due": due, "moved": False}
    known = {"site_url": settings.SITE_URL, "ref": case.ref, "name": str(case.merchant), "provisional": False}
    url = settings.SITE_URL.rstrip("/") + case.get_absolute_url()
    return {**known, **now, **returned(rows), "url": url}


def _promise(kind: ConditionKind, due_on: date) -> dict[str, Any]:
    return {"sentence": pick(kind, "sentence"), "consequence": pick(kind, "consequence"), "due_on": due_on}


def _of_fact(entry: Entry) -> dict[str, Any]:
    """What a fact carries that its words need: the hours of a visit, an amount in fen."""
    moments = {one: entry.data[one] for one in ("starts_at", "ends_at") if entry.data.get(one)}
    known: dict[str, Any] = {one: datetime.fromisoformat(written) for one, written in moments.items()}
    known |= {"amount_fen": entry.data["amount_fen"]} if "amount_fen" in entry.data else {}
    if code := entry.data.get("condition"):
        kind = ConditionKind.objects.get(pk=code)
        known["promise"] = _promise(kind, date.fromisoformat(entry.data["due_on"]))
    if entry.verb in ("fact:appealed", "fact:appeal_upheld"):
        known |= _of_appeal(entry)
    return known


def _of_appeal(entry: Entry) -> dict[str, Any]:
    """Until when we answer, and the public sentence of the answer once there is one."""
    reasons = Reason.objects.filter(code=entry.data.get("reason", ""))
    due = Appeal.objects.filter(case=entry.case_id).values_list("due_at", flat=True).first()
    return {"answer_by": due, "why": next(iter(public_reasons(reasons).values()), None)}


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
