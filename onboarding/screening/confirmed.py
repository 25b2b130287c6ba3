"""What the merchant confirmed in spite of a doubt: a person looks at it, whatever else has passed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Standing, Step
from onboarding.rules.doubts import step_of
from onboarding.screening.registry import Outcome, check


@check("confirmed", Step.IDENTITY, _("Confirmed in spite of a doubt"))
def confirmed(case: Case) -> Outcome:
    return _outcome(case, Step.IDENTITY)


@check("account_confirmed", Step.APPLICATION, _("Confirmed in spite of a doubt"))
def account_confirmed(case: Case) -> Outcome:
    return _outcome(case, Step.APPLICATION)


def _outcome(case: Case, step: Step) -> Outcome:
    """One finding for each: merchant_confirmed {doubt}."""
    codes = Standing.objects.filter(case=case).order_by("code").values_list("code", flat=True)
    return Outcome.of(
        *({"code": "merchant_confirmed", "params": {"doubt": one}} for one in codes if step_of(one) == step)
    )
