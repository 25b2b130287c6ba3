"""What a visitor prepared with the guide's checklist: in their session until they register, in the timeline after."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, DocumentKind, Entry, Membership, MerchantType, User
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


def reminded(task: dict[str, Any], kind: DocumentKind | None, ready: Collection[str]) -> dict[str, Any]:
    """A line of a task list: at a paper still to do that they ticked in the guide, it says so."""
    if kind is None or kind.code not in ready or task.get("tag_class") != "turn":
        return task
    return {**task, "sentence": _("You said you have this at hand")}


def ready(case: Case, by: User | None = None, session: Mapping[str, Any] | None = None) -> Collection[str]:
    """Codes of the papers that the merchant said they have; what this browser ticked since, if `by` is one of theirs.

    One query, one more for a browser that ticked something.
    """
    rows = Entry.objects.filter(case=case, verb=f"fact:{FACT}").values_list("data", flat=True)
    kept = {code for data in rows for code in data.get("ready", ())}
    ticked = remembered(session).ready if session else ()
    own = ticked and Membership.objects.filter(user=by, merchant=case.merchant_id, active=True).exists()
    return kept | set(ticked if own else ())
