"""What papers and register say about the fields of a case, gathered for the table of typed values."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.admin.review.papers import Box, Paper
from onboarding.admin.review.typed import Group, Row, Sources
from onboarding.facts import read
from onboarding.facts.read import Read
from onboarding.models import Case
from onboarding.screening import register_answer
from onboarding.screening.register_answer import Registered
from portal.words import money

CERTAIN = 0.9  # from here on the reader's doubts are not worth a word


def sources(case: Case, *, persons: bool) -> Sources:
    """Three queries. Nothing about persons and accounts for readers who may not see them."""
    on_papers = {name: (one.value, _place(one)) for name, one in read.read_values(case).items()}
    registered = register_answer.kept(case)
    return Sources(
        read=_allowed(on_papers, persons),
        register=_allowed(registered.fields, persons) if registered else {},
        more=(Group(_("Business register"), _more(registered)),) if registered else (),
    )


def _allowed(values: dict[str, Any], persons: bool) -> dict[str, Any]:
    named = ("merchant.legal_representative",)
    return {
        name: value for name, value in values.items() if persons or name.startswith("merchant.") and name not in named
    }


def _place(one: Read) -> dict[str, Any]:
    sure = None if one.sure >= CERTAIN else round(100 * one.sure)
    return {"sheet": f"{one.document_id}-{one.page}", "sure": sure, "mended": one.mended}


def _more(registered: Registered) -> list[Row]:
    capital = money(registered.capital_fen) if registered.capital_fen is not None else "—"
    return [Row(_("Status"), registered.status or "—"), Row(_("Registered capital"), capital)]


def boxed(case: Case, papers: list[Paper]) -> list[Paper]:
    """The papers with the places at which something was read. No query beyond those of `sources`."""
    boxes: dict[str, list[Box]] = defaultdict(list)
    for one in read.all_values(case):
        left, top, right, bottom = one.box
        boxes[f"{one.document_id}-{one.page}"].append(Box(one.field, left, top, right - left, bottom - top))
    return [
        dataclasses.replace(
            paper, sheets=[dataclasses.replace(one, boxes=tuple(boxes[one.key])) for one in paper.sheets]
        )
        for paper in papers
    ]
