"""What can be marked in a case, by name, with the reasons that fit; and what the merchant will read of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from onboarding.admin.review.typed import label_of
from onboarding.documents.items import told
from onboarding.models import Case, DocumentKind, Reason, Return
from onboarding.services import fitting, markable_fields, markable_kinds, step_under_review
from onboarding.words import pick


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A paper or field of the step under review with the reasons that fit it."""

    item: str
    label: Any
    reasons: list[Reason]


def items(case: Case) -> dict[str, Item]:
    """Everything that has at least one fitting reason, by item."""
    step = step_under_review(case)
    if step is None:
        return {}
    reasons = list(Reason.objects.order_by("pk"))
    papers = [(f"document:{kind.code}", pick(kind, "name"), kind.group) for kind in markable_kinds(case, step)]
    fields = [(f"field:{name}", label_of(name), "") for name in markable_fields(case, step)]
    found = [Item(item, label, fitting(reasons, item, group)) for item, label, group in [*papers, *fields]]
    return {one.item: one for one in found if one.reasons}


def labels(items: Iterable[str]) -> dict[str, str]:
    """Marked or returned items in the reader's words. One query."""
    codes = {item: item.removeprefix("document:") for item in items}
    kinds = DocumentKind.objects.in_bulk(set(codes.values()))
    return {item: pick(kinds[code], "name") if code in kinds else str(label_of(item)) for item, code in codes.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What is read in one language."""

    language: str
    name: str
    remarks: list[dict[str, Any]]  # label, reason, remedy, note


def previews(rows: list[Return]) -> list[Preview]:
    """What the merchant will read at each marked item, in every language of the portal."""
    return [_preview(language, rows) for language, _name in settings.LANGUAGES]


def _preview(language: str, rows: list[Return]) -> Preview:
    with translation.override(language):
        names = labels([row.item for row in rows])
        remarks = [{"label": names[item], **remark} for item, remark in told(rows).items()]
    return Preview(language, translation.get_language_info(language)["name_local"], remarks)
