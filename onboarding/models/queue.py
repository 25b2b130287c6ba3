"""Who works on which case now: counts of the queue, who has a case open, what became of one's cases."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from portal.crypto import EncryptedTextField


class Tally(models.Model):
    """A change of the number of cases in one state with one holder. Only ever added to; a sweep folds many into one.

    How many cases there are is the sum. A row per counter would make every move wait for the one before it.
    """

    state = models.CharField(max_length=32)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False)
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.state} {self.change:+d}"


class Presence(models.Model):
    """A colleague has the page of a case open. Written by the page itself, every few seconds."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences", verbose_name=_("case"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who"))
    seen_at = models.DateTimeField(_("page open at"), default=timezone.now)
    active_at = models.DateTimeField(_("last key or click"), default=timezone.now)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_presence_per_case_and_user")]

    def __str__(self) -> str:
        return f"#{self.case_id} {self.seen_at:%T}"


class Word(models.Model):
    """What a reviewer is told on their next page: a case was given to them, taken from them, or went back by itself."""

    class What(models.TextChoices):
        GIVEN = "given", _("Given to you")
        TAKEN = "taken", _("Given to a colleague")
        IDLE = "idle", _("Back in the queue")

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name=_("case"))
    what = models.CharField(_("what"), max_length=8, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("by"), db_index=False
    )
    reason = EncryptedTextField(_("reason"), context="onboarding.Word.reason", blank=True, default="")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("word to a reviewer")
        verbose_name_plural = _("words to reviewers")
        indexes = [models.Index(fields=["to", "id"], name="word_unread", condition=models.Q(read_at=None))]

    def __str__(self) -> str:
        return f"{self.what} #{self.pk}"


class RegisterAnswer(models.Model):
    """What the business register said about a case in one round: shown beside what the merchant typed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="register_answers", verbose_name=_("case"))
    round = models.PositiveSmallIntegerField(_("round"))
    answer = EncryptedTextField(
        _("answer"), context="onboarding.RegisterAnswer.answer"
    )  # JSON, see screening/register_answer.py
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("answer of the register")
        verbose_name_plural = _("answers of the register")
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_register_answer_per_round")]

    def __str__(self) -> str:
        return f"#{self.case_id} ({self.round})"
