"""The pages of the small sum."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.application import services, small_sum
from onboarding.application.account_form import masked
from onboarding.application.fields import YuanField
from onboarding.flow import ENDS
from onboarding.models import Case, SettlementAccount
from onboarding.pages import frame, get_case, person
from onboarding.services import Refused
from onboarding.services.permissions import ACTING
from portal import typed


class AmountForm(typed.Form):
    amount = YuanField(
        label=_("How much came?"), least=1, most=99, help_text=_("In yuan, as on the statement: 0.01 to 0.99.")
    )


def _fetched(request: HttpRequest, ref: str) -> tuple[Case, SettlementAccount]:
    """The case and its account, for those who act for the merchant (404 for everybody else)."""
    case = get_case(request, ref)
    mine = person(request).memberships.filter(merchant=case.merchant_id, active=True, role__in=ACTING)
    row = services.draft(case).account
    if row is None or case.state in ENDS or not mine.exists():
        raise Http404
    return case, row


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """How the small sum stands, and telling how much came."""
    case, account = _fetched(request, ref)
    form = AmountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            small_sum.tell_small_sum(account, form.cleaned_data["amount"], case=case, by=person(request))
        except Refused as refused:
            form.add_error("amount", str(refused))
        else:
            messages.success(request, _("That is right. The account is yours, thank you."))
            return redirect("application_small_sum", case.ref)
    account.refresh_from_db()
    told = {
        "form": form, "account": account, "number": masked(account), "standing": small_sum.standing_of(account),
        "tries_left": small_sum.TRIES - account.proof_tries, "sends_left": small_sum.SENDS - account.proof_sends,
        "unsure": bool(account.proof_ref and not account.proof_sent_at and not account.proof_failed),
        "until": account.proof_sent_at + small_sum.VALID if account.proof_sent_at else None,
    }  # fmt: skip
    return render(request, "onboarding/application/small_sum.html", frame(case, person(request), **told))


@login_required
@require_POST
def send_small_sum(request: HttpRequest, ref: str) -> HttpResponse:
    """Have a small sum sent."""
    case, account = _fetched(request, ref)
    try:
        small_sum.send_small_sum(account, case=case)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The small sum is on its way. Look at your statement in a few minutes."))
    return redirect("application_small_sum", case.ref)
