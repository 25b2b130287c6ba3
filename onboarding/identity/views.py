"""The pages of the identity step: one thing per page, saved as you go, checked at the end, handed in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import doubting, drafts
from onboarding.documents import prefill
from onboarding.documents.items import may_fill
from onboarding.documents.prefill import Wanted
from onboarding.documents.problems import SENTENCES, Unusable
from onboarding.formats import mobile
from onboarding.identity import forms, parts, services
from onboarding.models import Case, MerchantType, Person, Step
from onboarding.pages import fire, frame, get_case, person
from onboarding.services import preparing

Form = Callable[[Case, Any, frozenset[str] | None], forms.PageForm]
Save = Callable[..., None]


@login_required
@require_GET
def identity(request: HttpRequest, ref: str) -> HttpResponse:
    """All parts of the step and how each stands."""
    case = get_case(request, ref)
    editable = may_fill(case, Step.IDENTITY, person(request))
    ready = preparing.ready(case, person(request), request.session) if editable else ()
    tasks = parts.tasks(case, editable, services.open_fields(case), ready)
    return render(
        request, "onboarding/identity/overview.html", frame(case, person(request), tasks=tasks, editable=editable)
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """A page with one form: how it is filled, how it is saved, and what papers may fill in."""

    name: str
    lead: Any
    form: Form
    save: Save
    wanted: Mapping[str, Wanted] = dataclasses.field(default_factory=dict)


def _page(request: HttpRequest, ref: str, page: Page) -> HttpResponse:
    case, user = get_case(request, ref), person(request)
    if not may_fill(case, Step.IDENTITY, user):
        return closed(request, case)
    form = page.form(case, request.POST if request.method == "POST" else None, services.open_fields(case))
    if not form.fields:
        return closed(request, case)
    if request.method == "POST" and form.is_valid():
        try:
            page.save(case, form.cleaned_data, by=user)
        except Unusable:
            return closed(request, case)
        drafts.forget(request)
        if not form.doubts():
            return redirect(parts.next_url(fresh(case), request.path))
    restored = drafts.restore(request, form)
    fill = not restored and "by_hand" not in request.GET
    told = _context(request, case, page, form) | {"restored": restored}
    told["offers"] = prefill.offer(form, case, page.wanted, fill=fill)
    return render(request, "onboarding/identity/form.html", frame(case, user, **told))


def _context(request: HttpRequest, case: Case, page: Page, form: forms.PageForm) -> dict[str, Any]:
    part = next(one for one in parts.parts(case) if one.url == request.path)
    doubts = form.doubts() if form.is_bound and form.is_valid() else []
    onward = parts.next_url(case, request.path) if doubts else ""
    told = parts.remarks_for(case, part.items)
    return {"form": form, "part": part, "lead": page.lead, "doubts": doubts, "onward": onward, "remarks": told}


def fresh(case: Case) -> Case:
    """The case with its merchant as they stand now."""
    found: Case = Case.objects.select_related("merchant").get(pk=case.pk)
    return found


def closed(request: HttpRequest, case: Case) -> HttpResponse:
    """Nothing may be changed here: say so when somebody tried, and show the overview."""
    if request.method == "POST":
        messages.error(request, SENTENCES["locked"])
    return redirect("identity", case.ref)


def _business_form(case: Case, data: Any, items: frozenset[str] | None) -> forms.PageForm:
    initial = model_to_dict(case.merchant)
    if case.merchant.type == MerchantType.MICRO:
        return forms.MicroForm(data, initial=initial, open_items=items)
    return forms.BusinessForm(data, initial=initial, open_items=items, merchant_type=case.merchant.type)


def _initial(case: Case, role: str) -> dict[str, Any]:
    row = services.people(case, role).first()
    if row is None:
        return {}
    return {name: getattr(row, name) for name in _COLUMNS} | {"mobile": mobile.national(row.mobile or "")}


_COLUMNS = ("name", "id_type", "id_number", "id_valid_until", "id_long_term", "mobile")


def _person_form(case: Case, data: Any, items: frozenset[str] | None) -> forms.PageForm:
    initial = _initial(case, Person.Role.LEGAL_REPRESENTATIVE)
    if case.merchant.type == MerchantType.MICRO and not initial:
        initial = {"name": case.merchant.contact_name, "mobile": mobile.national(case.merchant.contact_mobile or "")}
    return forms.PersonForm(data, initial=initial, open_items=items)


def _handler_form(case: Case, data: Any, items: frozenset[str] | None) -> forms.PageForm:
    known = _initial(case, Person.Role.HANDLER)
    chosen = data and data.get("who") == forms.HandlerForm.OTHER
    who = forms.HandlerForm.OTHER if known or chosen else forms.HandlerForm.SELF
    if chosen and "name" not in data:  # only the question was on the page so far: now ask for the person
        data = None
    return forms.HandlerForm(data, initial={"who": who, **known}, open_items=items)


FROM_LICENCE = {
    "name": Wanted(("merchant.name",)),
    "uscc": Wanted(("merchant.uscc",)),
    "registered_address": Wanted(("merchant.registered_address",)),
    "scope": Wanted(("merchant.scope",)),
    "established_on": Wanted(("merchant.established_on",)),
    "valid_until": Wanted(("merchant.valid_until",), forever="is_long_term"),
}


def _from_card(part: str, *others: str) -> dict[str, Wanted]:
    """What an identity card tells about the person of that part; `others` may know the name as well."""
    return {
        "name": Wanted((f"{part}.name", *others)),
        "id_number": Wanted((f"{part}.id_number",)),
        "id_valid_until": Wanted((f"{part}.id_valid_until",), forever="id_long_term"),
    }


BUSINESS = Page(
    "business",
    _("Copy it from the licence, character by character."),
    _business_form,
    services.save_business,
    FROM_LICENCE,
)
PERSON = Page(
    "person",
    _("The person named on the licence. We compare the name with the number."),
    _person_form,
    services.save_person,
    _from_card("person", "merchant.legal_representative"),
)
HANDLER = Page(
    "handler",
    _("If somebody acts for the responsible person, we need their papers and a letter."),
    _handler_form,
    services.save_handler,
    _from_card("handler"),
)


@login_required
@require_http_methods(["GET", "POST"])
def business(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, BUSINESS)


@login_required
@require_http_methods(["GET", "POST"])
def responsible(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, PERSON)


@login_required
@require_http_methods(["GET", "POST"])
def handler(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref, HANDLER)


@login_required
@require_GET
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Check your answers, then hand them in."""
    case = get_case(request, ref)
    if not may_fill(case, Step.IDENTITY, person(request)):
        return closed(request, case)
    items = services.open_fields(case)
    told: dict[str, Any] = {"answers": parts.answers(case, items), "papers": _papers(case, items)}
    told |= {"doubts": doubting.shown(case, Step.IDENTITY), "stand": reverse("identity_stand", args=[case.ref])}
    return render(request, "onboarding/identity/check.html", frame(case, person(request), **told))


def _papers(case: Case, items: frozenset[str] | None) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "label": name, "tiles": tiles, "open": items is None or f"document:{kind.code}" in items}
        for kind, name, tiles in parts.papers(case)
    ]


@login_required
@require_POST
def stand(request: HttpRequest, ref: str) -> HttpResponse:
    """Say of a doubt that it is right as it is, or take that back."""
    return doubting.answer(request, ref, Step.IDENTITY, closed)


@login_required
@require_POST
def submit_identity(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the papers in."""
    case = get_case(request, ref)
    said = _("Your papers are with us. You hear from us by the promised date.")
    if fire(request, case, "submit_identity", said=said) is None:
        return redirect("identity_check" if may_fill(case, Step.IDENTITY, person(request)) else "identity", case.ref)
    return redirect(case)
