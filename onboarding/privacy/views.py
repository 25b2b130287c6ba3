"""Everybody's own data. Nobody reaches anybody else's: what exists and what does not answers alike."""

from __future__ import annotations

import uuid

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onboarding.formats.mobile import mask
from onboarding.models import Access, Consent, Export, User
from onboarding.pages import person
from onboarding.privacy import services, showing
from onboarding.privacy.forms import CodeForm, PasswordForm, proof, purpose_of
from onboarding.services import Refused, codes
from onboarding.services.exports import ask_export as ask
from onboarding.services.exports import let_go
from portal.storage import Missing, private_files

TOO_OFTEN = _("That was too often. Wait a few minutes, then try again.")


@login_required
@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Consents, the copy to take along, and deletion."""
    return render(request, "onboarding/privacy/my_data.html", showing.my_data(person(request)))


@login_required
@never_cache
def withdraw_consent(request: HttpRequest, consent: int) -> HttpResponse:
    """Says what follows; POST withdraws."""
    user = person(request)
    row = get_object_or_404(Consent.objects.filter(user=user).select_related("case__merchant"), pk=consent)
    if request.method == "POST":
        try:
            if services.withdraw_consent(row.pk, by=user):
                messages.success(request, _("The consent is withdrawn."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("my_data")
    if row.withdrawn_at:
        return redirect("my_data")
    context = {"consent": row, "ends_case": services.ends_case(row, user), "needed": row.purpose in services.NEEDED}
    return render(request, "onboarding/privacy/withdraw_consent.html", context)


@login_required
@require_POST
def ask_export(request: HttpRequest) -> HttpResponse:
    """A copy of everything; a second press leads to the same one."""
    return redirect("export", ask(person(request)).ref)


@login_required
@require_safe
@never_cache
def export(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """How far it is, then the way to fetch it; htmx asks for the bar only, and for the page once it is done."""
    row = _export(request, ref)
    if request.headers.get("HX-Request"):
        if row.outcome != Export.Outcome.DUE:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "onboarding/privacy/progress.html", {"export": row})
    return _page(request, row, proof(person(request))(user=person(request), row=row))


@login_required
@require_POST
def send_export_code(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """A code to one's own mobile."""
    row, user = _export(request, ref), person(request)
    if user.mobile and row.is_ready and not user.has_usable_password():
        try:
            codes.send(purpose_of(row), user.mobile, by=user, template="export_code", language=user.language)
            messages.success(request, _("The code is on its way to %(mobile)s.") % {"mobile": mask(user.mobile)})
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("export", row.ref)


@login_required
@require_POST
@never_cache
def fetch_export(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """The ZIP, for whoever proves once more who they are."""
    row, user = _export(request, ref), person(request)
    if not row.is_ready:
        raise Http404
    allowed = ratelimit.consume(request, action="reauthenticate", user=user)
    if not allowed:
        messages.error(request, TOO_OFTEN)
    form = proof(user)(request.POST if allowed else None, user=user, row=row)
    if not form.is_valid():
        return _page(request, row, form)
    return _served(request, row, user)


@login_required
@require_POST
def discard_export(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Call it off, or throw it away before it expires."""
    let_go(_export(request, ref))
    messages.success(request, _("The copy is deleted."))
    return redirect("my_data")


@login_required
@never_cache
def ask_deletion(request: HttpRequest) -> HttpResponse:
    """Says what happens to each case; POST asks for the deletion."""
    user = person(request)
    if request.method != "POST":
        return render(request, "onboarding/privacy/ask_deletion.html", {"fates": showing.fates(user)})
    try:
        services.ask_deletion(user)
        messages.success(request, _("We have your request. Nothing new is done with your data from now on."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("my_data")


@login_required
@require_POST
def take_back_deletion(request: HttpRequest) -> HttpResponse:
    """As if nothing had been asked; what was withdrawn stays withdrawn."""
    if services.take_back_deletion(person(request)):
        messages.success(request, _("The request is taken back. You may start a new application."))
    return redirect("my_data")


def _export(request: HttpRequest, ref: uuid.UUID) -> Export:
    """One's own copy that is there or on its way; an expired one is not there any more."""
    row: Export = get_object_or_404(Export.objects.visible_to(request.user), ref=ref)
    if not (showing.shown(row) or row.outcome == Export.Outcome.FAILED):
        raise Http404
    return row


def _page(request: HttpRequest, row: Export, form: PasswordForm | CodeForm) -> HttpResponse:
    user = person(request)
    wait = codes.seconds_to_wait(codes.newest(purpose_of(row)))
    by_code = isinstance(form, CodeForm)
    mobile = mask(user.mobile) if user.mobile else ""
    context = {"export": row, "form": form, "by_code": by_code, "wait": wait, "mobile": mobile}
    return render(request, "onboarding/privacy/export.html", context)


def _served(request: HttpRequest, row: Export, user: User) -> HttpResponse:
    try:
        data = private_files.read(row.file, row.context)
    except Missing:
        raise Http404 from None
    Export.objects.filter(pk=row.pk, fetched_at=None).update(fetched_at=timezone.now())
    Access.objects.create(user=user, what=f"export:{row.pk}", address=get_adapter().get_client_ip(request))
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="kaitong-my-data-{row.ready_at:%Y-%m-%d}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
