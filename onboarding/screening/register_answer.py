"""What the business register said, kept sealed for the reviewer, who compares it with what was typed and read."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

from onboarding.models import Case, RegisterAnswer
from portal.gateways.registry import Company, Found


@dataclasses.dataclass(frozen=True, slots=True)
class Registered:
    """By the names of rules.identity.FIELDS what the register has; "" where it says nothing."""

    fields: dict[str, str]
    status: str  # the register's own word
    capital_fen: int | None


def keep(case: Case, company: Company) -> None:
    """Keep this round's answer; a check that is run again replaces it."""
    told = json.dumps(dataclasses.asdict(company), default=str, ensure_ascii=False)
    RegisterAnswer.objects.update_or_create(case=case, round=case.round, defaults={"answer": told})


def kept(case: Case) -> Registered | None:
    """The newest answer; None when the register was not asked, or knows nothing. One query."""
    row = RegisterAnswer.objects.filter(case=case).order_by("-round").first()
    told: dict[str, Any] = json.loads(row.answer) if row else {}
    if told.get("found") != Found.FOUND:
        return None
    fields = {
        "merchant.name": told["name"],
        "merchant.registered_address": told["address"],
        "merchant.established_on": _day(told["founded"]),
        "merchant.valid_until": _day(told["valid_to"]),
        "person.name": told["legal_representative"],
    }
    return Registered(fields, told["status"], told["capital_fen"])


def _day(iso: str | None) -> str:
    """An ISO date, or nothing."""
    return date.fromisoformat(iso).isoformat() if iso else ""
