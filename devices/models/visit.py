"""A visit at the shop: when, who, what was checked, photographed and tested, and who signed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from devices.flow import VisitFlow
from devices.models.rollout import Rollout
from devices.models.terminal import Terminal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models import User


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User | AnonymousUser) -> VisitQuerySet:
        """A technician sees their own, dispatch, operations and audit see all; for the rest there is nothing."""
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.has_perm("devices.view_visit"):
            return self
        return self.filter(technician=user) if user.has_perm("devices.do_visit") else self.none()


class Visit(VisitFlow):
    """Planned by dispatch, done by one technician."""

    rollout = models.ForeignKey(Rollout, models.PROTECT, related_name="visits", verbose_name=_("rollout"))
    attempt = models.PositiveSmallIntegerField(_("installation attempt"), default=1)
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits", verbose_name=_("technician")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_in_at = models.DateTimeField(_("checked in at"), null=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True)
    accuracy_m = models.PositiveIntegerField(_("accuracy (metres)"), null=True)
    training_note = models.CharField(_("who was shown what"), max_length=300, blank=True, default="")
    signer = models.CharField(_("signed by"), max_length=120, blank=True, default="")
    signature = models.CharField(max_length=120, blank=True, default="")  # drawn; name in the private storage
    signed_at = models.DateTimeField(_("signed at"), null=True)
    completed_at = models.DateTimeField(_("completed at"), null=True)
    failure = models.CharField(_("why it could not be done"), max_length=300, blank=True, default="")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [models.Index(fields=["technician", "state", "starts_at"], name="visit_mine")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="visit_ends_after_start")
        ]
        permissions = [("book_visit", "Can book visits"), ("do_visit", "Can do visits")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SerialCheck(models.Model):
    """The technician has read this terminal's serial number from the device itself."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="serial_checks")
    terminal = models.ForeignKey(Terminal, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "terminal"], name="one_serial_check")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.terminal_id}"


class ChecklistItem(models.Model):
    """What has to be seen or said at the shop."""

    class Code(models.TextChoices):
        PLACE = "place", _("The shop is at the registered address and does the registered business")
        POWER = "power", _("Power and network reach the counter")
        LENDING = "lending", _("Told: never lend, sell or move the terminal, never take cards for others")
        SURCHARGE = "surcharge", _("Told: no extra charge for paying by card")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="checklist")
    code = models.CharField(max_length=12, choices=Code.choices)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["visit", "code"], name="one_item_per_code")]

    def __str__(self) -> str:
        return self.code


class VisitPhoto(models.Model):
    """A photograph of the visit: made anew from its pixels, without metadata, sealed in the private storage."""

    class Kind(models.TextChoices):
        DOOR = "door", pgettext_lazy("photo", "Shop front")
        COUNTER = "counter", pgettext_lazy("photo", "Counter")
        INTERIOR = "interior", pgettext_lazy("photo", "Inside")
        PLATE = "plate", pgettext_lazy("photo", "Serial number plate")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    file = models.CharField(max_length=120)  # name in the private storage
    sha256 = models.CharField(_("digest of what was received"), max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class AcceptanceTest(models.Model):
    """One cell of the matrix: one function of one terminal. The newest result stands; the timeline keeps the rest."""

    class Code(models.TextChoices):
        INSERT = "insert", pgettext_lazy("test", "Insert a card")
        TAP = "tap", pgettext_lazy("test", "Tap a card")
        QR = "qr", pgettext_lazy("test", "Take a QR payment")
        VOID = "void", pgettext_lazy("test", "Void and refund")
        RECEIPT = "receipt", pgettext_lazy("test", "Print the receipt")
        OFFLINE = "offline", pgettext_lazy("test", "Recover after the network was lost")

    class Result(models.TextChoices):
        OK = "ok", pgettext_lazy("test", "Passed")
        FAILED = "failed", pgettext_lazy("test", "Failed")
        NOT_TESTED = "not_tested", pgettext_lazy("test", "Not tested")

    rollout = models.ForeignKey(Rollout, models.CASCADE, related_name="tests")
    terminal = models.ForeignKey(Terminal, models.PROTECT, related_name="tests", verbose_name=_("terminal"))
    code = models.CharField(_("test"), max_length=12, choices=Code.choices)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices, default=Result.NOT_TESTED)
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="tests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("acceptance test")
        verbose_name_plural = _("acceptance tests")
        ordering = ["terminal_id", "id"]
        constraints = [models.UniqueConstraint(fields=["rollout", "terminal", "code"], name="one_result_per_test")]

    def __str__(self) -> str:
        return f"{self.terminal_id} {self.code}: {self.result}"
