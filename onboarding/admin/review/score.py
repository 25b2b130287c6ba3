"""The risk score on the workbench, and the page on which a person sets the lowest tier. Never on a merchant's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from onboarding.admin.review.opening import back, opened
from onboarding.models import Case, Score, User
from onboarding.pages import person
from onboarding.scoring.words import words
from onboarding.services import Refused
from onboarding.services.scoring import may_set_tier
from onboarding.services.tiers import set_tier
from portal import typed

TAGS = {Case.Tier.LOW: "ok", Case.Tier.MEDIUM: "warn", Case.Tier.HIGH: "bad"}


class TierForm(typed.Form):
    """The lowest tier, and why."""

    tier = forms.ChoiceField(
        label=_("Risk tier at least"), required=False, choices=[("", _("As the score says")), *Case.Tier.choices[1:]]
    )
    note = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Colleagues read it in the timeline, the merchant never."),
    )  # fmt: skip


def shown(case: Case, user: User) -> dict[str, Any] | None:
    """Context of admin/onboarding/case/score.html; None for those who may not see scores. One query."""
    if not user.has_perm("onboarding.view_score"):
        return None
    row = Score.objects.filter(case=case).select_related("table").order_by("-made_at", "-pk").first()
    return {
        "row": row,
        "tag": TAGS[Case.Tier(case.risk_tier)],
        "addends": [{"words": words(one), "points": one["points"]} for one in row.addends] if row else [],
        "raised": case.tier_floor,
        "may_set": may_set_tier(user) and not case.has_ended,
    }


def tier(request: HttpRequest, ref: str) -> HttpResponse:
    """GET asks, POST sets the lowest tier."""
    user = person(request)
    if not may_set_tier(user):  # before anything is looked for
        raise PermissionDenied
    case = opened(request, ref)
    form = TierForm(request.POST if request.method == "POST" else None, initial={"tier": case.tier_floor})
    if request.method == "POST" and form.is_valid():
        _set(request, case, user, form.cleaned_data)
        return back(case)
    told = {"case": case, "form": form, "title": _("Set the risk tier"), "is_nav_sidebar_enabled": False}
    context = {**admin.site.each_context(request), **told}
    status = 422 if form.is_bound else 200
    return render(request, "admin/onboarding/case/tier.html", context, status=status)


def _set(request: HttpRequest, case: Case, user: User, answers: dict[str, str]) -> None:
    try:
        set_tier(case.pk, answers["tier"], by=user, note=answers["note"])
        messages.success(request, _("The risk tier is set. No score lowers it again."))
    except Refused as refused:
        messages.error(request, str(refused))
