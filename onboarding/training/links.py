"""The signed link by which anybody in the shop learns without an account: it opens this case's courses only."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from onboarding.models import Case

SALT = "training"
VALID = timedelta(days=60)


def key_of(case: Case) -> str:
    """The key in the address of a case's courses; a new one each day, each valid for 60 days."""
    return signing.dumps(case.pk, salt=SALT)


def case_of(key: str) -> Case:
    """The case behind a key; 404 for a wrong or expired one."""
    try:
        case_id = signing.loads(key, salt=SALT, max_age=VALID)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(Case.objects.select_related("merchant"), pk=case_id)
