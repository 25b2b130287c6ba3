"""What every page about a case shares: fetching it for this reader, the frame around it, and firing a verb from a form.

The steps are strangers to each other; this lies below them all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from onboarding import panels
from onboarding.flow import STEPS, SYSTEM_VERBS, TURN, State, status
from onboarding.models import Case, User
from onboarding.rules import Audience, Requirement, Who, readable
from onboarding.services import Refused, advance, missing


def person(request: HttpRequest) -> User:
    """The signed-in user; views behind `login_required` only."""
    assert isinstance(request.user, User)
    return request.user


def get_case(request: HttpRequest, ref: str) -> Case:
    """The case, if this reader may see it; what exists and what does not answers a stranger alike (404).

    While it is only read, what is asked about it twice is read once (`Case.known`).
    """
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("merchant"), ref=ref.upper())
    return read_only(request, case)


def read_only(request: HttpRequest, case: Case) -> Case:
    """The case with a memory for this one answer, unless something may be written."""
    case.known = {} if request.method in ("GET", "HEAD") else None
    return case


def fire(
    request: HttpRequest,
    case: Case,
    verb: str,
    *,
    said: Any = "",
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> Case | None:
    """Fire `verb` for the signed-in user and say so; a refusal becomes messages, one per sentence, and None."""
    try:
        moved = advance(case.pk, verb, by=person(request), note=note, data=data)
    except Refused as refused:
        for sentence in refusal(refused, person(request)):
            messages.error(request, sentence)
        return None
    if said:
        messages.success(request, said)
    return moved


def refusal(refused: Refused, user: User) -> list[Any]:
    """The sentences of a refusal that this user may read; never an empty list."""
    requirements = getattr(refused, "requirements", None)
    if requirements is None:
        return list(refused.sentences)
    return [one.sentence for one in readable(requirements, *audiences(user))] or [STILL_CHECKING]


STILL_CHECKING = _("We are still checking. You hear from us by the promised date.")


def audiences(user: User) -> tuple[Audience, ...]:
    """Which requirements this user may read beyond everyone's."""
    if not user.works_here:
        return ()
    reviewers = user.is_superuser or user.plays(Who.REVIEWER, Who.SENIOR_REVIEWER, Who.AUDITOR)
    risk = user.is_superuser or user.plays(Who.RISK_OFFICER, Who.AUDITOR)
    return (Audience.STAFF, *([Audience.REVIEWERS] if reviewers else []), *([Audience.RISK] if risk else []))


@dataclasses.dataclass(frozen=True, slots=True)
class RailStep:
    """One of the eight steps as templates/includes/rail.html draws it."""

    name: Any
    word: Any
    css: str


def rail(case: Case) -> list[RailStep]:
    """The eight steps: done, now (your turn or ours), to do."""
    return [_rail_step(case, number, name) for number, (name, _states) in enumerate(STEPS, 1)]


def _rail_step(case: Case, number: int, name: Any) -> RailStep:
    if number < case.step or case.state == State.LIVE:
        return RailStep(name, status.DONE.word, "is-done")
    if number > case.step:
        return RailStep(name, status.NOT_STARTED.word, "is-todo")
    return (
        RailStep(name, status.YOUR_TURN.word, "is-now")
        if merchants_turn(case)
        else RailStep(name, status.OUR_TURN.word, "is-now is-wait")
    )


def merchants_turn(case: Case) -> bool:
    return TURN[case.state] is Who.MERCHANT


# The verb by which each state is left in the good case: its requirements are what is missing now.
FORWARD: dict[str, str] = {
    State.REGISTRATION: "complete_registration",
    State.IDENTITY: "submit_identity",
    State.IDENTITY_RETURNED: "submit_identity",
    State.APPLICATION: "submit_application",
    State.APPLICATION_RETURNED: "submit_application",
    State.SIGNING: "sign_agreement",
    State.ORDERING: "place_order",
    **{state: verbs[-1] for state, verbs in SYSTEM_VERBS.items()},
    State.IDENTITY_REVIEW: "approve_identity",
    State.IDENTITY_SECOND_REVIEW: "confirm_identity",
    State.APPLICATION_REVIEW: "approve_application",
    State.APPLICATION_SECOND_REVIEW: "confirm_application",
    State.CLOSING: "finish_closing",
}


def missing_now(case: Case, user: User) -> list[Requirement]:
    """What is missing before the case can go on, as far as this user may know."""
    verb = FORWARD.get(case.state)
    return readable(missing(case, verb, user), *audiences(user)) if verb else []


def page_of(requirement: Requirement, case: Case) -> str:
    """The address where a requirement is met; empty when it has none of its own."""
    if not requirement.page:
        return ""
    for args in ([case.ref], [case.ref, requirement.field.partition(":")[2]], []):
        try:
            return reverse(requirement.page, args=args)
        except NoReverseMatch:
            continue
    return ""


def need(case: Case, user: User) -> dict[str, Any]:
    """The requirement card (templates/includes/need.html): whose turn, what is missing, until when, what otherwise."""
    card: dict[str, Any] = {"due": case.due_at, "split": True, "title": case.public_label}
    if case.due_provisional:
        card["due_note"] = _("provisional: the official calendar of that year is not out yet")
    if merchants_turn(case):
        return card | _your_turn(case, missing_now(case, user))
    return card | {"kind": "us", "sentence": _our_turn(case), "otherwise": _late(case) if case.due_at else ""}


def _your_turn(case: Case, todo: list[Requirement]) -> dict[str, Any]:
    returned = case.state in (State.IDENTITY_RETURNED, State.APPLICATION_RETURNED)
    first = next((url for one in todo if (url := page_of(one, case))), "") or start_page(case)
    otherwise = next(
        (one.consequence for one in todo if one.consequence),
        _("Your opening date moves. What you entered is kept for 90 days."),
    )
    return {"kind": "bad" if returned else "", "tasks": _tasks(case, todo), "url": first, "otherwise": otherwise}


def _tasks(case: Case, todo: list[Requirement]) -> list[dict[str, Any]]:
    """One line for each page on which something is missing, with the first thing there."""
    pages: dict[str, list[Requirement]] = {}
    for one in todo:
        pages.setdefault(page_of(one, case) or str(one.sentence), []).append(one)
    return [
        {
            "title": group[0].sentence,
            "sentence": _more(len(group) - 1),
            "url": page_of(group[0], case),
            "items": [one.field for one in group],
            **status.YOUR_TURN.tag,
        }
        for group in pages.values()
    ]


def _more(number: int) -> str:
    if not number:
        return ""
    return ngettext("And %(n)s more thing on that page", "And %(n)s more things on that page", number) % {"n": number}


def _our_turn(case: Case) -> Any:
    if case.state == State.LIVE:
        return _("Everything is running. Ask us whenever you need help.")
    return _("There is nothing for you to do now. You hear from us as soon as it is your turn.")


def _late(case: Case) -> Any:
    return _("A manager takes over and you get a new date.")


STEP_PAGES: dict[str, str] = {
    State.REGISTRATION: "registration",
    State.IDENTITY: "identity",
    State.IDENTITY_RETURNED: "identity",
    State.APPLICATION: "application",
    State.APPLICATION_RETURNED: "application",
    State.SIGNING: "agreement",
    State.ORDERING: "order",
    State.DELIVERY: "order",
    State.TRAINING: "training",
    State.LIVE: "tickets",
}


def start_page(case: Case) -> str:
    """Where the reader goes on in the present state; the case page when that step has no page (yet)."""
    name = STEP_PAGES.get(case.state, "")
    for args in ([case.ref], []):
        try:
            return reverse(name, args=args) if name else case.get_absolute_url()
        except NoReverseMatch:
            continue
    return case.get_absolute_url()


def frame(case: Case, user: User, **more: Any) -> dict[str, Any]:
    """The context of templates/onboarding/step.html; `more` is the page's own."""
    return {"case": case, "steps": rail(case), "need": need(case, user), **more}


def blocks(request: HttpRequest, case: Case, user: User) -> list[str]:
    """The panels that the other apps show here, drawn."""
    audience = "staff" if user.works_here else "merchant"
    return [
        render_to_string(panel.template, {**context, "case": case}, request)
        for panel, context in panels.shown(case, user, audience)
    ]
