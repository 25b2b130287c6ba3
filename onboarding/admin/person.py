"""Persons whose identity is checked, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.formats import identity_document, mobile, text
from onboarding.models import Person


@admin.register(Person)
class PersonAdmin(ReadOnly):
    """Names and numbers are masked; they are shown in full on the case, for a reason."""

    list_display = ("masked_name", "role", "merchant", "id_type", "masked_number", "masked_mobile")
    list_filter = ("role", "id_type")
    list_select_related = ("merchant",)
    search_fields = ("merchant__name", "merchant__uscc__exact")
    ordering = ("-id",)
    fields = (
        "merchant", "role", "masked_name", "id_type", "masked_number", "id_valid_from", "id_valid_until",
        "id_long_term", "masked_mobile", "share_ppm",
    )  # fmt: skip

    @admin.display(description=_("name"))
    def masked_name(self, person: Person) -> str:
        return text.mask(person.name)

    @admin.display(description=_("document number"))
    def masked_number(self, person: Person) -> str:
        return identity_document.mask(person.id_number, kind=person.id_type)

    @admin.display(description=_("mobile number"))
    def masked_mobile(self, person: Person) -> str:
        return mobile.mask(person.mobile) if person.mobile else "–"
