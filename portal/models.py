"""What the simulated outside parties remember (a real installation keeps these tables empty), and forms sent lately.

They stand for other firms' books: nothing of ours refers to them, and our own code reaches them through
`portal.gateways` only.
"""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.crypto import EncryptedTextField


class Gateway(models.TextChoices):
    """The outside parties, by the names of `settings.GATEWAYS`."""

    SMS = "sms", _("Text messages")
    MAIL = "mail", _("E-mail")
    REGISTRY = "registry", _("Business register")
    PERSON = "person", _("Real-name check")
    RISK_LIST = "risk_list", _("Risk list")
    BANK = "bank", _("Bank")
    PAYMENT = "payment", _("Payments")
    COURIER = "courier", _("Courier")
    ACQUIRER = "acquirer", _("Acquirer")
    TMS = "tms", _("Terminal management")
    SIGNING = "signing", _("Signing authority")
    ANTIVIRUS = "antivirus", _("Virus scanner")


class SimulatedMessage(models.Model):
    """A mail, a text message or a line of a bank statement that left the portal and stayed on this machine."""

    class Channel(models.TextChoices):
        SMS = "sms", _("Text message")
        MAIL = "mail", _("E-mail")
        BANK = "bank", _("Bank statement")

    channel = models.CharField(max_length=8, choices=Channel)
    to = EncryptedTextField()
    to_index = models.CharField(max_length=64, db_index=True)  # blind index of the normalised recipient
    subject = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    client_ref = models.CharField(max_length=100)
    message_id = models.CharField(max_length=255)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("simulated message")
        verbose_name_plural = _("simulated messages")
        constraints = [models.UniqueConstraint(fields=["channel", "client_ref"], name="simulated_message_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class SimulatedCall(models.Model):
    """One call to a simulated party. A second one with the same client_ref gets the first one's answer."""

    gateway = models.CharField(max_length=12, choices=Gateway)
    verb = models.CharField(max_length=24)
    client_ref = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)  # keyed digest of the whole request: the same reference, another request?
    request = models.JSONField()  # personal values masked
    answer = models.JSONField()  # {"kind": "answered", "value": {…}} or {"kind": "refused", "reason": …, "detail": …}
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("simulated call")
        verbose_name_plural = _("simulated calls")
        constraints = [models.UniqueConstraint(fields=["gateway", "client_ref"], name="simulated_call_once")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.verb} {self.client_ref}"


class SimulatedRecord(models.Model):
    """What a simulated party knows about somebody: demo data and tests teach it (`gateways.simulator.teach`)."""

    gateway = models.CharField(max_length=12, choices=Gateway)
    key = models.CharField(max_length=64)  # blind index of the number that is asked for
    answer = models.JSONField()

    class Meta:
        verbose_name = _("simulated record")
        verbose_name_plural = _("simulated records")
        constraints = [models.UniqueConstraint(fields=["gateway", "key"], name="simulated_record_once")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.pk}"


class SimulatedNumber(models.Model):
    """The last number that a simulated acquirer gave out under a prefix."""

    prefix = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("simulated number range")
        verbose_name_plural = _("simulated number ranges")

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


def pay_token() -> str:
    """The unguessable part of a payment page's address."""
    return secrets.token_urlsafe(24)


class SimulatedPayment(models.Model):
    """A payment at the simulated payment house; the payer decides on /pay/<token>/."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for the payer")
        PAID = "paid", _("paid")
        REFUSED = "refused", _("refused")

    client_ref = models.CharField(max_length=100, unique=True)
    token = models.CharField(max_length=40, unique=True, default=pay_token)
    amount_fen = models.PositiveBigIntegerField()
    refunded_fen = models.PositiveBigIntegerField(default=0)
    subject = models.CharField(max_length=200)
    return_url = models.CharField(max_length=500)
    notify_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("simulated payment")
        verbose_name_plural = _("simulated payments")
        constraints = [
            models.CheckConstraint(
                name="simulated_refund_within_amount", condition=models.Q(refunded_fen__lte=models.F("amount_fen"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_ref} {self.state}"


class Rehearsal(models.Model):
    """An outcome that a person wants to see: the next `remaining` calls, or every call until `until`."""

    gateway = models.CharField(max_length=12, choices=Gateway)
    outcome = models.CharField(max_length=24)
    remaining = models.PositiveIntegerField(null=True, blank=True)  # calls; None: no limit
    until = models.DateTimeField(null=True, blank=True)  # None: no limit
    by = models.CharField(max_length=150)  # a name, not a key: the user tables lie above this app
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("rehearsed outcome")
        verbose_name_plural = _("rehearsed outcomes")

    def __str__(self) -> str:
        return f"{self.gateway} {self.outcome}"


class SentForm(models.Model):
    """A form that was accepted: the answer for a second send of the same one (portal.once)."""

    key = models.CharField(max_length=64, primary_key=True)
    answer = models.TextField(default="")  # the address that the first answer led to
    at = models.DateTimeField(default=timezone.now, db_index=True)
