"""The timeline: append-only, one hash chain per case, anchored daily."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from portal import crypto

if TYPE_CHECKING:
    from onboarding.models.user import User


class AppendOnly(Exception):
    """Somebody tried to change or delete what may only be added to."""


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise AppendOnly("Entries are only ever added. A lawful purge destroys the case's key instead.")


class CaseKey(models.Model):
    """The key under which personal words in a case's entries are sealed. A purge destroys it and leaves a tombstone."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="key", primary_key=True)
    wrapped = models.TextField(null=True)  # noqa: DJ001  # NULL: destroyed
    destroyed_at = models.DateTimeField(null=True)

    def opened(self) -> bytes | None:
        """The 32 bytes of the key; None after a purge."""
        return crypto.unwrap_key(self.wrapped, f"case:{self.case_id}") if self.wrapped else None


class EntryQuerySet(models.QuerySet["Entry"]):
    update = delete = bulk_update = _refuse

    def readable_by_merchant(self) -> EntryQuerySet:
        return self.filter(public=True)


class EntryManager(models.Manager.from_queryset(EntryQuerySet)):  # type: ignore[misc]  # dynamic base class
    def append(
        self,
        case: Case,
        *,
        verb: str,
        source: str,
        by: User | None,
        role: str,
        note: str = "",
        data: dict[str, Any] | None = None,
        public: bool = True,
    ) -> Entry:
        """Add the next entry of `case`, whose row the caller has locked and saves (version, head) afterwards."""
        entry = Entry(
            case=case,
            seq=case.version + 1,
            at=timezone.now(),
            verb=verb,
            source=source,
            target=case.state,
            actor=by,
            role=role,
            note=sealed(case, note),
            data=data or {},
            public=public,
            previous=case.head,
        )
        entry.digest = entry.computed_digest()
        models.Model.save(entry, force_insert=True)
        case.version, case.head = entry.seq, entry.digest
        return entry


class Entry(models.Model):
    """One thing that happened to a case. `verb` is a verb of the machine, or a recorded fact such as "fact:paid"."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries", verbose_name=_("case"))
    seq = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("what"), max_length=48)
    source = models.CharField(_("from"), max_length=32)
    target = models.CharField(_("to"), max_length=32)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    role = models.CharField(_("as"), max_length=24)
    note = models.TextField(_("note (sealed)"), blank=True, default="")
    data = models.JSONField(_("data"), default=dict)  # never personal values
    public = models.BooleanField(_("shown to the merchant"), default=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EntryManager()
    save = delete = _refuse

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="one_entry_per_number")]
        ordering = ["case", "seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    def canonical(self) -> bytes:
        """What is hashed: sorted JSON, time in UTC microseconds since 1970."""
        at = (self.at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND
        told = {
            "case": self.case_id,
            "seq": self.seq,
            "at": at,
            "verb": self.verb,
            "source": self.source,
            "target": self.target,
            "actor": self.actor_id,
            "role": self.role,
            "note": self.note,
            "data": self.data,
            "public": self.public,
            "previous": self.previous,
        }
        return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def computed_digest(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()


_MICROSECOND = datetime.resolution


def sealed(case: Case, words: str) -> str:
    """`words` under the key of the case (made on first use); empty stays empty."""
    if not words:
        return ""
    key = CaseKey.objects.filter(case=case).first() or _new_key(case)
    opened = key.opened()
    return crypto.seal(opened, words.encode(), f"entry:{case.pk}") if opened else ""


def _new_key(case: Case) -> CaseKey:
    return CaseKey.objects.create(case=case, wrapped=crypto.wrap_key(crypto.new_key(), f"case:{case.pk}"))


def unsealed(entries: list[Entry]) -> dict[int, str]:
    """The notes of one case's entries in clear, by seq; none after a purge. One query."""
    with_note = [entry for entry in entries if entry.note]
    if not with_note:
        return {}
    key = CaseKey.objects.get(case_id=with_note[0].case_id).opened()
    if key is None:
        return {}
    context = f"entry:{with_note[0].case_id}"
    return {entry.seq: crypto.open_sealed(key, entry.note, context).decode() for entry in with_note}


class Anchor(models.Model):
    """A day's signature over the heads that moved since the last anchor: shows when a chain was cut off."""

    day = models.DateField(_("day"), unique=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    signature = models.TextField()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")

    def __str__(self) -> str:
        return str(self.day)


class AnchorHead(models.Model):
    """The head of one chain when it was anchored."""

    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="heads")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["anchor", "case"], name="one_head_per_anchor_and_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seq}"
