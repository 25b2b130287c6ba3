"""The outbox as the staff see it: what was sent, what waits, what was given up, and "try again"."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from onboarding.admin.common import Table
from onboarding.models import Notice, User
from onboarding.notices import ring_deliver
from onboarding.rules import Who


@admin.register(Notice)
class NoticeAdmin(Table):
    """Read-only: addresses and words stay out of the list; the one thing to do is to try again."""

    list_display = ("template", "channel", "case_ref", "outcome", "attempts", "due_at", "sent_at", "error")
    list_filter = ("outcome", "channel", "template")
    search_fields = ("template", "outcome", "entry__case__ref")
    search_help_text = _("Template, outcome or case number")
    list_select_related = ("entry__case",)
    ordering = ("-id",)
    actions = ("try_again",)
    fields = (
        "template", "channel", "language", "case_ref", "recipient", "outcome", "attempts", "due_at", "sent_at", "error",
        "created_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("case"))
    def case_ref(self, notice: Notice) -> str:
        return notice.entry.case.ref if notice.entry else "–"

    @admin.action(description=_("Try again"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Notice]) -> None:
        """Due at once, with new attempts; not the first one, so that the fate of an SMS is asked about before."""
        count = chosen.exclude(outcome=Notice.Outcome.SENT).update(
            outcome=Notice.Outcome.DUE, due_at=timezone.now(), attempts=1, error=""
        )
        ring_deliver()
        said = ngettext("%(count)s notice is due again.", "%(count)s notices are due again.", count)
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, said % {"count": count}, level)

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and (user.is_superuser or user.plays(Who.OPERATIONS_MANAGER, Who.SUPPORT_AGENT))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
