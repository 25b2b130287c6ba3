"""The document matrix, read: which papers a merchant of this type hands in under these conditions. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

# Which step asks for which group of the matrix; a group that stands in neither is not handed in by the merchant.
GROUPS: dict[str, tuple[str, ...]] = {
    "identity": ("licence", "identity", "letter"),
    "application": ("account", "premises", "permit"),
}
# Letters about the account and the shop's name: known only at the application.
APPLICATION_KINDS = ("settlement_letter", "name_explanation")
BROUGHT_BY_OTHERS = ("visit_photo",)  # the technician's


def asks_at(step: str, code: str, group: str) -> bool:
    """Whether the papers of this kind are handed in at `step`."""
    if code in APPLICATION_KINDS:
        return step == "application"
    return group in GROUPS[step] and code not in BROUGHT_BY_OTHERS


def level(requirement: Mapping[str, Any], merchant_type: str, conditions: Collection[str]) -> str:
    """ "required", "conditional" (its condition holds, so it is needed too) or "never", for these true conditions."""
    cell = requirement.get(merchant_type) or {"level": "never"}
    if cell["level"] == "required":
        return "never" if _holds(cell.get("unless"), conditions) else "required"
    if cell["level"] == "conditional" and _holds(cell.get("when"), conditions):
        return "conditional"
    return "never"


def _holds(test: Mapping[str, list[str]] | None, conditions: Collection[str]) -> bool:
    if not test:
        return False
    if "all" in test:
        return all(one in conditions for one in test["all"])
    return any(one in conditions for one in test["any"])
