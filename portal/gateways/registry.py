"""The business register: who stands behind a unified social credit code (USCC)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Askable, Reply
from portal.gateways.http import HttpGateway
from portal.gateways.simulator import Simulator


class Found(TextChoices):
    FOUND = "found", _("registered")
    NOT_FOUND = "not_found", _("not in the register")
    NO_ANSWER = "no_answer", _("the register gave no answer")


@dataclass(frozen=True, slots=True)
class CompanyQuery:
    uscc: str  # normalised, 18 characters


@dataclass(frozen=True, slots=True)
class Company:
    """What the public register says. Everything but `found` may be empty."""

    found: Found
    name: str = ""
    status: str = ""  # the register's own word: 存续, 注销, 吊销…
    active: bool = False
    legal_representative: str = ""
    address: str = ""
    scope: str = ""
    capital_fen: int | None = None
    founded: date | None = None
    valid_to: date | None = None  # None: without an end


class Registry(Askable, Protocol):
    def look_up(self, client_ref: str, query: CompanyQuery) -> Reply[Company]:
        """What the register holds under this code."""
        ...


class HttpRegistry(HttpGateway):
    def look_up(self, client_ref: str, query: CompanyQuery) -> Reply[Company]:
        return self.post("companies", client_ref, query, Company)


class SimulatedRegistry(Simulator):
    """Knows the companies that were taught to it. About every other code it gives no answer, so that nothing passes
    silently: the reviewer sees a check without an answer and looks for himself."""

    name = "registry"
    outcomes = {
        "not_found": _("does not know the company"),
        "no_answer": _("gives no answer"),
        "deregistered": _("says that the company is deregistered"),
    }

    def look_up(self, client_ref: str, query: CompanyQuery) -> Reply[Company]:
        def act(outcome: str) -> Company:
            if outcome in (Found.NOT_FOUND, Found.NO_ANSWER):
                return Company(Found(outcome))
            return company_of(self.known(query.uscc), deregistered=outcome == "deregistered")

        return self.once("look_up", client_ref, query, Company, act)


def company_of(record: dict[str, Any] | None, deregistered: bool) -> Company:
    """A taught record (`name`, `legal_representative`, `address`, `scope`, `status`) as the register tells it."""
    if record is None and not deregistered:
        return Company(Found.NO_ANSWER)
    words: dict[str, Any] = {"status": "存续", "capital_fen": SMALL_CAPITAL_FEN, **(record or {})}
    if deregistered:
        words["status"] = "注销"
    return Company(
        Found.FOUND,
        name=words.get("name", ""),
        status=words["status"],
        active=words["status"] == "存续",
        legal_representative=words.get("legal_representative", ""),
        address=words.get("address", ""),
        scope=words.get("scope", ""),
        capital_fen=words["capital_fen"],
    )


SMALL_CAPITAL_FEN = 300_000 * 100  # of a company that the simulator was told nothing else about

ADAPTERS = {"simulator": SimulatedRegistry, "http": HttpRegistry}
