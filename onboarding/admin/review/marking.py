"""What can be marked in a case, by name, with the reasons that fit; and what the merchant will read of it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from onboarding.documents.naming import label_of, labels
from onboarding.models import Case, Reason, Return
from onboarding.services import fitting, markable_fields, markable_kinds, step_under_review
from onboarding.tasks import letters
from onboarding.words import pick

__all__ = ["Item", "Preview", "items", "labels", "previews"]


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


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What is read in one language: on the page, in the mail, as an SMS."""

    language: str
    name: str
    remarks: list[dict[str, str]]  # label, reason, remedy, note, example
    subject: str
    mail: str
    sms: str


def previews(case: Case, verb: str, rows: list[Return], due: datetime | None) -> list[Preview]:
    """What the merchant will read of these marks, in every language of the portal; `due`: the promise to come."""
    return [_preview(language, case, verb, rows, due) for language, _name in settings.LANGUAGES]


def _preview(language: str, case: Case, verb: str, rows: list[Return], due: datetime | None) -> Preview:
    with translation.override(language):
        words = letters.preview(case, verb, rows, due)
        subject, mail, _html = letters.mail_in_words(verb, words)
        sms = letters.sms_in_words(verb, words)
        remarks = [_spoken(one) for one in words["remarks"]]
    name = translation.get_language_info(language)["name_local"]
    return Preview(language, name, remarks, subject, mail, sms)


def _spoken(marked: letters.Marked) -> dict[str, str]:
    """Said in the language that is active: the page around it may have another."""
    said = marked.said
    told = {"reason": said.reason, "remedy": said.remedy, "note": said.note, "example": said.example}
    return {"label": str(marked.label), **told}
