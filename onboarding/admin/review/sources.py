"""What papers and register say about the fields of a case, gathered for the table of typed values."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onboarding.admin.review.papers import Paper
from onboarding.admin.review.typed import Group, Row, Sources
from onboarding.models import Case
from onboarding.screening import register_answer
from onboarding.screening.register_answer import Registered
from portal.words import money


def sources(case: Case, papers: list[Paper], *, persons: bool) -> Sources:
    """One query. Nothing about persons for readers who may not see them."""
    registered = register_answer.kept(case)
    if registered is None:
        return Sources()
    fields = {name: value for name, value in registered.fields.items() if persons or not name.startswith("person.")}
    return Sources(register=fields, more=(Group(_("Business register"), _more(registered)),))


def _more(registered: Registered) -> list[Row]:
    capital = money(registered.capital_fen) if registered.capital_fen is not None else "—"
    return [Row(_("Status"), registered.status or "—"), Row(_("Registered capital"), capital)]
