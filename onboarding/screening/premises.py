"""The shop: are its photographs there and fresh, and does the declared place name a house?

Where they were taken is another check's (`places`); the technician's visit compares the place on site.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Application, Case, Division, Document, DocumentKind, Step, Store
from onboarding.screening.registry import Outcome, Result, check

GROUP = "premises"
NO_PHOTOS = ("premises_proof", "visit_photo")  # a paper, and what the technician brings
FRESH = 180  # days
CLOCK = 1  # day by which a camera set to another zone may be ahead
TOOLS = ("photoshop", "gimp", "pixelmator", "meitu", "美图", "snapseed", "lightroom")


@check("premises", Step.APPLICATION, _("Photographs of the shop"))
def premises(case: Case) -> Outcome:
    """Findings: premises_unknown, premises_no_photo (failed); premises_district_closed, premises_no_house,
    premises_same_photo {kind}, premises_old_photo {kind, days}, premises_future_photo {kind},
    premises_edited_photo {kind} (warnings)."""
    application = Application.objects.select_related("store").filter(case=case).first()
    if application is None or application.store is None or not application.store.division_code:
        return Outcome.of({"code": "premises_unknown"}, result=Result.FAILED)
    kinds = DocumentKind.objects.filter(group=GROUP).exclude(code__in=NO_PHOTOS).values("code")
    photos = list(Document.objects.filter(case=case, kind__in=kinds).current().order_by("pk"))
    if not photos:
        return Outcome.of({"code": "premises_no_photo"}, result=Result.FAILED)
    return Outcome.of(*_place(application.store), *_photos(photos))


def _place(store: Store) -> Iterator[dict[str, Any]]:
    district = Division.objects.filter(code=store.division_code).first()
    if district is None or district.valid_to:
        yield {"code": "premises_district_closed", "params": {}}
    if store.premises == Store.Premises.FIXED and not any(char.isdigit() for char in store.address):
        yield {"code": "premises_no_house", "params": {}}


def _photos(photos: list[Document]) -> Iterator[dict[str, Any]]:
    seen: dict[str, str] = {}
    for photo in photos:
        kind = {"kind": photo.kind}
        if seen.setdefault(photo.sha256, photo.kind) != photo.kind:
            yield {"code": "premises_same_photo", "params": kind}
        if (age := _age(photo)) > FRESH:
            yield {"code": "premises_old_photo", "params": {**kind, "days": age}}
        if age < -CLOCK:
            yield {"code": "premises_future_photo", "params": kind}
        if any(tool in str(photo.capture.get("software", "")).lower() for tool in TOOLS):
            yield {"code": "premises_edited_photo", "params": kind}


def _age(photo: Document) -> int:
    """Days since it was taken, as the file says, negative for days to come; 0 when it says nothing that can be read."""
    try:
        taken = datetime.strptime(str(photo.capture.get("taken", "")), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return 0
    return (timezone.localdate() - taken.date()).days
