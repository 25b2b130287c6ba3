"""The industry's risk list. A hard gate: listed, or no answer, blocks approval; the merchant never learns it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Askable, Reply, personal, surname, tail
from portal.gateways.http import HttpGateway
from portal.gateways.simulator import Simulator


class Listed(TextChoices):
    CLEAR = "clear", _("not listed")
    LISTED = "listed", _("listed")
    NO_ANSWER = "no_answer", _("the list gave no answer")


class Subject(TextChoices):
    COMPANY = "company", _("company")
    PERSON = "person", _("person")


@dataclass(frozen=True, slots=True)
class RiskQuery:
    subject: Subject
    name: str = personal(surname)
    number: str = personal(tail)  # USCC or identity document, normalised


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    result: Listed
    receipt: str
    reason_code: str = ""
    listed_on: date | None = None


class RiskList(Askable, Protocol):
    def check(self, client_ref: str, query: RiskQuery) -> Reply[RiskAnswer]:
        """Whether this company or person is listed today."""
        ...


class HttpRiskList(HttpGateway):
    def check(self, client_ref: str, query: RiskQuery) -> Reply[RiskAnswer]:
        return self.post("risks", client_ref, query, RiskAnswer)


class SimulatedRiskList(Simulator):
    """Lists nobody but those taught to it: {"result": "listed", "reason_code": …, "listed_on": "2026-01-31"}."""

    name = "risk_list"
    outcomes = {"listed": _("lists them"), "no_answer": _("gives no answer")}

    def check(self, client_ref: str, query: RiskQuery) -> Reply[RiskAnswer]:
        def act(outcome: str) -> RiskAnswer:
            taught = self.known(query.number) or {}
            result = outcome if outcome in Listed.values else taught.get("result", Listed.CLEAR)
            if not query.name.strip() or not query.number.isalnum():
                result = Listed.NO_ANSWER
            since = taught.get("listed_on")
            return RiskAnswer(
                Listed(result), f"simulated-{client_ref}", taught.get("reason_code", ""),
                date.fromisoformat(since) if since else None,
            )  # fmt: skip

        return self.once("check", client_ref, query, RiskAnswer, act)


ADAPTERS = {"simulator": SimulatedRiskList, "http": HttpRiskList}
