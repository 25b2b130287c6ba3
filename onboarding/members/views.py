"""Who acts for a merchant: the list, inviting, other roles, removing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.members import invitations, services
from onboarding.members.forms import InviteForm, NumberForm, RoleForm
from onboarding.models import Case, Invitation, Membership, User
from onboarding.pages import get_case, person
from onboarding.services import Refused

SENT = _("The link is on its way.")


@login_required
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, ref: str) -> HttpResponse:
    """The list, for whoever may see the case; an owner invites from here."""
    case, user = get_case(request, ref), person(request)
    owner = services.manages(user, case)
    if request.method == "POST" and not owner:
        raise Http404
    form = InviteForm(case.merchant, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        channel, address = form.cleaned_data["address"]
        invited = {"role": form.cleaned_data["role"], "name": form.cleaned_data["name"]}
        if _told(request, lambda: invitations.invite(case, by=user, channel=channel, address=address, **invited), SENT):
            return redirect("members", case.ref)
    return render(request, "onboarding/members/members.html", _listed(case, user, owner) | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Another role for somebody."""
    case, row = _member(request, ref, pk)
    form = RoleForm(case, request.POST if request.method == "POST" else None, initial={"role": row.role})
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data["role"]
        if _told(request, lambda: services.change_role(case, pk, wanted, by=person(request)), _("Saved.")):
            return redirect("members", case.ref)
    return render(request, "onboarding/members/member.html", {"case": case, "row": row, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def remove_member(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Asks, then removes."""
    case, row = _member(request, ref, pk)
    if request.method == "GET":
        return render(request, "onboarding/members/remove.html", {"case": case, "row": row})
    gone = _told(request, lambda: services.remove(case, pk, by=person(request)), _("This person acts no longer."))
    return redirect("home") if gone and row.user_id == person(request).pk else redirect("members", case.ref)


@login_required
@require_POST
def send_invitation(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """The link once more."""
    case, row = _invitation(request, ref, pk)
    _told(request, lambda: invitations.send_again(row), SENT)
    return redirect("members", case.ref)


@login_required
@require_POST
def take_back_invitation(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    case, row = _invitation(request, ref, pk)
    _told(request, lambda: invitations.take_back(row), _("The invitation is taken back."))
    return redirect("members", case.ref)


@login_required
@require_http_methods(["GET", "POST"])
def correct_invitation(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """The merchant's number was misheard: another one, and a new link."""
    case, row = _invitation(request, ref, pk)
    if row.role != Membership.Role.OWNER:
        raise Http404
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["mobile"]
        _told(request, lambda: invitations.correct(row, number, by=person(request)), SENT)
        return redirect("members", case.ref)
    return render(request, "onboarding/members/number.html", {"case": case, "row": row, "form": form})


def _member(request: HttpRequest, ref: str, pk: int) -> tuple[Case, Membership]:
    """The case and the row; 404 unless an owner asks."""
    case = get_case(request, ref)
    if not services.manages(person(request), case):
        raise Http404
    rows = Membership.objects.filter(merchant=case.merchant_id, active=True).select_related("user")
    return case, get_object_or_404(rows, pk=pk)


def _invitation(request: HttpRequest, ref: str, pk: int) -> tuple[Case, Invitation]:
    """The case and the invitation; 404 unless this person may send it."""
    case = get_case(request, ref)
    row = get_object_or_404(Invitation.objects.filter(case=case).select_related("case__merchant"), pk=pk)
    if not services.may_send(person(request), row):
        raise Http404
    return case, row


def _told(request: HttpRequest, act: Callable[[], object], said: Any) -> bool:
    """Do it and say so; a refusal becomes a message."""
    try:
        act()
    except Refused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return False
    messages.success(request, said)
    return True


def _listed(case: Case, user: User, owner: bool) -> dict[str, Any]:
    rows = Membership.objects.filter(merchant=case.merchant_id, active=True).select_related("user").order_by("pk")
    waiting = Invitation.objects.filter(case=case).open().select_related("case").order_by("-pk")[:20]
    hands_over = services.hands_over(user, case)
    return {
        "case": case, "rows": rows, "owner": owner, "hands_over": hands_over,
        "waiting": [(one, owner if one.role != Membership.Role.OWNER else hands_over) for one in waiting],
        "lacks_letter": services.lacks_letter(case),
    }  # fmt: skip
