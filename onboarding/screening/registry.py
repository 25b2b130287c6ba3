"""Which checks there are, and what one answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from onboarding.models import Case, Check, Step

Result = Check.Result


class NoAnswer(Exception):
    """The outside party did not answer: the check is run again later, and ends as "no answer" when that never helps."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found. `findings` are codes with parameters, never personal values."""

    result: Result
    findings: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, *findings: dict[str, Any], result: Result = Result.WARNING) -> Outcome:
        """Passed without findings, else `result`."""
        return cls(result if findings else Result.PASSED, findings)


@dataclasses.dataclass(frozen=True, slots=True)
class One:
    """An enrolled check. `label` is shown to reviewers; a hard gate must pass before approval."""

    name: str
    step: Step
    label: Any
    run: Callable[[Case], Outcome]
    hard: bool = False


CHECKS: dict[str, One] = {}
Run = Callable[[Case], Outcome]


def check(name: str, step: Step, label: Any, *, hard: bool = False) -> Callable[[Run], Run]:
    """Enrol a check; `name` is its module's name."""

    def enrol(run: Run) -> Run:
        CHECKS[name] = One(name, step, label, run, hard)
        return run

    return enrol


def checks_of(step: Step) -> list[One]:
    """The checks of a step, in the order of their enrolment."""
    return [one for one in CHECKS.values() if one.step == step]
