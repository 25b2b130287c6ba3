"""Machine checks as a reviewer reads them: findings in words, with a way to the cases and papers they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from onboarding.admin.review.papers import Paper
from onboarding.facts.kept import document_kinds
from onboarding.models import Case, Check
from onboarding.models.case import ALPHABET
from onboarding.screening import CHECKS
from onboarding.screening.words import sentence
from onboarding.services import step_under_review

REF = re.compile(rf"(KT-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})")
RESULT_TAGS = {
    Check.Result.DUE: "us",
    Check.Result.PASSED: "ok",
    Check.Result.WARNING: "warn",
    Check.Result.FAILED: "bad",
    Check.Result.ERROR: "warn",
}


def checks(case: Case, papers: Iterable[Paper] = ()) -> list[dict[str, Any]]:
    """The newest answer of every check, with its findings in words. One query.

    What needs a look comes first, the hard gates before the others.
    """
    rows = Check.objects.filter(case=case, stale=False).order_by("-step", "round", "pk")
    newest = {(row.step, row.name): row for row in rows}
    sheets = {paper.document.kind: paper.sheets[0].key for paper in reversed(list(papers)) if paper.sheets}
    shown = [_check(row, case, sheets) for row in newest.values()]
    return sorted(shown, key=lambda one: (one["row"].result == Check.Result.PASSED, not one["hard"]))


def _check(row: Check, case: Case, sheets: dict[str, str]) -> dict[str, Any]:
    one = CHECKS.get(row.name)
    return {
        "row": row,
        "label": one.label if one else row.name,
        "hard": bool(one and one.hard),
        "tag": RESULT_TAGS[Check.Result(row.result)],
        "findings": [_finding(finding, sheets) for finding in row.findings],
        "again": row.result != Check.Result.DUE and row.step == step_under_review(case) and row.round == case.round,
    }


def _finding(finding: dict[str, Any], sheets: dict[str, str]) -> dict[str, Any]:
    """The sentence, case numbers in it as links, and the sheet that it speaks of ("" for none)."""
    kind = str((finding.get("params") or {}).get("kind", ""))
    return {"sentence": linked(sentence(finding, document_kinds())), "sheet": sheets.get(kind, "")}


def linked(text: str) -> str:
    """Case numbers in a sentence lead to their cases."""
    parts = ((_link(part) if REF.fullmatch(part) else part,) for part in REF.split(text))
    return format_html_join("", "{}", parts)


def _link(ref: str) -> str:
    return format_html('<a href="{}">{}</a>', reverse("admin:onboarding_case_change", args=[ref]), ref)
