"""The page of the beneficial owners: a promise of exemption, or the list of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding import drafts
from onboarding.documents import prefill
from onboarding.documents.items import may_fill
from onboarding.documents.prefill import Wanted
from onboarding.documents.problems import Unusable
from onboarding.identity import forms, owner_cards, parts, services
from onboarding.identity.views import closed, fresh
from onboarding.models import Case, Person, Step
from onboarding.pages import frame, get_case, person
from onboarding.rules.identity import OWNED

FROM_CARD = {
    "name": Wanted(("owners.name",)),
    "id_number": Wanted(("owners.id_number",)),
    "id_valid_until": Wanted(("owners.id_valid_until",), forever="id_long_term"),
}
FULL = _("At most 20 owners fit here. Remove one before you add another.")


def _fetched(request: HttpRequest, ref: str) -> tuple[Case, bool]:
    """The case, and whether its owners may be changed now; 404 for types that are not asked."""
    case = get_case(request, ref)
    if case.merchant.type not in OWNED:
        raise Http404
    items = services.open_fields(case)
    return case, may_fill(case, Step.IDENTITY, person(request)) and (items is None or "field:owners" in items)


@login_required
@require_http_methods(["GET", "POST"])
def owners(request: HttpRequest, ref: str) -> HttpResponse:
    """The promise; below it the list, as long as it is not given."""
    case, open_ = _fetched(request, ref)
    if not open_:
        return closed(request, case)
    promise = _promise(case, request.POST if request.method == "POST" else None)
    if request.method == "POST" and promise.is_valid():
        exempt = promise.cleaned_data["exempt"]
        try:
            services.save_promise(case, exempt, by=person(request))
        except Unusable:
            return closed(request, case)
        drafts.forget(request)
        return redirect(parts.next_url(fresh(case), request.path) if exempt else request.path)
    return _shown(request, case, promise, forms.OwnerForm(prefix="owner"))


@login_required
@require_POST
def add_owner(request: HttpRequest, ref: str) -> HttpResponse:
    """One more person in the list."""
    case, open_ = _fetched(request, ref)
    form = forms.OwnerForm(request.POST, prefix="owner")
    if not open_:
        return closed(request, case)
    if not form.is_valid():
        return _shown(request, case, _promise(case, None), form)
    try:
        if not services.add_owner(case, form.cleaned_data, by=person(request)):
            messages.error(request, FULL)
    except Unusable:
        return closed(request, case)
    drafts.forget(request, reverse("identity_owners", args=[case.ref]))
    for _place, sentence in form.doubts():
        messages.warning(request, sentence)
    return redirect("identity_owners", case.ref)


@login_required
@require_POST
def remove_owner(request: HttpRequest, ref: str, owner: int) -> HttpResponse:
    """One person less."""
    case, open_ = _fetched(request, ref)
    if not open_:
        return closed(request, case)
    try:
        services.remove_owner(case, owner, by=person(request))
    except Unusable:
        return closed(request, case)
    return redirect("identity_owners", case.ref)


def _promise(case: Case, data: Any) -> forms.PromiseForm:
    initial = {"exempt": case.merchant.beneficial_owner_exempt}
    return forms.PromiseForm(data, initial=initial, merchant_type=case.merchant.type)


def _shown(request: HttpRequest, case: Case, promise: forms.PromiseForm, form: forms.OwnerForm) -> HttpResponse:
    people = list(services.people(case, Person.Role.BENEFICIAL_OWNER))
    restored = [drafts.restore(request, one) for one in (promise, form)]
    fill = not any(restored) and "by_hand" not in request.GET
    card = {} if case.merchant.beneficial_owner_exempt else owner_cards.next_one(case, people)
    told = {
        "offers": prefill.offer(form, case, FROM_CARD, fill=fill, known=card),
        "promise": promise,
        "restored": any(restored),
        "form": form,
        "owners": people,
        "remarks": parts.remarks_for(case, ["field:owners"]),
        "onward": parts.next_url(case, request.path),
    }
    return render(request, "onboarding/identity/owners.html", frame(case, person(request), **told))
