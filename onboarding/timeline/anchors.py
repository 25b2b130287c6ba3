"""Anchors: once a day the heads of all chains that moved, digested together with the anchor before, and signed.

A chain alone does not show that its newest entries were cut off, with the case's row set back to fit. An anchor does:
it names the head that was there. Who keeps the newest digest outside this database (the job logs it) also sees an
anchor cut off.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from onboarding.models import Anchor, AnchorHead, Case, Entry
from portal import crypto

Head = tuple[int, int, str]  # case id, seq, digest
BATCH = 2000


def anchor() -> Anchor | None:
    """Make today's anchor; None when it is there already. Holds the heads of one day in memory."""
    today = timezone.localdate()
    if Anchor.objects.filter(day=today).exists():
        return None
    try:
        with transaction.atomic():
            return _made(today)
    except IntegrityError:  # another worker was quicker
        return None


def _made(day: datetime.date) -> Anchor:
    before = Anchor.objects.order_by("-day").first()
    heads = list(_moved().values_list("pk", "version", "head").order_by("pk").iterator(BATCH))
    previous = before.digest if before else ""
    digest = digest_of(day, previous, heads)
    made = Anchor.objects.create(day=day, previous=previous, digest=digest, signature=crypto.sign(_signed(day, digest)))
    rows = (AnchorHead(anchor=made, case_id=case, seq=seq, digest=head) for case, seq, head in heads)
    AnchorHead.objects.bulk_create(rows, batch_size=BATCH)
    return made


def _moved() -> QuerySet[Case]:
    """Cases with entries since they were anchored last."""
    newest = AnchorHead.objects.filter(case=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    cases: QuerySet[Case] = Case.objects.filter(version__gt=0).annotate(anchored=Subquery(newest))
    moved: QuerySet[Case] = cases.filter(Q(anchored=None) | Q(anchored__lt=F("version")))
    return moved


def digest_of(day: datetime.date, previous: str, heads: Iterable[Head]) -> str:
    """SHA-256 over the day, the anchor before and one line "case seq digest" per head, in the order of the cases."""
    total = hashlib.sha256(f"{day.isoformat()}\n{previous}\n".encode())
    for case, seq, head in heads:
        total.update(f"{case} {seq} {head}\n".encode())
    return total.hexdigest()


def _signed(day: datetime.date, digest: str) -> bytes:
    return f"kaitong anchor {day.isoformat()} {digest}".encode()


def damaged_anchors() -> Iterator[str]:
    """One sentence per fault of the anchors themselves, and per head that the timelines no longer have."""
    previous = ""
    for each in Anchor.objects.order_by("day").iterator(BATCH):
        yield from _faults(each, previous)
        previous = each.digest
    yield from cut_off()


def _faults(each: Anchor, previous: str) -> Iterator[str]:
    if each.previous != previous:
        yield f"The anchor of {each.day} does not follow the one before it: one is missing or was changed."
    heads = AnchorHead.objects.filter(anchor=each).order_by("case_id").values_list("case_id", "seq", "digest")
    if digest_of(each.day, each.previous, heads.iterator(BATCH)) != each.digest:
        yield f"The anchor of {each.day} does not fit its heads: one was changed, added or removed."
    if not crypto.verify(_signed(each.day, each.digest), each.signature):
        yield f"The signature of the anchor of {each.day} is not ours."


def cut_off(ref: str = "") -> Iterator[str]:
    """Anchored heads whose entry is gone or another one; `ref` looks at one case only."""
    entry = Entry.objects.filter(case=OuterRef("case"), seq=OuterRef("seq")).order_by().values("digest")[:1]
    heads = AnchorHead.objects.annotate(now=Subquery(entry)).filter(Q(now=None) | ~Q(now=F("digest")))
    if ref:
        heads = heads.filter(case__ref=ref)
    for head in heads.select_related("case", "anchor").order_by("case_id", "seq").iterator(BATCH):
        yield f"{head.case.ref}: entry {head.seq} was anchored on {head.anchor.day} and is gone or changed."
