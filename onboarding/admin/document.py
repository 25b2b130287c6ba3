"""Papers, to look at: what was received. The original is never served."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    """Facts of the file, and links to its watermarked pages."""

    list_display = ("kind", "case", "part", "round", "status", "media_type", "size", "uploaded_at", "replaced_at")
    list_filter = ("status", "kind")
    list_select_related = ("case",)
    search_fields = ("case__ref", "sha256__exact")
    ordering = ("-id",)
    fields = (
        "case", "kind", "part", "round", "status", "original_name", "media_type", "size", "sha256", "shown_pages",
        "uploaded_by", "uploaded_at", "replaced_at",
    )  # fmt: skip

    @admin.display(description=_("pages"))
    def shown_pages(self, document: Document) -> str:
        numbers = [page.number for page in document.pages.all()]
        links = ((reverse("document_page", args=[document.pk, number]), number) for number in numbers)
        return format_html_join(" ", '<a href="{}">{}</a>', links) or "–"
