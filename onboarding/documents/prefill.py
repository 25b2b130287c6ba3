"""Offering in a form what was read on the papers: never silently, never over what somebody typed.

An empty field gets the value, with how sure the machine is and a request to compare; a field that says something else
keeps it and names what the paper seems to say. Nothing is saved here: that is the merchant's button.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from onboarding.facts.read import Read, read_values
from onboarding.formats import text
from onboarding.models import Case, Page
from onboarding.reading.texts import LONG_TERM

SURE: Final = (  # from which share on, class and words of templates/kaitong/field.html
    (0.9, "high", _("Read: sure")),
    (0.7, "mid", _("Read: fairly sure")),
    (0.0, "low", _("Read: not sure")),
)
SOURCES: Final = {
    "business_licence": _("Read from your licence. Please compare."),
    "registration_certificate": _("Read from your certificate. Please compare."),
    "bank_card": _("Read from your bank card. Please compare."),
    "basic_account_proof": _("Read from your account paper. Please compare."),
    "general_account_proof": _("Read from your account paper. Please compare."),
}
OTHER_SOURCE: Final = _("Read from your identity document. Please compare.")


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What a form field may be offered: the fields of `facts.read` that hold it, the first that was read counts.

    `convert` brings the value into the field's own words ("" for: rather not); `forever` names the checkbox that
    stands for a validity without end.
    """

    reads: tuple[str, ...]
    convert: Callable[[str], str] = str
    forever: str = ""


@dataclasses.dataclass(slots=True)
class Offers:
    """What a page tells about it: how many values were filled in, and the pages of paper with their boxes."""

    filled: int = 0
    boxes: dict[tuple[int, int], list[tuple[Any, Read]]] = dataclasses.field(default_factory=dict)

    @property
    def sheets(self) -> list[Sheet]:
        """The pages that values were found on, each with its boxes. One query."""
        documents = {document for document, _number in self.boxes}
        pages = Page.objects.filter(document__in=documents).order_by("document_id", "number") if documents else ()
        return [
            Sheet(page, [_box(label, one, page) for label, one in self.boxes[page.document_id, page.number]])
            for page in pages
            if (page.document_id, page.number) in self.boxes
        ]


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A page and where the values stand on it: label, then left, top, width, height in pixels as it is shown."""

    page: Page
    boxes: list[tuple[Any, int, int, int, int]]


def offer(
    form: forms.Form,
    case: Case,
    wanted: Mapping[str, Wanted],
    *,
    fill: bool = True,
    known: Mapping[str, Read] | None = None,
) -> Offers:
    """Put what was read into the empty fields of a form that was not sent; `fill` off: say it only. Two queries.

    `known`: what was read, where it is about one of several people.
    """
    offers = Offers()
    known = read_values(case) if known is None else known
    for name, want in wanted.items():
        found = next((known[one] for one in want.reads if one in known), None)
        if name in form.fields and found:
            _one(form, name, want, found, offers, fill and not form.is_bound)
    return offers


def _one(form: forms.Form, name: str, want: Wanted, found: Read, offers: Offers, fill: bool) -> None:
    forever = bool(want.forever) and found.value in LONG_TERM
    value = "" if forever else want.convert(found.value)
    if not value and not forever:
        return
    field, there = form.fields[name], _there(form, name, want)
    if fill and not there:
        form.initial[want.forever if forever else name] = forever or value
        offers.filled += 1
    if (fill and not there) or _is_same(there, found.value if forever else value):
        field.sure = _sure(found)  # type: ignore[attr-defined]
    elif there:
        field.sure = {"differs": _now("The paper seems to say: %(value)s") % {"value": value or found.value}}  # type: ignore[attr-defined]
    offers.boxes.setdefault((found.document_id, found.page), []).append((field.label, found))


def _there(form: forms.Form, name: str, want: Wanted) -> str:
    """What stands in the field now; a ticked "long-term" counts as that word."""
    if want.forever and _value(form, want.forever):
        return LONG_TERM[0]
    return str(_value(form, name) or "")


def _value(form: forms.Form, name: str) -> Any:
    """As `form[name].value()`, which would keep the initial value of this moment for good."""
    return form[name].value() if form.is_bound else form.initial.get(name)


def _is_same(there: str, value: str) -> bool:
    return bool(there) and (text.fold(there) == text.fold(value))


def _sure(found: Read) -> dict[str, Any]:
    css, words = next((css, words) for least, css, words in SURE if found.sure >= least)
    return {"class": css, "words": words, "note": SOURCES.get(found.kind, OTHER_SOURCE)}


def _box(label: Any, one: Read, page: Page) -> tuple[Any, int, int, int, int]:
    width, height = page.shown_size
    left, top, right, bottom = one.box
    x, y = round(left * width), round(top * height)
    return label, x, y, max(round(right * width) - x, 1), max(round(bottom * height) - y, 1)
