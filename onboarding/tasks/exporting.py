"""Making the copies of personal data that people asked for, and destroying those that have expired."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onboarding.models import Export, Notice
from onboarding.notices import tell
from onboarding.services.exports import let_go
from onboarding.services.shredding import shred_due
from onboarding.tasks.archive import archive, parts
from onboarding.tasks.claiming import claim, confirm, wait
from portal.storage import private_files

DUE, READY, FAILED = Export.Outcome.DUE, Export.Outcome.READY, Export.Outcome.FAILED
_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.export", time_limit=Export.TIME_LIMIT, soft_time_limit=Export.TIME_LIMIT - 10)
def export() -> int:
    """One copy after the other; returns how many were made."""
    expire()
    shred_due()
    made = 0
    while batch := claim(Export.objects.filter(outcome=DUE).select_related("user"), 1):
        made += _made(batch[0])
    return made


def expire() -> None:
    """What nobody fetched in time, or has been thrown away, goes with its file."""
    for row in Export.objects.filter(outcome=READY, expires_at__lte=timezone.now()):
        let_go(row)


def _made(row: Export) -> bool:
    if row.attempts > Export.MAX_ATTEMPTS:  # it has killed its worker every time
        confirm(row, outcome=FAILED)
        return False
    try:
        data = _archive(row)
    except Exception as error:  # one export with a fault must not stop the others
        _log.error("export_failed", export=row.pk, error=type(error).__name__)
        gave_up = row.attempts >= Export.MAX_ATTEMPTS
        confirm(row, outcome=FAILED if gave_up else DUE, due_at=wait(row.attempts))
        return False
    return _kept(row, data)


def _archive(row: Export) -> bytes:
    found = parts(row.user)
    Export.objects.filter(pk=row.pk).update(total=len(found), done=0)
    return archive(found, lambda number: _tick(row.pk, number))


def _tick(pk: int, number: int) -> None:
    Export.objects.filter(pk=pk).update(done=number)


def _kept(row: Export, data: bytes) -> bool:
    """Sealed, then named in the row if the claim is still ours, with the notice in the same transaction."""
    name, now = private_files.save(data, row.context), timezone.now()
    until = now + timedelta(hours=settings.EXPORT_HOURS)
    with transaction.atomic():
        still_wanted = Export.objects.select_for_update().get(pk=row.pk).outcome == DUE
        if still_wanted and confirm(row, outcome=READY, file=name, size=len(data), ready_at=now, expires_at=until):
            _told(row)
            return True
    private_files.delete(name)
    return False


def _told(row: Export) -> None:
    user = row.user
    channel = Notice.Channel.MAIL if user.email else Notice.Channel.SMS
    if address := user.email or user.mobile:
        tell(
            "export_ready", key=f"export_ready:{row.ref}", channel=channel, address=address, language=user.language,
            recipient=user, context={"ref": str(row.ref), "hours": settings.EXPORT_HOURS},
        )  # fmt: skip
