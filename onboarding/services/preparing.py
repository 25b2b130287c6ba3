"""What a visitor prepared with the guide's checklist: in their session until they register, in the timeline after."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any

from onboarding.models import Case, Entry, MerchantType, User
from onboarding.services.moves import record

KEY = "prepared"  # in the session
FACT = "prepared"


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """`type` of merchant ("" when none was chosen), the other answers, and the codes of the papers they have."""

    type: str = ""
    answers: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    ready: tuple[str, ...] = ()


def remembered(session: Mapping[str, Any]) -> Prepared:
    """What this browser ticked; nothing for a session that holds none, or something else."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept.get("type") not in MerchantType.values:
        return Prepared()
    return Prepared(kept["type"], kept.get("answers") or {}, tuple(kept.get("ready") or ()))


def remember(session: MutableMapping[str, Any], prepared: Prepared) -> None:
    session[KEY] = {"type": prepared.type, "answers": dict(prepared.answers), "ready": list(prepared.ready)}


def hand_over(case: Case, user: User, session: Mapping[str, Any]) -> None:
    """Write what was ticked into the timeline, once, so that every device of the merchant knows it. Codes only."""
    prepared = remembered(session)
    if prepared.ready and not ready(case):
        record(case.pk, FACT, by=user, data={"ready": sorted(prepared.ready)}, public=False)


def ready(case: Case, session: Mapping[str, Any] | None = None) -> Collection[str]:
    """Codes of the papers that the merchant said they have. One query."""
    rows = Entry.objects.filter(case=case, verb=f"fact:{FACT}").values_list("data", flat=True)
    kept = {code for data in rows for code in data.get("ready", ())}
    return kept | set(remembered(session).ready if session is not None else ())
