"""The same picture in another merchant's case: byte for byte, or the same to the eye after saving anew,
trimming, turning and mirroring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Document, DocumentKind, Step
from onboarding.rules.papers import asks_at
from onboarding.screening import lookalikes, relations
from onboarding.screening.registry import Outcome, check

ALL_ALIKE = ("id_emblem",)  # every card's emblem side looks the same: only the bytes tell there


@check("photo", Step.IDENTITY, _("Pictures used elsewhere"))
def photo(case: Case) -> Outcome:
    return Outcome.of(*_findings(case, Step.IDENTITY))


@check("shop_photo", Step.APPLICATION, _("Pictures used elsewhere"))
def shop_photo(case: Case) -> Outcome:
    return Outcome.of(*_findings(case, Step.APPLICATION))


def _findings(case: Case, step: Step) -> Iterator[dict[str, Any]]:
    """picture_elsewhere (the same bytes), picture_alike (the same to the eye), each {kind, refs, lawful};
    pictures_waiting: those of some pages cannot be compared yet."""
    if lookalikes.outdated().exists():
        yield {"code": "pictures_waiting", "params": {}}
    groups = dict(DocumentKind.objects.values_list("code", "group"))
    for document in Document.objects.filter(case=case).current().order_by("pk"):
        if document.kind in groups and asks_at(step, document.kind, groups[document.kind]):
            document.case = case
            yield from _elsewhere(document)


def _elsewhere(document: Document) -> Iterator[dict[str, Any]]:
    case = document.case
    same = Document.objects.filter(sha256=document.sha256).exclude(case__merchant=case.merchant_id)
    exact = [one.case for one in same.select_related("case__merchant").order_by("pk")[: relations.NAMED + 1]]
    if exact:
        yield _finding("picture_elsewhere", document, exact)
    if document.kind in ALL_ALIKE:
        return
    known = {one.pk for one in exact}
    if alike := [other.case for other in lookalikes.of(document) if other.case_id not in known]:
        yield _finding("picture_alike", document, alike)


def _finding(code: str, document: Document, others: list[Case]) -> dict[str, Any]:
    lawful = relations.lawful(document.case, others)
    return {"code": code, "params": {"kind": document.kind, **relations.told(others), "lawful": lawful}}
