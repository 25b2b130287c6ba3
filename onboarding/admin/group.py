"""Roles: to look at. What a role may do is written by named migrations, so that every installation agrees."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth import admin as stock
from django.contrib.auth.models import Group
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.rules import Who

assert stock  # imported first: it registers its own page of groups
admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnly):
    """One role, in words, with what it may do. People get their roles on the page of their account."""

    list_display = ("role", "name")
    ordering = ("pk",)
    fields = readonly_fields = ("role", "may")

    @admin.display(description=_("role"))
    def role(self, group: Group) -> str:
        return str(Who(group.name).label) if group.name in set(Who) else group.name

    @admin.display(description=_("may"))
    def may(self, group: Group) -> SafeString | str:
        rows = group.permissions.select_related("content_type").order_by("content_type__app_label", "codename")
        return format_html_join("", "<div>{}</div>", ((one.name,) for one in rows)) or "—"
