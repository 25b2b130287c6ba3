"""Asking for a copy of one's data, and letting it go."""

from __future__ import annotations

from django.db import transaction

from onboarding.models import Export, User
from onboarding.services.shredding import shred
from portal.celery import ring


@transaction.atomic
def ask_export(user: User) -> Export:
    """The copy that is being made or waits to be fetched; else a new one. Two presses at once make one."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    standing = Export.objects.visible_to(user).standing().first()
    if standing and (standing.outcome == Export.Outcome.DUE or standing.is_ready):
        return standing
    if standing:  # expired, and no sweep has come by yet
        let_go(standing)
    made: Export = Export.objects.create(user=user)
    transaction.on_commit(lambda: ring("onboarding.export"))
    return made


@transaction.atomic
def let_go(row: Export) -> None:
    """The file is shredded, the row stays as a record; a copy in the making is called off. Again changes nothing."""
    locked = Export.objects.select_for_update().get(pk=row.pk)
    if Export.objects.standing().filter(pk=row.pk).update(outcome=Export.Outcome.GONE, file=""):
        shred([locked.file])
