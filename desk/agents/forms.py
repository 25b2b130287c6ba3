"""A case on site: as by phone, and where the shop is."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.phone.forms import NewCaseForm
from onboarding.models import Division, Partner
from onboarding.words import suffix

OUTSIDE = _("Your agency may not bring in merchants of this city. Tell them to call us, or to apply by themselves.")
PROVINCE, CITY = 1, 2


class SiteCaseForm(NewCaseForm):
    """The form of `partner`'s agents: only cities of its regions can be chosen."""

    region = forms.ChoiceField(
        label=_("In which city is the shop?"),
        help_text=_("Only the cities for which your agency is registered."),
        error_messages={"required": _("Choose the city"), "invalid_choice": OUTSIDE},
    )

    def __init__(self, partner: Partner, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [("", _("Choose the city")), *cities(partner)]


def cities(partner: Partner) -> list[tuple[str, list[tuple[str, str]]]]:
    """The cities in the agency's regions, by province; a province without cities stands for itself. One query."""
    in_force = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    rows = list(Division.objects.filter(in_force, level__in=(PROVINCE, CITY)).order_by("code"))
    provinces = {row.code: row for row in rows if row.level == PROVINCE}
    parents = {row.parent for row in rows}
    chosen = [row for row in rows if row.code not in parents and partner.covers(row.code)]
    groups = groupby(chosen, key=lambda row: row.code[:2] + "0000")
    return [(_label(provinces[code]), [(row.code, _label(row)) for row in inside]) for code, inside in groups]


def _label(row: Division) -> str:
    return row.name if suffix() == "zh" else row.name_en or row.name
