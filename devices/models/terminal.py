"""The passport of a terminal: what it is, where it has been, and what it is tied to."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from devices.flow import TerminalFlow
from devices.models.errand import Errand
from devices.models.model import DeviceModel
from devices.models.order import OrderLine
from devices.models.rollout import Rollout
from onboarding.models import AppendOnly, SettlementAccount


class Terminal(TerminalFlow):
    """One device. Only the reference of its key's check value is kept (six signs), never a key."""

    serial = models.CharField(_("serial number"), max_length=50, unique=True)  # TUSN, normalised
    model = models.ForeignKey(DeviceModel, models.PROTECT, related_name="terminals", verbose_name=_("model"))
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="terminals", verbose_name=_("order line")
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("held by")
    )
    kcv = models.CharField(_("key check value"), max_length=6, blank=True, default="")
    key_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("keys by")
    )
    key_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("keys checked by"),
    )  # fmt: skip
    key_at = models.DateTimeField(_("keys injected at"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        verbose_name = _("terminal")
        verbose_name_plural = _("terminals")
        indexes = [models.Index(fields=["model", "state", "id"], name="terminal_stock")]
        permissions = [
            ("receive_terminal", "Can receive stock"),
            ("inject_key_terminal", "Can record key injection"),
            ("recover_terminal", "Can take terminals back, wipe and scrap them"),
        ]

    def __str__(self) -> str:
        return self.serial


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise AppendOnly("Movements are only ever added.")


class MovementQuerySet(models.QuerySet["Movement"]):
    update = delete = bulk_update = _refuse


class Movement(models.Model):
    """One change of custody. Append-only."""

    terminal = models.ForeignKey(Terminal, models.PROTECT, related_name="movements", verbose_name=_("terminal"))
    source = models.CharField(_("from"), max_length=16, blank=True)
    target = models.CharField(_("to"), max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    place = models.CharField(_("place"), max_length=300, blank=True, default="")
    seal = models.CharField(_("seal number"), max_length=40, blank=True, default="")
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = MovementQuerySet.as_manager()
    delete = _refuse

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


class Binding(Errand):
    """A serial number tied to its five elements: acquirer, merchant number, owner, settlement account, place.

    The owner is the credit code; of a micro merchant the blind index of the identity number. At most one active
    binding per terminal. `tid` and `mid` come from the acquirer; until then the binding is asked for, not in force.
    """

    terminal = models.ForeignKey(Terminal, models.PROTECT, related_name="bindings", verbose_name=_("terminal"))
    rollout = models.ForeignKey(Rollout, models.PROTECT, related_name="bindings", verbose_name=_("rollout"))
    client_ref = models.CharField(_("reference"), max_length=60, unique=True)
    acquirer_code = models.CharField(_("acquirer code"), max_length=8, blank=True, default="")
    mid = models.CharField(_("merchant number (MID)"), max_length=15, blank=True, default="")
    tid = models.CharField(_("terminal number (TID)"), max_length=8, blank=True, default="")
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True, default="")
    owner_index = models.CharField(max_length=64, blank=True, default="")
    account = models.ForeignKey(
        SettlementAccount, models.PROTECT, null=True, related_name="+", verbose_name=_("settlement account")
    )
    location = models.CharField(_("place"), max_length=340, blank=True, default="")
    binding_no = models.CharField(_("binding number"), max_length=100, blank=True, default="")
    bound_at = models.DateTimeField(_("bound at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    unbound_at = models.DateTimeField(_("acquirer told of the end at"), null=True)
    created_at = models.DateTimeField(_("asked for at"), auto_now_add=True)

    class Meta:
        verbose_name = _("binding")
        verbose_name_plural = _("bindings")
        constraints = [
            models.UniqueConstraint(
                fields=["terminal"], condition=models.Q(ended_at=None), name="one_active_binding_per_terminal"
            )
        ]
        indexes = [models.Index(fields=["next_at"], name="binding_due", condition=models.Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.terminal_id} {self.tid}"
