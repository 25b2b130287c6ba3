"""The same picture in another merchant's case: byte for byte, or so alike that only its size or quality differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Document, DocumentKind, Step
from onboarding.rules.papers import asks_at
from onboarding.screening.registry import Outcome, check

NAMED = 5
ALL_ALIKE = ("id_emblem",)  # every card's emblem side looks the same: only the bytes tell there


@check("photo", Step.IDENTITY, _("Pictures used elsewhere"))
def photo(case: Case) -> Outcome:
    return Outcome.of(*_findings(case, Step.IDENTITY))


@check("shop_photo", Step.APPLICATION, _("Pictures used elsewhere"))
def shop_photo(case: Case) -> Outcome:
    return Outcome.of(*_findings(case, Step.APPLICATION))


def _findings(case: Case, step: Step) -> Iterator[dict[str, Any]]:
    groups = dict(DocumentKind.objects.values_list("code", "group"))
    for document in Document.objects.filter(case=case).current().order_by("pk"):
        if document.kind in groups and asks_at(step, document.kind, groups[document.kind]):
            yield from _elsewhere(document, case)


def _elsewhere(document: Document, case: Case) -> Iterator[dict[str, Any]]:
    alike = Q(sha256=document.sha256)
    if document.perceptual_hash and document.kind not in ALL_ALIKE:
        alike |= Q(perceptual_hash=document.perceptual_hash)
    found = Document.objects.filter(alike).exclude(case__merchant=case.merchant_id)
    refs = list(found.order_by("case__ref").values_list("case__ref", flat=True).distinct()[:NAMED])
    if refs:
        yield {"code": "picture_elsewhere", "params": {"kind": document.kind, "refs": ", ".join(refs)}}
