"""Promises that may be asked for (people edit them), and what was asked, opined and appealed (people look at them)."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly, Table
from onboarding.models import Appeal, Condition, ConditionKind, Opinion


@admin.register(ConditionKind)
class ConditionKindAdmin(Table):
    """Sentences of both languages, what keeps the promise, and how long it may take."""

    list_display = ("code", "step", "sentence_zh", "document", "days", "most_days")
    ordering = ("code",)


@admin.register(Condition)
class ConditionAdmin(ReadOnly):
    """The most urgent first; the page of the case is where they are judged."""

    list_display = ("case", "kind", "due_on", "agreed_at", "handed_in_at", "kept_at", "broken_at", "void_at")
    list_filter = ("kind",)
    list_select_related = ("case", "kind")
    search_fields = ("case__ref__exact",)
    ordering = ("due_on", "id")
    nothing = _("A promise comes here when a reviewer approves on condition.")
    exclude = ("set_by",)


@admin.register(Appeal)
class AppealAdmin(ReadOnly):
    """What waits for an answer first; the page of the case is where it is decided, and where its words stand."""

    list_display = ("case", "made_at", "due_at", "outcome", "decided_at", "decided_by")
    list_filter = ("outcome",)
    list_select_related = ("case", "decided_by")
    search_fields = ("case__ref__exact",)
    ordering = ("outcome", "due_at", "id")
    nothing = _("A merchant whose case is rejected may ask for one reconsideration. It comes here.")
    exclude = ("text",)


@admin.register(Opinion)
class OpinionAdmin(ReadOnly):
    """For the auditor: a reviewer reads them on the page of a case, once they may."""

    list_display = ("case", "step", "round", "verdict", "by", "at")
    list_filter = ("verdict", "step")
    list_select_related = ("case", "by")
    search_fields = ("case__ref__exact",)
    ordering = ("-id",)
    nothing = _("Opinions come here when two reviewers look at a case.")
    exclude = ("note",)
