"""Offering the agreement: a snapshot of what is agreed, its PDF in the private storage, one row per version."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from onboarding.application import clauses, pdf, terms
from onboarding.application.account_form import masked
from onboarding.application.plans import Rules, promotion_end, rules_after, rules_of
from onboarding.application.services import Draft, draft
from onboarding.flow import Stage, State
from onboarding.formats import identity_document
from onboarding.models import Agreement, Bank, Case, FeePlan, Membership
from onboarding.services import NotNow
from onboarding.services.permissions import SIGNERS
from onboarding.words import pick
from portal.storage import private_files

NOT_SIGNING = "The agreement is offered while the case waits for the signature."


def offer(case_id: int) -> Agreement:
    """The agreement that waits for the signature; made when there is none. Again gives the same row.

    The PDF is made before the transaction. Raises NotNow when the case is not in `signing`.
    """
    case = Case.objects.select_related("merchant").get(pk=case_id)
    if found := offered(case):
        return found
    if case.state != State.SIGNING:
        raise NotNow(_(NOT_SIGNING))
    with override(language_of(case)):
        made = _prepared(case)
        data = pdf.agreement(made.snapshot)
    made.sha256 = hashlib.sha256(data).hexdigest()
    made.file = private_files.save(data, context(made))
    return _written(made)


def offered(case: Case) -> Agreement | None:
    """The one that waits for the signature."""
    return Agreement.objects.select_related("plan__institution").filter(case=case, stage=Stage.OFFERED).first()


def context(agreement: Agreement) -> str:
    """What the file of an offer is bound to by its encryption."""
    return agreement.context


def language_of(case: Case) -> str:
    """The language of whoever may sign; Chinese when nobody says."""
    rows = Membership.objects.filter(merchant=case.merchant_id, role__in=SIGNERS, active=True)
    return rows.values_list("user__language", flat=True).order_by("pk").first() or "zh-hans"


@transaction.atomic
def _written(made: Agreement) -> Agreement:
    """Under the lock of the case, so that two readers at once get one offer."""
    case = Case.objects.select_for_update().get(pk=made.case_id)
    if found := offered(case):
        private_files.delete(made.file)
        return found
    made.save()
    return made


def _prepared(case: Case) -> Agreement:
    answers = draft(case)
    plan = answers.application.plan
    assert plan is not None  # submit_application demands one
    newest = Agreement.objects.filter(case=case).aggregate(newest=Max("version"))["newest"] or 0
    made = Agreement(case=case, version=newest + 1, language=language_of(case), plan=plan)
    made.snapshot = snapshot(answers, plan, made.version, made.language)
    return made


def snapshot(answers: Draft, plan: FeePlan, version: int, language: str) -> dict[str, Any]:
    """Everything that is agreed, as words and as numbers. No personal numbers: they are masked."""
    fee_class = answers.category.fee_class if answers.category else "standard"
    places = _places(answers, plan)
    told = [
        {"id": one.id, "title": clauses.heading(one, language), "body": clauses.body(one, language).format_map(places)}
        for one in clauses.CLAUSES
    ]
    foot = _("Case %(ref)s · version %(version)s · %(day)s · text %(text)s") % {
        "ref": answers.case.ref, "version": version, "day": terms.long_date(timezone.localdate()),
        "text": clauses.VERSION,
    }  # fmt: skip
    return {
        "title": clauses.TITLE[clauses.tongue(language)], "text": clauses.VERSION, "foot": foot, "clauses": told,
        "annex": _annex(answers, plan, fee_class, language), **frozen(answers, plan, fee_class),
    }  # fmt: skip


def frozen(answers: Draft, plan: FeePlan, fee_class: str) -> dict[str, Any]:
    """Rules and terms as numbers, for MerchantRate: what later decides about a fee."""
    rows = plan.rules.order_by("pk").values(
        "product", "rate_ppm", "min_fen", "cap_fen", "fixed_fen", "amount_from_fen", "amount_to_fen", "mcc_class",
        "region", "priority",
    )  # fmt: skip
    row = answers.application
    return {
        "plan": {"code": plan.code, "version": plan.version, "institution": plan.institution.code},
        "rules": list(rows), "terms": plan.terms, "fee_class": fee_class, "mcc": answers.store.mcc,
        "cycle": row.settlement_cycle, "terminals": row.terminals, "store": row.store_id, "account": row.account_id,
    }  # fmt: skip


def _places(answers: Draft, plan: FeePlan) -> dict[str, str]:
    merchant, account, store = answers.case.merchant, answers.account, answers.store
    bank = Bank.objects.filter(pk=account.bank).first() if account else None
    operator = answers.operator
    number = identity_document.mask(operator.id_number, kind=operator.id_type) if operator else ""
    return {
        "merchant": merchant.name or (operator.name if operator else str(merchant)),
        "code": merchant.uscc or number,
        "institution": pick(plan.institution, "name"),
        "store": store.name,
        "place": store.place,
        "trade": f"{store.mcc} {pick(answers.category, 'name') if answers.category else ''}".strip(),
        "holder": account.holder if account else "",
        "bank": pick(bank, "name") if bank else "",
        "account": masked(account) if account else "",
        "cycle": terms.settlement_words(plan, answers.application.settlement_cycle),
        "refund": terms.refund_words(plan),
        "deposit": terms.deposit_words(plan),
        "monthly": terms.monthly_words(plan),
        "terminals": str(answers.application.terminals),
        "device": terms.device_words(plan),
        "promotion": terms.promotion_words(plan),
        "days": str(plan.terms.get("change_notice_days", 30)),
        "exit": terms.exit_words(plan),
        "complaint": pick(plan.institution, "complaint"),
        "phone": str(settings.SUPPORT_PHONE),
    }


def _annex(answers: Draft, plan: FeePlan, fee_class: str, language: str) -> dict[str, Any]:
    after = rules_after(plan)
    end = promotion_end(plan)
    last = {"day": terms.long_date(end)} if end else {}
    rows = terms.summary(plan, fee_class, answers.application.settlement_cycle)[1:]
    return {
        "title": clauses.ANNEX[clauses.tongue(language)],
        "plan": f"{pick(plan.institution, 'name')} · {pick(plan, 'name')} ({plan.code} v{plan.version})",
        "prices": _prices(rules_of(plan), fee_class),
        "after": _prices(after, fee_class) if after and end else [],
        "after_title": _("Prices after %(day)s") % last if end else "",
        "terms": [(_("Point"), _("What is agreed")), *((str(row["label"]), str(row["value"])) for row in rows)],
    }


def _prices(rules: Rules, fee_class: str) -> list[tuple[str, str]]:
    return [(_("Product"), _("Price per payment")), *terms.price_lines(rules, fee_class)]
