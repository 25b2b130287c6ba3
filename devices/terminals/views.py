"""The warehouse's two pages: orders (pack, hand over, follow) and stock (receive, keys, wipe)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from devices import services
from devices.doors import attempt, open_to
from devices.flow import OrderState
from devices.models import Order, Terminal
from devices.terminals import queries
from devices.terminals.forms import HandOverForm, KcvForm, ReceiveForm, SealForm, SerialForm
from onboarding.pages import person

CLERKS = ("allocate_order", "ship_order", "receive_terminal")


@open_to(*CLERKS, "view_order")
@require_GET
def warehouse(request: HttpRequest) -> HttpResponse:
    """Orders by what is to be done with them."""
    context = {
        "to_pack": queries.to_pack(),
        "to_hand_over": queries.orders(OrderState.ALLOCATED)[: queries.SHOWN],
        "under_way": queries.orders(OrderState.SHIPPED)[: queries.SHOWN],
        "coming_home": queries.coming_home(),
        "stuck": queries.stuck(),
        "hand_over": HandOverForm(),
    }
    return render(request, "devices/terminals/warehouse.html", context)


def _order(request: HttpRequest, pk: int) -> Order:
    return get_object_or_404(Order.objects.visible_to(request.user), pk=pk)


def _back(request: HttpRequest, form: Any = None) -> HttpResponse:
    """To the list; what is wrong with a typed value is said there."""
    for problems in form.errors.values() if form is not None else ():
        messages.error(request, " ".join(str(one) for one in problems))
    return redirect("warehouse")


@open_to("allocate_order")
@require_POST
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    order, form = _order(request, pk), SerialForm(request.POST)
    if form.is_valid():
        serial = form.cleaned_data["serial"]
        said = _("%(serial)s is reserved for %(ref)s.") % {"serial": serial, "ref": order.rollout.case.ref}
        attempt(request, lambda: services.allocate(order.pk, serial, by=person(request)), said)
        return _back(request)
    return _back(request, form)


@open_to("ship_order")
@require_POST
def ship(request: HttpRequest, pk: int) -> HttpResponse:
    order, form = _order(request, pk), SealForm(request.POST)
    if form.is_valid():
        seal = form.cleaned_data["seal"]
        said = _("The courier is being called. The tracking number appears here.")
        attempt(request, lambda: services.ship(order.pk, by=person(request), seal=seal), said)
        return _back(request)
    return _back(request, form)


@open_to("ship_order")
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    order, form = _order(request, pk), HandOverForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        said = _("Handed over to %(name)s.") % {"name": given["technician"]}
        attempt(request, lambda: services.hand_over(order.pk, by=person(request), **given), said)
        return _back(request)
    return _back(request, form)


@open_to("ship_order")
@require_POST
def confirm_delivery(request: HttpRequest, pk: int) -> HttpResponse:
    order = _order(request, pk)
    said = _("Noted: the shop has it.")
    attempt(request, lambda: services.confirm_delivery(order.pk, by=person(request)), said)
    return _back(request)


@open_to("recover_terminal")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    terminal = get_object_or_404(Terminal, pk=pk)
    said = _("%(serial)s is back. Wipe it before it gets new keys.") % {"serial": terminal}
    attempt(request, lambda: services.take_back(terminal.pk, by=person(request)), said)
    return _back(request)


@open_to("ship_order")
@require_POST
def try_again(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in queries.ERRANDS:
        raise Http404
    row: Any = get_object_or_404(queries.ERRANDS[kind]._default_manager.filter(next_at__isnull=False), pk=pk)
    services.try_again(row)
    messages.success(request, _("It is being tried again now."))
    return _back(request)


@open_to(*CLERKS, "view_terminal")
@require_http_methods(["GET", "POST"])
def stock(request: HttpRequest) -> HttpResponse:
    """What is on the shelf; receive more."""
    form = ReceiveForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(request, lambda: _received(request, form), _("Received. Now they need their keys.")):
        return redirect("stock")
    context = {
        "form": form,
        "models": queries.counts(),
        "needing_keys": queries.needing_keys(),
        "needing_wipe": queries.needing_wipe(),
    }
    return render(request, "devices/terminals/stock.html", context)


def _received(request: HttpRequest, form: ReceiveForm) -> None:
    services.receive_stock(form.cleaned_data["model"], form.cleaned_data["serials"], by=person(request))


@open_to("inject_key_terminal", "recover_terminal")
@require_POST
def on_the_shelf(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """inject_key, confirm_key, wipe, scrap: one terminal, one button."""
    terminal = get_object_or_404(Terminal, pk=pk)
    form = KcvForm(request.POST)
    kcv = form.cleaned_data["kcv"] if form.is_valid() else ""
    by = person(request)
    acts = {
        "inject_key": lambda: services.inject_key(terminal.pk, kcv, by=by),
        "confirm_key": lambda: services.confirm_key(terminal.pk, kcv, by=by),
        "wipe": lambda: services.wipe(terminal.pk, by=by),
        "scrap": lambda: services.scrap(terminal.pk, by=by),
    }
    if verb not in acts:
        raise Http404
    attempt(request, acts[verb], _("Noted for %(serial)s.") % {"serial": terminal})
    return redirect("stock")
