"""Nobody is approved while it is open whether they are on a watch-list. Only those who decide it may know."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules.registry import Audience, Facts, Requirement, Who, rule


@dataclasses.dataclass(frozen=True, slots=True)
class WatchFacts:
    """Possible matches of the merchant and everybody named: without a verdict, and confirmed."""

    open: int = 0
    confirmed: int = 0


@rule("pass_identity", "approve_identity", "recommend_identity", "confirm_identity")
@rule("pass_application", "approve_application", "recommend_application", "confirm_application")
def nobody_is_listed(facts: Facts) -> Iterator[Requirement]:
    found = facts.of(WatchFacts)
    if found.open:
        sentence = _(
            "It is open whether somebody here is on a watch-list. Say so of every possible match, with a reason."
        )
        yield _required("watch_open", sentence)
    if found.confirmed:
        yield _required("watch_confirmed", _("Somebody here is on a watch-list. Reject the case."))


def _required(code: str, sentence: object) -> Requirement:
    return Requirement(code, Who.REVIEWER, sentence, field="check:watch_list", audience=Audience.REVIEWERS)
