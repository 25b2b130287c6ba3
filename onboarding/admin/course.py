"""Courses."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Course, Lesson
from portal import typed


class LessonInline(admin.TabularInline):  # type: ignore[type-arg]  # takes no [ ] at run time
    """The lessons of the course, in order; each opens on its own page."""

    form = typed.ModelForm
    model = Lesson
    fields = ("number", "title_zh", "title_en", "minutes")
    show_change_link = True
    extra = 0
    can_delete = False

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False  # a lesson has a text: it is written on its own page


@admin.register(Course)
class CourseAdmin(Table):
    """What staff of a shop learn."""

    list_display = ("code", "title_zh", "title_en", "valid_months", "pass_score", "quiz_draw", "before_go_live")
    search_fields = ("code", "title_zh", "title_en")
    ordering = ("code",)
    inlines = (LessonInline,)
