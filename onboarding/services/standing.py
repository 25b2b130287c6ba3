"""What a merchant says of a doubt: it is right as it is. Kept with a keyed hash of the answers, never the answers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Standing, User
from onboarding.rules.doubts import ApplicationDoubts, Doubt, IdentityDoubts, step_of
from onboarding.services.errors import Refused
from onboarding.services.moves import _locked, facts, record

GONE = _("This is no longer in doubt. Look at the page again.")
NEVER = _("This has to be changed before you can hand it in.")


def doubts(case: Case, step: str) -> tuple[Doubt, ...]:
    """What does not fit together in the answers and papers of a step, confirmed or not."""
    snapshot = facts(case)
    return snapshot.of(ApplicationDoubts).found if step == "application" else snapshot.of(IdentityDoubts).found


def stand(case_id: int, code: str, *, by: User) -> None:
    """The merchant says of a doubt that it is right as it is; again changes nothing. Raises Refused with a sentence."""
    with transaction.atomic():
        case = _locked(case_id)
        found = next((one for one in doubts(case, step_of(code)) if one.code == code), None)
        if found is None:
            raise Refused(GONE)
        if found.refused:
            raise Refused(NEVER)
        if found.stands:
            return
        Standing.objects.update_or_create(case=case, code=code, defaults={"index": found.index, "by": by})
        record(case_id, "doubt_stands", by=by, data={"code": code}, public=False)


def take_back(case_id: int, code: str, *, by: User) -> None:
    """The merchant wants to look at it again; again is no error."""
    with transaction.atomic():
        _locked(case_id)
        if Standing.objects.filter(case=case_id, code=code).delete()[0]:
            record(case_id, "doubt_open_again", by=by, data={"code": code}, public=False)
