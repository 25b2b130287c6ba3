"""The eight steps as task lists: what is done, what is to do now, what comes later."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from onboarding.flow import STEPS, State, status
from onboarding.models import Case
from onboarding.pages import merchants_turn

S = State


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """One line: `page` is a URL name, `states` are those in which it is the thing to do, `early` those in which it
    may be done already. A page that stays readable afterwards is `kept`."""

    step: int
    page: str
    title: Any
    sentence: Any
    icon: str
    states: tuple[State, ...]
    early: tuple[State, ...] = ()
    kept: bool = True


TASKS = (
    Task(1, "registration", _("Contact and consents"), _("Name, mobile number, kind of business"), "user",
         STEPS[0][1], kept=False),
    Task(2, "identity", _("Business and identity papers"), _("Licence, identity card, pictures of the shop"), "id",
         STEPS[1][1]),
    Task(3, "application", _("Shop, settlement account and plan"), _("Where you sell, where the money goes, the price"),
         "shop", STEPS[2][1][:-1]),
    Task(3, "agreement", _("Agreement"), _("Read it and sign with a code"), "pen", (S.SIGNING,)),
    Task(4, "order", _("Terminal"), _("Choose, pay, and follow the parcel"), "pos", STEPS[3][1]),
    Task(5, "", _("Installation in the shop"), _("The technician installs and tests it with you"), "tool", STEPS[4][1]),
    Task(6, "training", _("Training"), _("One lesson and a short quiz, on any phone"), "book", STEPS[5][1],
         early=(S.DELIVERY, S.INSTALLATION)),
    Task(7, "acceptance", _("Acceptance test"), _("A first payment of every kind, then you are live"), "check",
         STEPS[6][1]),
    Task(8, "tickets", _("Support"), _("Questions, repairs, changes"), "life", STEPS[7][1]),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A step with its lines, each as templates/includes/tasks.html draws it."""

    number: int
    name: Any
    tasks: list[dict[str, Any]]


def sections(case: Case) -> list[Section]:
    """All eight steps; none of a case that has ended."""
    if not case.step:
        return []
    lines = {number: [_line(case, task) for task in TASKS if task.step == number] for number in range(1, 9)}
    return [Section(number, name, lines[number]) for number, (name, _states) in enumerate(STEPS, 1)]


def _line(case: Case, task: Task) -> dict[str, Any]:
    word, tone, is_open = _status(case, task)
    line = {"title": task.title, "sentence": task.sentence, "icon": task.icon, "tag": word, "tag_class": tone}
    return line | {"url": address(case, task.page) if is_open else ""}


def _status(case: Case, task: Task) -> tuple[Any, str, bool]:
    """(word, tone, whether its page is open)."""
    state = case.suspended_from or case.state
    if state in task.states:
        return _now(case)
    if state in task.early:
        return status.MAY_BEGIN.word, status.MAY_BEGIN.tone, True
    if order(state) > order(task.states[-1]):
        return status.DONE.word, status.DONE.tone, task.kept
    return status.NOT_STARTED.word, status.NOT_STARTED.tone, False


def _now(case: Case) -> tuple[Any, str, bool]:
    if case.suspended_from:
        return case.public_label, "warn", False
    if case.state == State.LIVE:
        return _("Open"), "us", True
    if case.state in (State.IDENTITY_RETURNED, State.APPLICATION_RETURNED):
        return status.RETURNED.word, status.RETURNED.tone, True
    turn = status.YOUR_TURN if merchants_turn(case) else status.OUR_TURN
    return turn.word, turn.tone, True


def order(state: str) -> int:
    return list(State).index(State(state))


def address(case: Case, page: str) -> str:
    """The page of a step for this case; nothing while that step has none."""
    for args in ([case.ref], []):
        try:
            return reverse(page, args=args) if page else ""
        except NoReverseMatch:
            continue
    return ""
