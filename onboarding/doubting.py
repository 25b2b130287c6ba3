"""What does not fit together, on the pages "check your answers": shown, changed, or said to be right as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding import services
from onboarding.documents.items import may_fill
from onboarding.models import Case
from onboarding.pages import get_case, person
from onboarding.rules.doubts import page_of, sentence_of

SAID = _("Noted. A reviewer reads that it is right as it is.")
BACK = _("Look at it again, then change it or say that it is right.")
LONGEST = 64  # characters of a code


def shown(case: Case, step: str) -> list[dict[str, Any]]:
    """The doubts as onboarding/doubts.html draws them, those that must be changed first, the answered ones last."""
    found = sorted(services.doubts(case, step), key=lambda one: (one.stands, not one.refused))
    return [
        {
            "code": one.code,
            "sentence": sentence_of(one.code),
            "url": reverse(page_of(one), args=[case.ref]),
            "refused": one.refused,
            "stands": one.stands and not one.refused,
        }
        for one in found
    ]


def answer(
    request: HttpRequest, ref: str, step: str, closed: Callable[[HttpRequest, Case], HttpResponse]
) -> HttpResponse:
    """Keep what the merchant says of one doubt (POST code; back: take it back), then show the page again."""
    case, user = get_case(request, ref), person(request)
    if not may_fill(case, step, user):
        return closed(request, case)
    code = request.POST.get("code", "").replace("\x00", "")[:LONGEST]
    try:
        if request.POST.get("back"):
            services.take_back(case.pk, code, by=user)
            messages.info(request, BACK)
        else:
            services.stand(case.pk, code, by=user)
            messages.success(request, SAID)
    except services.Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse(f'{step}_check', args=[case.ref])}#doubts")
