"""What is missing before a case goes live, and before it is closed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from onboarding.rules import Facts, Requirement, Who, rule


@dataclasses.dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """The test matrix over all terminals of the opening rollout."""

    terminals: int = 0
    red: int = 0  # tests that failed
    open: int = 0  # tests without a result
    without_numbers: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What is still with the merchant, or owed to them, over all rollouts of the case."""

    terminals_out: int = 0
    refunds_open: int = 0


@rule("go_live")
def every_test_is_green(facts: Facts) -> Iterator[Requirement]:
    at = facts.of(AcceptanceFacts)
    if at.red:
        words = ngettext_lazy(
            "%(n)s test failed. Repeat it, or send the technician again.",
            "%(n)s tests failed. Repeat them, or send the technician again.",
            "n",
        )
        yield Requirement("tests_red", Who.TECHNICIAN, words % {"n": at.red}, page="field", field="tests")
    if at.open or not at.terminals:
        yield Requirement(
            "tests_open", Who.TECHNICIAN, _("Do every test on every terminal."), page="field", field="tests"
        )
    if at.without_numbers:
        yield Requirement(
            "numbers", Who.SYSTEM, _("The acquirer has not given the terminal its number yet. We keep asking."),
            page="warehouse",
        )  # fmt: skip


@rule("finish_closing")
def nothing_is_owed(facts: Facts) -> Iterator[Requirement]:
    at = facts.of(ClosingFacts)
    if at.terminals_out:
        words = ngettext_lazy("Take %(n)s terminal back.", "Take %(n)s terminals back.", "n")
        yield Requirement("take_back", Who.WAREHOUSE_CLERK, words % {"n": at.terminals_out}, page="warehouse")
    if at.refunds_open:
        yield Requirement(
            "refund", Who.SYSTEM, _("The refund is on its way. It counts once the money has gone back."),
            page="warehouse",
        )  # fmt: skip
