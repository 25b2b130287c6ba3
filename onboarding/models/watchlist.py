"""Watch-lists: versions, entries, keys that find them, hits that people decide. Never shown to a merchant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.formats.likeness import Kind, Strength, Way
from onboarding.models.case import Case
from onboarding.models.fields import BlindIndexField
from onboarding.models.merchant import Merchant, Person
from portal.crypto import EncryptedTextField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User

NUMBER = "person_id"  # the purpose of the blind index, that of Person.id_number; a credit code never looks like one


class Leased(models.Model):
    """A row that a worker claims: `onboarding.tasks.claiming`."""

    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)

    class Meta:
        abstract = True


class WatchList(Leased):
    """One version of a list, read from one file. Draft, published by a second person, superseded; never changed."""

    TIME_LIMIT: ClassVar = 600  # seconds a job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)
    MAX_ATTEMPTS: ClassVar = 5

    class Status(models.TextChoices):
        IMPORTING = "importing", _("Being read")
        REFUSED = "refused", _("The file has faults")
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")
        DISCARDED = "discarded", _("Thrown away")

    class Nearness(models.TextChoices):
        ANY = "any", _("One character differs, whichever it is")
        SIMILAR = "similar", _("Only characters that sound or look alike")

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name of the list"), max_length=80)
    source = models.CharField(_("where it comes from"), max_length=120, blank=True, default="")
    nearness = models.CharField(_("near names"), max_length=8, choices=Nearness.choices, default=Nearness.ANY)
    version = models.PositiveIntegerField(_("version"), default=1)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.IMPORTING)
    file = models.CharField(max_length=120, blank=True, default="")  # name in the private storage until it is read
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    faults = models.JSONField(_("faults"), default=list)  # [{"line": 3, "code": …, "params": {…}}], no personal values
    faulty = models.PositiveIntegerField(_("faults in all"), default=0)
    done = models.PositiveIntegerField(_("lines done"), default=0)
    total = models.PositiveIntegerField(_("lines"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)

    class Meta:
        verbose_name = _("watch-list")
        verbose_name_plural = _("watch-lists")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_watchlist_per_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status__in=["importing", "draft"]), name="one_open_watchlist_per_code"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status="published"), name="one_published_watchlist_per_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    @property
    def context(self) -> str:
        """What the file is bound to by its encryption."""
        return f"watchlist:{self.code}:{self.version}"


class WatchEntry(models.Model):
    """Somebody on a list. `since`: the version from which on this entry has stood as it stands here."""

    watchlist = models.ForeignKey(WatchList, models.CASCADE, related_name="entries", verbose_name=_("watch-list"))
    number = models.CharField(_("number in the list"), max_length=40)
    kind = models.CharField(
        pgettext_lazy("of somebody listed", "kind"), max_length=8, choices=[
            (Kind.PERSON.value, pgettext_lazy("on a watch-list", "Person")),
            (Kind.COMPANY.value, pgettext_lazy("on a watch-list", "Business")),
        ],
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    aliases = models.JSONField(_("other names"), default=list)
    reason = models.CharField(_("reason"), max_length=60)
    listed_on = models.DateField(_("listed on"))
    source = models.CharField(_("source"), max_length=120, blank=True, default="")
    since = models.PositiveIntegerField(_("unchanged since version"), default=1)

    class Meta:
        verbose_name = _("watch-list entry")
        verbose_name_plural = _("watch-list entries")
        constraints = [models.UniqueConstraint(fields=["watchlist", "number"], name="one_entry_per_number_of_a_list")]

    def __str__(self) -> str:
        return f"{self.number}"  # never the name: this ends up in logs and admin titles

    @property
    def names(self) -> list[str]:
        """The name, then the other names."""
        return [self.name, *self.aliases]


class WatchIdentifier(models.Model):
    """An identity number or credit code of an entry."""

    entry = models.ForeignKey(WatchEntry, models.CASCADE, related_name="identifiers")
    value = EncryptedTextField(_("number"), context="onboarding.WatchIdentifier.value")
    index = BlindIndexField(source="value", purpose=NUMBER, db_index=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class WatchKey(models.Model):
    """A key by which the name of an entry is found (formats.likeness.keys)."""

    watchlist = models.ForeignKey(WatchList, models.CASCADE, related_name="+", db_index=False)
    entry = models.ForeignKey(WatchEntry, models.CASCADE, related_name="keys")
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "watchlist"], name="watchkey_found")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class WatchHitQuerySet(models.QuerySet["WatchHit"]):
    def visible_to(self, user: User | AnonymousUser) -> WatchHitQuerySet:
        """Reviewers, risk officers, auditors: a merchant, or a colleague who talks to them, never learns of a hit."""
        if user.is_anonymous or not user.is_active or not user.works_here:
            return self.none()
        return self if user.has_perm("onboarding.view_watchhit") else self.none()

    def open(self) -> WatchHitQuerySet:
        return self.filter(verdict=WatchHit.Verdict.OPEN)


class WatchHit(models.Model):
    """Somebody of ours who may be somebody listed, until a person has said whether they are.

    `subject` is "company" or "person:<id>": who it is also after that person was taken out of the form.
    """

    class Verdict(models.TextChoices):
        OPEN = "open", pgettext_lazy("of a hit", "Open")
        CLEARED = "cleared", pgettext_lazy("of a hit", "Somebody else")
        CONFIRMED = "confirmed", pgettext_lazy("of a hit", "Confirmed")

    case = models.ForeignKey(Case, models.PROTECT, related_name="watch_hits", verbose_name=_("case"))
    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="+", verbose_name=_("merchant"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("person"))
    subject = models.CharField(max_length=32)
    role = models.CharField(_("role"), max_length=24, blank=True, default="")
    entry = models.ForeignKey(WatchEntry, models.PROTECT, related_name="hits", verbose_name=_("watch-list entry"))
    code = models.SlugField(max_length=40)  # of the list, with `number` the same entry in every version
    number = models.CharField(max_length=40)
    alias = models.PositiveSmallIntegerField(default=0)  # which of the entry's names
    way = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Way])
    by = models.CharField(max_length=8, blank=True, default="")
    strength = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Strength])
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    opened_at = models.DateTimeField(_("found at"), auto_now_add=True)
    due_at = models.DateTimeField(_("to be decided by"))
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = WatchHitQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible match")
        verbose_name_plural = _("possible matches")
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "subject", "code", "number"], condition=Q(verdict="open"), name="one_open_hit"
            )
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="hit_queue", condition=Q(verdict="open")),
            models.Index(fields=["merchant", "verdict"], name="hit_of_merchant"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("watch_hit", args=[self.pk])

    @property
    def is_exact(self) -> bool:
        return self.strength == Strength.EXACT


class WatchVerdict(models.Model):
    """What somebody said of a hit, and why. Append-only; kept here and not in the timeline, which all staff read."""

    hit = models.ForeignKey(WatchHit, models.CASCADE, related_name="verdicts")
    verdict = models.CharField(_("verdict"), max_length=10, choices=WatchHit.Verdict.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    why = EncryptedTextField(_("why"), context="onboarding.WatchVerdict.why")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Rescreening(Leased):
    """The comparison of everybody with us with a list that was published. `position`: the last merchant done."""

    TIME_LIMIT: ClassVar = 110  # seconds a job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)
    MAX_ATTEMPTS: ClassVar = 5

    class Outcome(models.TextChoices):
        DUE = "due", _("Running")
        DONE = "done", _("Everybody compared")
        FAILED = "failed", _("Given up")

    watchlist = models.OneToOneField(
        WatchList, models.CASCADE, related_name="rescreening", verbose_name=_("watch-list")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.DUE)
    position = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(_("merchants done"), default=0)
    total = models.PositiveIntegerField(_("merchants"), default=0)

    class Meta:
        verbose_name = _("comparison with a watch-list")
        verbose_name_plural = _("comparisons with watch-lists")

    def __str__(self) -> str:
        return f"#{self.pk}"
