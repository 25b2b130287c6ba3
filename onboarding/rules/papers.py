"""Papers as rules see them: which ones the matrix asks for, which are there, which were returned. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from onboarding import words
from onboarding.rules.registry import Requirement, Who

# Which step asks for which group of the matrix; a group that stands in neither is not handed in by the merchant.
GROUPS: dict[str, tuple[str, ...]] = {
    "identity": ("licence", "identity", "letter"),
    "application": ("account", "premises", "permit"),
}
# Letters about the account and the shop's name: known only at the application.
APPLICATION_KINDS = ("settlement_letter", "name_explanation")
BROUGHT_BY_OTHERS = ("visit_photo",)  # the technician's


def asks_at(step: str, code: str, group: str) -> bool:
    """Whether the papers of this kind are handed in at `step`."""
    if code in APPLICATION_KINDS:
        return step == "application"
    return group in GROUPS[step] and code not in BROUGHT_BY_OTHERS


def level(requirement: Mapping[str, Any], merchant_type: str, conditions: Collection[str]) -> str:
    """ "required", "conditional" (its condition holds, so it is needed too) or "never", for these true conditions."""
    cell = requirement.get(merchant_type) or {"level": "never"}
    if cell["level"] == "required":
        return "never" if _holds(cell.get("unless"), conditions) else "required"
    if cell["level"] == "conditional" and _holds(cell.get("when"), conditions):
        return "conditional"
    return "never"


def _holds(test: Mapping[str, list[str]] | None, conditions: Collection[str]) -> bool:
    if not test:
        return False
    if "all" in test:
        return all(one in conditions for one in test["all"])
    return any(one in conditions for one in test["any"])


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """A kind of the matrix that this case needs, and how many pages of it are there."""

    code: str
    name_zh: str = ""
    name_en: str = ""
    min_pages: int = 1
    pages: int = 0

    @property
    def there(self) -> bool:
        return self.pages >= self.min_pages


@dataclasses.dataclass(frozen=True, slots=True)
class Returned:
    """An item that was returned and not handed in again yet."""

    item: str  # "document:<kind>" or "field:<name>"
    changed: bool = False  # a new file, or another answer, since it was returned
    reason: str = ""
    name_zh: str = ""
    name_en: str = ""


# A sentence whose name is picked in the language of the moment in which it is shown.
filled: Any = lazy(lambda sentence, named: str(sentence) % {"name": named()}, str)


def absent(papers: Iterable[Paper], page: str, consequence: Any) -> Iterator[Requirement]:
    """One requirement per kind that is not there, or has too few pages; `page` is the URL name of its upload page."""
    for paper in papers:
        if not paper.there:
            sentence = named(_("Upload: %(name)s") if not paper.pages else _("Pages are missing: %(name)s"), paper)
            yield needs(f"paper_{paper.code}", sentence, page, f"document:{paper.code}", consequence)


def unmended(returned: Iterable[Returned], page: str, consequence: Any) -> Iterator[Requirement]:
    """One requirement per returned paper that has not been taken again."""
    for one in returned:
        if one.item.startswith("document:") and not one.changed:
            yield needs(f"returned_{one.item}", named(_("Take it again: %(name)s"), one), page, one.item, consequence)


def needs(code: str, sentence: Any, page: str, field: str, consequence: Any) -> Requirement:
    """A requirement of the merchant's."""
    return Requirement(code, Who.MERCHANT, sentence, page=page, field=field, consequence=consequence)


def named(sentence: Any, row: Paper | Returned) -> Any:
    return filled(sentence, lambda: words.pick(row, "name"))
