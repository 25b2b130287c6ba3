"""What the case page shows to one reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onboarding.cases import appeal, asked, numbers, past, promises, todo
from onboarding.documents.items import Remark, remarks
from onboarding.flow import REVIEWS, TURN, State, public_state
from onboarding.models import Case, Step, User
from onboarding.pages import blocks, merchants_turn, missing_now, need, page_of
from onboarding.rules import Requirement

# What comes next, as (title, sentence) of the card: the heading above it has said already how it stands.
AFTERWARDS: dict[str, tuple[Any, Any]] = {
    State.LIVE: (_("Everything is running"), _("Questions, repairs, changes: ask us whenever you need help.")),
    State.WITHDRAWN: (_("You may start again at any time"), _("What you entered before can be used again.")),
    State.REJECTED: (_("Did we miss something?"), _("You may ask once to have it looked at again.")),
    State.CLOSED: (_("Would you like to take cards again?"), _("Start a new application.")),
    State.CLOSING: (_("There is nothing for you to do now"),
                    _("We collect the terminals, settle what is open and pay the deposit back.")),
    State.SUSPENDED: (_("We have to look at something first"), _("You hear from us. Support stays open to you.")),
}  # fmt: skip
RETURNED: dict[str, Step] = {
    State.IDENTITY_RETURNED: Step.IDENTITY,
    State.APPLICATION_RETURNED: Step.APPLICATION,
}
STANDING: dict[str, Any] = {  # in the heading, after the reader's name
    "identity_checking": _("We are checking your papers."),
    "application_checking": _("We are checking your application."),
    State.DELIVERY: _("We are getting your terminal to you."),
    State.INSTALLATION: _("We come and install your terminal."),
    State.ACCEPTANCE: _("We look over your first payments."),
    State.LIVE: _("You can take payments."),
    State.SUSPENDED: _("It is paused for now."),
    State.CLOSING: _("We are settling everything."),
    State.REJECTED: _("We cannot take this application."),
    State.WITHDRAWN: _("You withdrew this application."),
    State.CLOSED: _("Everything is settled."),
}


def shown(request: HttpRequest, case: Case, user: User, before: int | None) -> dict[str, Any]:
    """The context of onboarding/cases/case.html."""
    sections = todo.sections(case)
    return {
        "case": case,
        "need": card(case, user),
        "heading": heading(case, user),
        "sections": sections,
        "now": next((one for one in sections if one.number == case.step), None),
        "past": past.page(case, user, before),
        "promises": promises.shown(case),
        "appeal": appeal.shown(case, user),
        "choices": asked.choices(case, user),
        "review_url": review_url(case, user),
        "blocks": blocks(request, case, user),
        "staff": user.works_here,
        "numbers": numbers.masked(case, user),
    }


def card(case: Case, user: User) -> dict[str, Any]:
    """The requirement card: the merchant's own words, or for a colleague whose turn it is and what is missing."""
    if user.works_here:
        return _staff_card(case, user)
    told = need(case, user)
    if words := AFTERWARDS.get(case.state):
        shown = {"kind": "us", "title": words[0], "sentence": words[1], "otherwise": "", "who": case.public_label}
        due = {"due": None} if case.has_ended or case.state == State.LIVE else {}
        return told | shown | due | _again(case)
    return told | {"tasks": _with_reasons(case, told["tasks"])} if case.state in RETURNED else told


def _with_reasons(case: Case, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line with what was wrong there: whoever knows it before they go and take the picture takes one less."""
    said = remarks(case, RETURNED[case.state])
    return [task | {"sentence": " ".join([*_reasons(said, task["items"]), task["sentence"]]).strip()} for task in tasks]


def _reasons(said: dict[str, Remark], items: list[str]) -> list[str]:
    """Of each, once."""
    return list(dict.fromkeys(said[item].reason for item in items if item in said and said[item].reason))


def _again(case: Case) -> dict[str, Any]:
    if case.state not in (State.WITHDRAWN, State.CLOSED):
        return {}
    return {"url": reverse("start"), "button": _("Start an application")}


def _staff_card(case: Case, user: User) -> dict[str, Any]:
    missing = missing_now(case, user)
    who = format_lazy("{} {}", _("Whose turn:"), TURN[case.state].label)
    return {
        "kind": "" if merchants_turn(case) else "us",
        "who": who,
        "title": case.get_state_display(),
        "sentence": "" if missing else _("Nothing is missing."),
        "tasks": [_missing_line(one, case) for one in missing],
        "due": case.due_at,
        "due_label": _("Promised by"),
        "split": True,
    }


def _missing_line(one: Requirement, case: Case) -> dict[str, Any]:
    return {"title": one.sentence, "sentence": one.who.label, "url": page_of(one, case)}


def heading(case: Case, user: User) -> Any:
    """Who it is about, and how things stand in one sentence."""
    if user.works_here:
        return str(case.merchant) or case.ref
    name = user.name or case.merchant.contact_name
    standing = (
        _("It is your turn.") if merchants_turn(case) else STANDING.get(public_state(case.state), case.public_label)
    )
    return format_lazy(_("{name}: {standing}"), name=name, standing=standing) if name else standing


def review_url(case: Case, user: User) -> str:
    """The workbench page for those who decide; nothing for others."""
    may = user.is_staff and user.has_perm("onboarding.approve_identity") and case.state in REVIEWS
    try:
        return reverse("admin:onboarding_case_change", args=[case.pk]) if may else ""
    except NoReverseMatch:  # an installation without the workbench
        return ""
