"""Which terminals there are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from devices.models import DeviceModel


@require_GET
def terminals(request: HttpRequest) -> HttpResponse:
    """Public. Prices stand on the order page of an approved application."""
    models = DeviceModel.objects.on_offer(timezone.localdate())
    return render(request, "devices/catalogue/terminals.html", {"models": models})
