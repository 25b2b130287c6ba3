"""What the visit page shows: its sections, what is done, and what is still missing."""

from __future__ import annotations

from typing import Any

from devices import services
from devices.flow import VisitState
from devices.installation.forms import (
    CheckInForm,
    ChecklistForm,
    FailForm,
    SerialForm,
    SignForm,
    TestForm,
    TrainingNoteForm,
)
from devices.models import AcceptanceTest, Binding, Terminal, Visit, VisitPhoto
from devices.rules.installation import PHOTOS_NEEDED
from onboarding.models import User

# Which section of the page a requirement belongs to, in the order of the page.
SECTIONS = ("check_in", "serial", "checklist", "photos", "tests", "training", "signature")


def terminals(visit: Visit) -> list[Terminal]:
    rows = Terminal.objects.filter(line__order__rollout=visit.rollout_id).exclude(line__order__state="cancelled")
    return list(rows.select_related("model").order_by("pk"))


def matrix(visit: Visit, devices: list[Terminal], bound: TestForm | None = None) -> list[tuple[Terminal, TestForm]]:
    """Per terminal its form; `bound` stands for the one that was just sent."""
    by_terminal: dict[int, list[AcceptanceTest]] = {}
    for test in AcceptanceTest.objects.filter(rollout=visit.rollout_id):
        by_terminal.setdefault(test.terminal_id, []).append(test)
    forms = {one.pk: TestForm(by_terminal.get(one.pk, []), prefix=f"t{one.pk}") for one in devices}
    if bound is not None and bound.prefix:
        forms[int(str(bound.prefix)[1:])] = bound
    return [(one, forms[one.pk]) for one in devices]


def context(visit: Visit, user: User, **bound: Any) -> dict[str, Any]:
    """`bound`: forms that were sent and are to be shown with their errors, by name of the section."""
    devices = terminals(visit)
    missing = services.missing_of(visit)
    return {
        "visit": visit,
        "mine": visit.technician_id == user.pk,
        "at_shop": visit.state == VisitState.CHECKED_IN and visit.technician_id == user.pk,
        "devices": _devices(visit, devices),
        "matrix": matrix(visit, devices, bound.pop("tests", None)),
        "photos": _photos(visit),
        "missing": missing,
        "css": _css(visit, {one.code for one in missing}),
        "items": list(visit.checklist.all()),
        **_forms(visit, bound),
    }


def _forms(visit: Visit, bound: dict[str, Any]) -> dict[str, Any]:
    ticked = [item.code for item in visit.checklist.all() if item.done_at]
    merchant = visit.rollout.case.merchant
    return {
        "check_in": CheckInForm(),
        "serial": SerialForm(),
        "checklist": ChecklistForm(initial={"done": ticked}),
        "training": TrainingNoteForm(initial={"note": visit.training_note}),
        "signature": SignForm(initial={"signer": visit.signer or merchant.contact_name}),
        "fail": FailForm(),
        **bound,
    }


def _devices(visit: Visit, devices: list[Terminal]) -> list[dict[str, Any]]:
    """Each terminal, whether its number was read, and its numbers at the acquirer."""
    verified = set(visit.serial_checks.values_list("terminal", flat=True))
    bindings = {one.terminal_id: one for one in Binding.objects.filter(terminal__in=devices, ended_at=None)}
    return [{"terminal": one, "verified": one.pk in verified, "binding": bindings.get(one.pk)} for one in devices]


def _photos(visit: Visit) -> list[dict[str, Any]]:
    """One tile per kind, with the newest photo of it."""
    newest = {photo.kind: photo for photo in visit.photos.all()}
    return [{"kind": kind, "label": VisitPhoto.Kind(kind).label, "photo": newest.get(kind)} for kind in PHOTOS_NEEDED]


def _css(visit: Visit, missing: set[str]) -> dict[str, str]:
    """Per section: done, the one to do now, or later."""
    if visit.state in (VisitState.COMPLETED, VisitState.FAILED):
        return dict.fromkeys(SECTIONS, "is-done" if visit.state == VisitState.COMPLETED else "")
    now = next((section for section in SECTIONS if section in missing), "")
    return {section: "is-now" if section == now else "" if section in missing else "is-done" for section in SECTIONS}
