"""Courses, attempts and certificates. Text in both languages lies in the columns: courses are data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case


class Course(models.Model):
    """A course that staff of a shop take on a phone."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    valid_months = models.PositiveSmallIntegerField(_("valid (months)"), default=12)
    pass_score = models.PositiveSmallIntegerField(_("pass score (of 100)"), default=80)
    quiz_draw = models.PositiveSmallIntegerField(_("questions drawn"), default=5)
    before_go_live = models.BooleanField(_("needed before go-live"), default=False)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.code


class Lesson(models.Model):
    """A page of a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons", verbose_name=_("course"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    body_zh = models.TextField(_("text (Chinese)"))
    body_en = models.TextField(_("text (English)"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=2)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["course", "number"]

    def __str__(self) -> str:
        return f"{self.course_id}/{self.number}"


class Question(models.Model):
    """A question of a course's quiz; options are shuffled when shown."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="questions", verbose_name=_("course"))
    code = models.SlugField(_("code"), max_length=60, unique=True)
    question_zh = models.CharField(_("question (Chinese)"), max_length=300)
    question_en = models.CharField(_("question (English)"), max_length=300)
    options = models.JSONField(_("options"))  # [{"zh": …, "en": …}]
    answer = models.PositiveSmallIntegerField(_("index of the right option"))
    explanation_zh = models.CharField(_("explanation (Chinese)"), max_length=400)
    explanation_en = models.CharField(_("explanation (English)"), max_length=400)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.code


class Attempt(models.Model):
    """One run through a quiz: which questions were drawn, in which order, what was answered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attempts", verbose_name=_("case"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    learner = models.CharField(_("learner"), max_length=60)
    drawn = models.JSONField(_("questions and order of options"))  # [[question id, [option indexes]]]
    answers = models.JSONField(_("answers"), default=dict)
    score = models.PositiveSmallIntegerField(_("score (of 100)"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Certificate(models.Model):
    """Somebody in the shop has passed a course."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="certificates", verbose_name=_("case"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="certificate")
    learner = models.CharField(_("learner"), max_length=60)
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    valid_until = models.DateField(_("valid until"))

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return f"#{self.pk}"
