"""What stands on the paper of the account, or on the card, against what was typed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onboarding.models import Application, Case, Person, Step
from onboarding.screening import extracts, typed
from onboarding.screening.registry import Outcome, check

KINDS = ("basic_account_proof", "general_account_proof", "bank_card")


@check("account_paper", Step.APPLICATION, _("Account papers against answers"))
def account_paper(case: Case) -> Outcome:
    row = Application.objects.select_related("account").filter(case=case).first()
    role = Person.Role.LEGAL_REPRESENTATIVE
    responsible = Person.objects.filter(merchant=case.merchant_id, role=role).order_by("pk").first()
    return extracts.outcome(case, KINDS, typed.application(row, responsible))
