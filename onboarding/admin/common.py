"""What the tables of the admin share: never counting a big table, looking without changing, masked numbers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from onboarding.facts.kept import forget
from portal import typed

LIST = ("core.js", "actions.js")
FORM = ("vendor/jquery/jquery.min.js", "jquery.init.js", *LIST, "admin/RelatedObjectLookups.js")
MOST = 2_000  # rows that a list pages through; more are found by filter and search


def _scripts(*names: str) -> Media:
    return Media(js=[f"admin/js/{name}" for name in names])


def _with_media(answer: HttpResponse, names: tuple[str, ...]) -> HttpResponse:
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        answer.context_data["media"] = _scripts(*names)
    return answer


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # takes no [ ] at run time
    """Counts at most MOST rows: the price of a page does not grow with the table."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list  # always a queryset here
        return min(int(rows[: MOST + 1].count()), MOST)


class Table(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table that people edit."""

    form = typed.ModelForm
    show_full_result_count = False
    paginator = BoundedPaginator
    list_per_page = 50
    nothing: Any = ""  # what stands in an empty list: what will come here, and when

    @property
    def media(self) -> Media:
        """The stock scripts without those that make slugs from names: 180 kB that no table of ours has a use for."""
        return _scripts(*FORM)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Headed by what it lists. One that is not there to choose from has nothing for jQuery to do."""
        if IS_POPUP_VAR in request.GET:
            return _with_media(super().changelist_view(request, extra_context), FORM)
        shown = {"title": capfirst(str(self.opts.verbose_name_plural)), **(extra_context or {})}
        return _with_media(super().changelist_view(request, shown), LIST)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who may not look is refused before anything is looked for: the stock page tells them what exists."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


class KeptTable(Table):
    """A table whose rows the process keeps (onboarding.facts.kept)."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """This process reads the table again at once, the others within ten minutes."""
        super().save_model(request, obj, form, change)
        forget()


class ReadOnly(Table):
    """A table that people look at. Nothing here saves."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Nothing here can be filled in, so nothing is needed for it."""
        return _with_media(super().change_view(request, object_id, form_url, extra_context), LIST)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ByRef(ChangeList):
    """Links rows by the case's reference, which says more than a number of ours."""

    def url_for_result(self, result: models.Model) -> str:
        return f"{getattr(result, 'ref', result.pk)}/change/"
