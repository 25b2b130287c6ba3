"""Questions of quizzes."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Question


@admin.register(Question)
class QuestionAdmin(Table):
    """Options are shuffled when they are shown; `answer` counts from 0."""

    list_display = ("code", "question_zh", "course")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("code", "question_zh", "question_en")
    ordering = ("code",)
