"""The order page of a case, and the way to the payment house and back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from devices import services
from devices.doors import attempt
from devices.flow import OrderState
from devices.models import Order
from devices.orders.forms import CancelForm, OrderForm, initial
from onboarding import drafts
from onboarding.facts.application import drafted
from onboarding.flow import State
from onboarding.models import Case
from onboarding.pages import fire, frame, get_case, person
from portal.gateways import gateway
from portal.gateways.base import BadAnswer
from portal.gateways.http import BadSignature

OPEN = (OrderState.DRAFT, OrderState.PLACED)


@login_required
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose, check, or follow: one page for the whole life of the order."""
    case = get_case(request, ref)
    row = _order(request, case)
    if row is None:
        return redirect(case)
    if row.state not in OPEN:
        return render(request, "devices/orders/status.html", _frame(request, case, row, cancel=CancelForm()))
    if request.method == "GET" and row.wanted and row.way and "change" not in request.GET:
        return render(request, "devices/orders/check.html", _frame(request, case, row))
    return _choose(request, case, row)


def _order(request: HttpRequest, case: Case) -> Order | None:
    """The standing order; made on the first visit of somebody who may order. None with a message before the time."""
    standing = services.standing_order(case)
    if standing or case.state != State.ORDERING:
        if standing is None:
            messages.info(request, _("You can order as soon as the agreement is signed."))
        return standing
    opened = attempt(request, lambda: services.open_order(case.pk, by=person(request)))
    return services.standing_order(case) if opened else None


def _choose(request: HttpRequest, case: Case, row: Order) -> HttpResponse:
    offers = services.offers(case)
    sent = request.POST if request.method == "POST" else None
    form = OrderForm(offers, sent, initial=initial(row, offers, _expected(case)))
    if form.is_valid():
        chosen = {"quantities": form.quantities(), "way": form.cleaned_data["way"]}
        if attempt(request, lambda: services.choose(row.pk, by=person(request), **chosen)):
            drafts.forget(request)
            return redirect("order", ref=case.ref)
    restored = drafts.restore(request, form)
    return render(request, "devices/orders/choose.html", _frame(request, case, row, form=form, restored=restored))


def _expected(case: Case) -> int:
    application = drafted(case)
    return min(application.terminals, 10) if application.pk else 1


def _frame(request: HttpRequest, case: Case, row: Order, **more: Any) -> dict[str, Any]:
    return frame(case, person(request), order=row, lines=row.lines.all(), **more)


@login_required
@require_POST
def place_order(request: HttpRequest, ref: str) -> HttpResponse:
    """Place the order and go to the payment house; the case moves once the house says that it is paid."""
    case = get_case(request, ref)
    row = services.standing_order(case)
    if row is None:
        return redirect("order", ref=case.ref)
    pay_url: list[str] = []
    if attempt(request, lambda: pay_url.append(_placed(request, case, row))) and pay_url[0]:
        return redirect(pay_url[0])
    return redirect("order", ref=case.ref)


def _placed(request: HttpRequest, case: Case, row: Order) -> str:
    """The address to pay at; "" when nothing is to be paid (any more) and the case has moved."""
    by = person(request)
    pay_url = ""
    if row.state in OPEN:
        services.place(row.pk, by=by)
        back = request.build_absolute_uri(reverse("order_paid", args=[case.ref]))
        pay_url = services.begin_payment(row.pk, by=by, return_url=back, notify_url=reverse("payment_notice"))
    if not pay_url:
        services.place_order(row.pk, by=by)
        messages.success(request, _("Thank you. Your order is placed."))
    return pay_url


@login_required
@require_GET
def order_paid(request: HttpRequest, ref: str) -> HttpResponse:
    """Back from the payment house. What counts is its own answer, never the way back."""
    case = get_case(request, ref)
    row = services.standing_order(case)
    payment = row.payments.order_by("-pk").first() if row else None
    found = services.check_payment(payment.client_ref) if payment else None
    if found and found.state == "paid":
        messages.success(request, _("Thank you. The payment has arrived and your order is placed."))
    elif found and found.state == "refused":
        messages.error(request, _("The payment did not go through and nothing was taken. Try another card."))
    elif found and found.state in ("created", "unknown"):
        messages.info(
            request, _("We are asking the payment house. You need not pay again; this page shows the result.")
        )
    return redirect("order", ref=case.ref)


@csrf_exempt
@require_POST
def payment_notice(request: HttpRequest) -> HttpResponse:
    """A signed notice rings the bell; the status is asked for anyway. Wrong signature or shape: 400."""
    try:
        status = gateway("payment").read_notice(request.headers, request.body)
    except (BadSignature, BadAnswer):
        return HttpResponse(status=400)
    services.check_payment(status.client_ref)
    return HttpResponse(status=204)


@login_required
@require_POST
def cancel_order(request: HttpRequest, ref: str) -> HttpResponse:
    """Call it off: terminals go back, the money as well."""
    case = get_case(request, ref)
    form = CancelForm(request.POST)
    if form.is_valid():
        said = _("The order is cancelled. What was paid goes back the way it came.")
        fire(request, case, "cancel_order", note=form.cleaned_data["note"], said=said)
    else:
        messages.error(request, _("Say why in a few words."))
    return redirect("order", ref=case.ref)
