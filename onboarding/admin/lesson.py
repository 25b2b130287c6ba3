"""Lessons of courses."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Lesson


@admin.register(Lesson)
class LessonAdmin(Table):
    """One page of a course."""

    list_display = ("title_zh", "title_en", "course", "number", "minutes")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("title_zh", "title_en")
    ordering = ("course", "number")
