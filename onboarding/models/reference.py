"""Reference tables: divisions, category codes, permits, banks, working calendar, promises, document kinds.

Facts or project policy, loaded from onboarding/data by `manage.py load_reference`; administrators edit them.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Division(models.Model):
    """A province, city or county. Never deleted, only closed by `valid_to`."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=120)
    parent = models.CharField(_("parent"), max_length=6, blank=True, default="", db_index=True)
    level = models.PositiveSmallIntegerField(_("level"))
    basis = models.CharField(_("basis"), max_length=12)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MerchantCategory(models.Model):
    """A merchant category code (MCC)."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=200)
    fee_class = models.CharField(_("fee class"), max_length=12)
    risk = models.CharField(_("risk"), max_length=12)
    permits = models.JSONField(_("permits required"), default=list)
    permits_if = models.JSONField(_("permits asked for"), default=list)
    allow_micro = models.BooleanField(_("open to micro merchants"), default=False)
    cash_like = models.BooleanField(_("cash-like"), default=False)
    status = models.CharField(_("status"), max_length=12, default="active")

    class Meta:
        verbose_name = _("category code")
        verbose_name_plural = _("category codes")

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"


class Permit(models.Model):
    """A trade permit that some categories need."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=200)
    has_expiry = models.BooleanField(_("has an expiry date"), default=False)
    alternative_to = models.CharField(_("instead of"), max_length=40, blank=True, default="")
    condition_zh = models.CharField(_("condition (Chinese)"), max_length=300, blank=True, default="")
    condition_en = models.CharField(_("condition (English)"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")

    def __str__(self) -> str:
        return self.name_zh


class Bank(models.Model):
    """A bank's head office. Not authoritative: an institution imports its own branches."""

    head_cnaps = models.CharField(_("head office (CNAPS)"), max_length=12, primary_key=True)
    cnaps_class = models.CharField(_("bank class"), max_length=3)  # city and rural banks share one
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160)
    kind = models.CharField(_("kind"), max_length=24)
    example = models.BooleanField(_("example only"), default=False)

    class Meta:
        verbose_name = _("bank")
        verbose_name_plural = _("banks")

    def __str__(self) -> str:
        return self.name_zh


class CalendarDay(models.Model):
    """A day of the official calendar: workday, weekend, holiday or a weekend that is worked."""

    date = models.DateField(_("date"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=16)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")

    def __str__(self) -> str:
        return str(self.date)


class Promise(models.Model):
    """How long something may take, when we warn, and to whom it escalates (hours of the named clock)."""

    kind = models.CharField(_("kind"), max_length=12)
    subject = models.CharField(_("subject"), max_length=40)
    tier = models.CharField(_("tier"), max_length=8)
    clock = models.CharField(_("clock"), max_length=10)  # working or calendar
    target_hours = models.PositiveSmallIntegerField(_("target (hours)"))
    warn_at_hours = models.PositiveSmallIntegerField(_("warn at (hours)"))
    escalate_to = models.CharField(_("escalate to"), max_length=24)
    whose_turn = models.CharField(_("whose turn"), max_length=24)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [models.UniqueConstraint(fields=["kind", "subject", "tier"], name="one_promise_per_subject")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.subject}/{self.tier}"


class DocumentKind(models.Model):
    """A kind of paper: who needs it, how many pages, which formats and sizes (the document matrix, DOMAIN 1.2)."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    group = models.CharField(_("group"), max_length=16)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160)
    hint_zh = models.CharField(_("hint (Chinese)"), max_length=400, blank=True, default="")
    hint_en = models.CharField(_("hint (English)"), max_length=400, blank=True, default="")
    max_mb = models.PositiveSmallIntegerField(_("largest file (MB)"), default=10)
    min_pages = models.PositiveSmallIntegerField(_("fewest pages"), default=1)
    max_pages = models.PositiveSmallIntegerField(_("most pages"), default=1)
    min_short_edge = models.PositiveSmallIntegerField(_("shortest edge (pixels)"), default=0)
    formats = models.JSONField(_("formats"), default=list)
    requirement = models.JSONField(_("required by merchant type"), default=dict)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of document")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name_zh
