"""Which terminals there are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from devices.catalogue.kinds import KINDS
from devices.models import DeviceModel


@require_safe
def terminals(request: HttpRequest) -> HttpResponse:
    """Public, by kind where one is asked for. Prices stand on the order page of an approved application."""
    offered = list(DeviceModel.objects.on_offer(timezone.localdate()).order_by("kind", "code"))
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in KINDS else ""
    rows = [(model, KINDS[model.kind]) for model in offered if not kind or model.kind == kind]
    kinds = [said for said in KINDS.values() if any(model.kind == said.kind for model in offered)]
    return render(request, "devices/catalogue/terminals.html", {"rows": rows, "kinds": kinds, "kind": kind})


@require_safe
def terminal_model(request: HttpRequest, code: str) -> HttpResponse:
    """One model: what it takes, where it fits, how it is certified."""
    model = get_object_or_404(DeviceModel.objects.on_offer(timezone.localdate()), code=code)
    return render(request, "devices/catalogue/model.html", {"model": model, "said": KINDS[model.kind]})
