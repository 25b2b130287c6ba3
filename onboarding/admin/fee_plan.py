"""Price lists: drafts are edited here, published ones are only read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import Table
from onboarding.models import FeePlan, FeeRule
from onboarding.pages import person
from onboarding.services import Refused, draft_of, publish_plan
from portal import typed


class FeeRuleInline(admin.TabularInline):  # type: ignore[type-arg]  # takes no [ ] at run time
    """Prices of the plan; rates in parts per million, money in fen."""

    form = typed.ModelForm
    model = FeeRule
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_draft(obj) and bool(super().has_add_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A price of a draft may go; whoever may change prices may take one out."""
        return self.has_change_permission(request, obj)


def is_draft(plan: FeePlan | None) -> bool:
    return plan is None or plan.status == FeePlan.Status.DRAFT


@admin.register(FeePlan)
class FeePlanAdmin(Table):
    """Draft, published by a second person, superseded."""

    list_display = ("code", "version", "status", "name_zh", "institution", "effective_from", "effective_to")
    list_filter = ("status", "institution")
    list_select_related = ("institution",)
    search_fields = ("code", "name_zh", "name_en")
    ordering = ("code", "-version")
    readonly_fields = ("status",)
    inlines = (FeeRuleInline,)
    actions = ("publish", "new_version")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Publish (by somebody who did not write it)"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[FeePlan]) -> None:
        for plan in chosen:
            try:
                publish_plan(plan.pk, by=person(request), authors=authors(plan))
            except Refused as refused:
                self.message_user(request, f"{plan}: {refused}", messages.ERROR)
                continue
            self.log_change(request, plan, "published")
            self.message_user(request, _("%(plan)s is published.") % {"plan": plan}, messages.SUCCESS)

    @admin.action(description=_("Begin a new version as a draft"), permissions=["change"])
    def new_version(self, request: HttpRequest, chosen: QuerySet[FeePlan]) -> None:
        for plan in chosen:
            draft = draft_of(plan.pk)
            self.log_addition(request, draft, "draft")
            self.message_user(request, _("%(plan)s is a draft now.") % {"plan": draft}, messages.SUCCESS)


def authors(plan: FeePlan) -> set[int]:
    """Ids of those who wrote or changed this version, by the admin's own log."""
    rows = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(FeePlan), object_id=str(plan.pk))
    return set(rows.values_list("user_id", flat=True))
