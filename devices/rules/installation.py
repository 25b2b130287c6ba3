"""What is missing at the shop before an installation is complete: the technician's list and the case's are one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from onboarding.rules import Facts, Requirement, Who, rule

PHOTOS_NEEDED = ("door", "counter", "interior", "plate")
AGAIN = _("Without it the technician has to come again.")


@dataclasses.dataclass(frozen=True, slots=True)
class InstallationFacts:
    """The newest visit of the present attempt, and the terminals of the rollout."""

    visit: str = ""  # its state; empty: none booked
    terminals: int = 0
    verified: int = 0  # serials read from the device
    unticked: int = 0  # items of the checklist
    photos: frozenset[str] = frozenset()  # kinds
    untested: int = 0  # tests without a result
    training_note: bool = False
    signed: bool = False
    without_numbers: int = 0  # terminals that the acquirer has not answered for


def missing_at_the_shop(at: InstallationFacts) -> Iterator[Requirement]:
    """In the order of the visit page; `field` names its section there."""
    yield from _missing_arrival(at)
    yield from _missing_proofs(at)
    yield from _missing_handover(at)


def _missing_arrival(at: InstallationFacts) -> Iterator[Requirement]:
    if at.visit == "planned":
        yield _todo("check_in", _("Check in at the shop."))
    if (left := at.terminals - at.verified) > 0:
        words = ngettext_lazy(
            "Check the serial number of %(n)s terminal.", "Check the serial numbers of %(n)s terminals.", "n"
        )
        yield _todo("serial", words % {"n": left})
    if at.unticked:
        words = ngettext_lazy("Tick %(n)s point of the checklist.", "Tick %(n)s points of the checklist.", "n")
        yield _todo("checklist", words % {"n": at.unticked})


def _missing_proofs(at: InstallationFacts) -> Iterator[Requirement]:
    if left := len(set(PHOTOS_NEEDED) - at.photos):
        yield _todo("photos", ngettext_lazy("Take %(n)s more photo.", "Take %(n)s more photos.", "n") % {"n": left})
    if at.untested:
        words = ngettext_lazy("Do %(n)s more test.", "Do %(n)s more tests.", "n")
        yield _todo("tests", words % {"n": at.untested})


def _missing_handover(at: InstallationFacts) -> Iterator[Requirement]:
    if not at.training_note:
        yield _todo("training", _("Note who was shown how to use it."))
    if not at.signed:
        yield _todo("signature", _("Let the merchant sign."))
    if at.without_numbers:
        yield Requirement(
            "numbers", Who.SYSTEM, _("The acquirer has not given the terminal its number yet. We keep asking."),
            page="warehouse",
        )  # fmt: skip


def _todo(code: str, sentence: object) -> Requirement:
    return Requirement(code, Who.TECHNICIAN, sentence, page="field", field=code, consequence=AGAIN)


@rule("complete_installation")
def visit_is_complete(facts: Facts) -> Iterator[Requirement]:
    at = facts.of(InstallationFacts)
    if at.visit == "completed":
        return
    if at.visit in ("", "failed"):
        yield Requirement(
            "book_visit", Who.DISPATCHER, _("Book a visit: a technician and a time window."), page="dispatch"
        )
        return
    found = list(missing_at_the_shop(at))
    yield from found
    if not found:
        yield _todo("complete", _("Finish the visit."))
