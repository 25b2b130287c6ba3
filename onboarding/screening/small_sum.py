"""The small sum: has the merchant told us how much arrived in the account? Silence is a warning, never a pass."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Application, Case, SettlementAccount, Step
from onboarding.screening.registry import Outcome, check

TRIES = 3
VALID = timedelta(days=3)
SENDS = 3


@check("small_sum", Step.APPLICATION, _("Small sum to the account"))
def small_sum(case: Case) -> Outcome:
    """One finding at most: not_sent, sent_back {why}, used_up, expired or not_told."""
    application = Application.objects.select_related("account").filter(case=case).first()
    standing = standing_of(application.account if application else None)
    return Outcome.of() if standing == "proved" else Outcome.of({"code": f"small_sum_{standing}"})


def standing_of(account: SettlementAccount | None) -> str:
    """proved, not_sent, sent_back, used_up, expired or not_told (sent, and the merchant has not said how much)."""
    if account is None or not (account.proof_sent_at or account.proof_failed or account.proved_at):
        return "not_sent"
    if account.proved_at:
        return "proved"
    if account.proof_failed:
        return "sent_back"
    if account.proof_tries >= TRIES:
        return "used_up"
    return "expired" if account.proof_sent_at and timezone.now() > account.proof_sent_at + VALID else "not_told"
