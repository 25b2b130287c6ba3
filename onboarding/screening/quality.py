"""Photographs that are hard to read: what the examination of each upload said, and who kept one in spite of a doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Document, DocumentKind, Examination, Step
from onboarding.rules.papers import asks_at
from onboarding.screening import extracts
from onboarding.screening.registry import Outcome, check


@check("quality", Step.IDENTITY, _("Quality of the photographs"))
def quality(case: Case) -> Outcome:
    return Outcome.of(*_findings(case, Step.IDENTITY))


@check("shop_quality", Step.APPLICATION, _("Quality of the photographs"))
def shop_quality(case: Case) -> Outcome:
    return Outcome.of(*_findings(case, Step.APPLICATION))


def _findings(case: Case, step: Step) -> Iterator[dict[str, Any]]:
    """photo_doubtful and photo_kept {kind, why} (kept anyway by the merchant), photo_not_examined {kind}."""
    groups = dict(DocumentKind.objects.values_list("code", "group"))
    kinds = [code for code, group in groups.items() if asks_at(step, code, group)]
    for document in extracts.documents(case, kinds):
        if extracts.standing(document) == Examination.Result.FAILED:
            yield {"code": "photo_not_examined", "params": {"kind": document.kind}}
        else:
            yield from _of(document)


def _of(document: Document) -> Iterator[dict[str, Any]]:
    row: Examination = document.examination
    code = "photo_kept" if row.kept_anyway_at else "photo_doubtful"
    for why in dict.fromkeys(str(one["code"]) for one in row.findings):
        yield {"code": code, "params": {"kind": document.kind, "why": why}}
