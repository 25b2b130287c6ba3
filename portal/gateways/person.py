"""The real-name check: do this name and this number belong together? A hard gate: no answer blocks approval."""

import re
from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Askable, Reply, personal, surname, tail
from portal.gateways.http import HttpGateway
from portal.gateways.simulator import Simulator

WELL_FORMED = re.compile(r"[0-9A-Z]{5,20}")


class Match(TextChoices):
    MATCH = "match", _("name and number belong together")
    MISMATCH = "mismatch", _("name and number do not belong together")
    NO_ANSWER = "no_answer", _("the authority gave no answer")


@dataclass(frozen=True, slots=True)
class PersonQuery:
    name: str = personal(surname)  # as typed
    number: str = personal(tail)  # identity document, normalised
    mobile: str = personal(tail, default="")  # "" asks about name and number only


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    result: Match
    receipt: str  # the authority's own number of this check


class PersonCheck(Askable, Protocol):
    def check(self, client_ref: str, query: PersonQuery) -> Reply[PersonAnswer]:
        """One check; it costs money, so a repeated client_ref is the same check."""
        ...


class HttpPersonCheck(HttpGateway):
    def check(self, client_ref: str, query: PersonQuery) -> Reply[PersonAnswer]:
        return self.post("persons", client_ref, query, PersonAnswer)


class SimulatedPersonCheck(Simulator):
    """Finds every well-formed pair matching, unless it was taught otherwise: {"result": …} or {"name": …}."""

    name = "person"
    outcomes = {"mismatch": _("finds a mismatch"), "no_answer": _("gives no answer")}

    def check(self, client_ref: str, query: PersonQuery) -> Reply[PersonAnswer]:
        def act(outcome: str) -> PersonAnswer:
            result = Match(outcome) if outcome in Match.values else self._result(query)
            return PersonAnswer(result, f"simulated-{client_ref}")

        return self.once("check", client_ref, query, PersonAnswer, act)

    def _result(self, query: PersonQuery) -> Match:
        taught = self.known(query.number) or {}
        if not query.name.strip() or not WELL_FORMED.fullmatch(query.number):
            return Match.NO_ANSWER
        if taught.get("name", query.name) != query.name:
            return Match.MISMATCH
        return Match(taught.get("result", Match.MATCH))


ADAPTERS = {"simulator": SimulatedPersonCheck, "http": HttpPersonCheck}
