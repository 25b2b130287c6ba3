"""Comparing plans: for everybody, and inside an application where one is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from onboarding.application import plans, plot, services, terms
from onboarding.application.fields import YuanField
from onboarding.application.forms import Page
from onboarding.application.services import Draft
from onboarding.application.views import closed, page
from onboarding.models import FeePlan, MerchantType
from onboarding.pages import get_case, person
from onboarding.words import pick
from portal import typed

MOST = 10**11  # fen a month and product
GUESS = {"CREDIT": 30, "DEBIT": 15, "QR_DEBIT": 40, "QR_CREDIT": 15}  # per cent of the takings of a usual shop
TURNOVER, TICKET = 50_000_00, 60_00  # fen: what the page starts with
CLASSES = (
    ("standard", _("Shop, restaurant, service")),
    ("discount", _("Supermarket, fuel, transport")),
    ("waived", _("Hospital, school, charity (non-profit)")),
)


class TakingsForm(typed.Form):
    """A usual month, in yuan per product."""

    CREDIT = YuanField(label=_("Credit cards"), least=0, most=MOST)
    DEBIT = YuanField(label=_("Debit cards"), least=0, most=MOST)
    QR_DEBIT = YuanField(label=_("QR, debit or balance"), least=0, most=MOST)
    QR_CREDIT = YuanField(label=_("QR, credit"), least=0, most=MOST)
    ticket = YuanField(label=_("One payment, usually"), least=1, most=MOST)

    def takings(self, turnover: int) -> plans.Takings:
        """What was typed; where it is no amount, a usual mix of `turnover`."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else guess(turnover)
        volumes = {product: typed[product] for product in plans.PRODUCTS}
        return plans.Takings(volumes, max(1, typed["ticket"]))


class MerchantForm(typed.Form):
    """Whom the public page compares for."""

    type = forms.ChoiceField(label=_("Kind of business"), choices=MerchantType.choices, required=False)
    fee_class = forms.ChoiceField(label=_("Trade"), choices=CLASSES, required=False)


def guess(turnover: int) -> dict[str, int]:
    """A usual month of this turnover in fen."""
    return {**{product: turnover * share // 100 for product, share in GUESS.items()}, "ticket": TICKET}


def _typed(request: HttpRequest, turnover: int) -> TakingsForm:
    return TakingsForm(request.GET if "ticket" in request.GET else None, initial=guess(turnover))


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """The public page: /plans/."""
    form, about = _typed(request, TURNOVER), MerchantForm(request.GET if "type" in request.GET else None)
    chosen = about.cleaned_data if about.is_bound and about.is_valid() else {}
    type_, fee_class = chosen.get("type") or MerchantType.ENTERPRISE, chosen.get("fee_class") or "standard"
    told = _comparison(form.takings(TURNOVER), type_, fee_class, "", 1)
    return render(request, "onboarding/application/plans.html", {"form": form, "about": about, **told})


def _comparison(takings: plans.Takings, type_: str, fee_class: str, region: str, terminals: int) -> dict[str, Any]:
    about = {"merchant_type": type_, "fee_class": fee_class, "region": region, "terminals": terminals}
    offers = plans.compare(takings, start=timezone.localdate(), **about)  # type: ignore[arg-type]
    drawn = plot.more_than_cheapest(offers, takings, fee_class, region, terminals)
    return {"rows": [_row(one, fee_class) for one in offers], "takings": takings, "plot": drawn, "fee_class": fee_class}


def _row(offer: plans.Offer, fee_class: str) -> dict[str, Any]:
    plan = offer.plan
    return {
        "offer": offer, "plan": plan, "institution": pick(plan.institution, "name"), "name": pick(plan, "name"),
        "prices": _cells(plan, fee_class), "monthly": terms.monthly_words(plan), "device": terms.device_words(plan),
        "cycles": [terms.settlement_words(plan, one["code"]) for one in plan.terms.get("settlement", ())],
        "deposit": terms.deposit_words(plan), "exit": terms.exit_words(plan),
        "promotion": terms.promotion_words(plan),
        "codes": [(one["code"], terms.settlement_words(plan, one["code"])) for one in plan.terms.get("settlement", ())],
        "unpriced": [terms.product_name(product) for product in offer.cost.unpriced],
    }  # fmt: skip


def _cells(plan: FeePlan, fee_class: str) -> list[list[str]]:
    """The lines of the prices: credit cards, debit cards, both kinds of QR payments."""
    rules = plans.rules_of(plan)
    cards = [[words for _name, words in terms.price_lines(rules, fee_class, (one,))] for one in ("CREDIT", "DEBIT")]
    codes = terms.price_lines(rules, fee_class, ("QR_DEBIT", "QR_CREDIT"))
    return [*cards, [f"{name} {words}" for name, words in codes]]


class PlanForm(Page):
    """Which plan and how fast the money comes; one button per plan."""

    name = "application.plan"
    plan = forms.ModelChoiceField(
        FeePlan.objects.none(),
        error_messages={"required": _("Choose a plan"), "invalid_choice": _("This plan is not offered for your trade")},
    )
    cycle = forms.CharField(required=False, max_length=4)

    def __init__(self, *args: Any, draft: Draft, fitting: list[FeePlan], **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        found = FeePlan.objects.filter(pk__in=[one.pk for one in fitting])
        self.fields["plan"].queryset = found  # type: ignore[attr-defined]

    def saved(self, draft: Draft) -> dict[str, Any]:
        return {"plan": draft.application.plan_id, "cycle": draft.application.settlement_cycle}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if plan := values.get("plan"):
            codes = [one["code"] for one in plan.terms.get("settlement", ())] or ["T1"]
            values["cycle"] = values["cycle"] if values.get("cycle") in codes else codes[0]
        return values


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """The same comparison for this merchant, with a button to choose."""
    case = get_case(request, ref)
    if "application.plan" not in services.open_pages(case, person(request)):
        return closed(request, case, "application.plan")
    draft = services.draft(case)
    turnover = draft.application.monthly_turnover_fen or TURNOVER
    form, fee_class = _typed(request, turnover), draft.category.fee_class if draft.category else "standard"
    told = _comparison(
        form.takings(turnover), draft.merchant_type, fee_class, draft.store.division_code, draft.application.terminals
    )
    choice = PlanForm(
        request.POST if request.method == "POST" else None, draft=draft, fitting=[row["plan"] for row in told["rows"]]
    )
    return page(
        request, case, draft, choice, template="plan", takings_form=form, chosen=draft.application.plan_id,
        cycle=draft.application.settlement_cycle, **told,
    )  # fmt: skip
