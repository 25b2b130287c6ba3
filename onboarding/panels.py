"""What other apps show on a case page: devices and support enrol panels, onboarding never knows them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

Shower = Callable[[Any, Any], Mapping[str, Any] | None]  # (case, user) -> context of the template, None hides it


@dataclasses.dataclass(frozen=True, slots=True)
class Panel:
    """One block of a case page. `audience` is "merchant" or "staff"."""

    name: str
    template: str
    audience: str
    show: Shower
    order: int


_panels: dict[str, Panel] = {}


def panel(name: str, template: str, *, audience: str, order: int = 100) -> Callable[[Shower], Shower]:
    """Enrol a panel in `<app>/panels.py`."""

    def enrol(show: Shower) -> Shower:
        _panels[f"{audience}:{name}"] = Panel(name, template, audience, show, order)
        return show

    return enrol


def shown(case: Any, user: Any, audience: str) -> list[tuple[Panel, Mapping[str, Any]]]:
    """The panels of this audience that have something to say, in order."""
    mine = sorted((one for one in _panels.values() if one.audience == audience), key=lambda one: one.order)
    return [(one, context) for one in mine if (context := one.show(case, user)) is not None]
