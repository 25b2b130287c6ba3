"""The pages of the application: one thing per page, saved as you go, checked at the end, handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import doubting, drafts
from onboarding.application import categories, forms, places, questions, services
from onboarding.application.account_form import FROM_ACCOUNT, AccountForm
from onboarding.application.services import Draft
from onboarding.documents import prefill
from onboarding.documents.items import may_fill, open_items
from onboarding.documents.tiles import all_tiles
from onboarding.models import Case, MerchantCategory, Step
from onboarding.pages import fire, frame, get_case, person
from onboarding.services import NotNow, preparing
from onboarding.words import pick


@login_required
@require_GET
def application(request: HttpRequest, ref: str) -> HttpResponse:
    """All parts of the step and how each stands."""
    case, user = get_case(request, ref), person(request)
    draft = services.draft(case)
    names = services.open_pages(case, user)
    ready = preparing.ready(case, user, request.session) if names else ()
    told = {
        "tasks": questions.tasks(draft, names, open_items(case, Step.APPLICATION), ready),
        "editable": bool(names) or may_fill(case, Step.APPLICATION, user),
        "remarks": questions.unplaced(draft),
        "account": draft.account,
    }
    return render(request, "onboarding/application/overview.html", frame(case, user, **told))


def closed(request: HttpRequest, case: Case, name: str = "") -> HttpResponse:
    """Nothing may be changed on this page: say why, and show the overview."""
    sentence = services.shut(case, person(request), name) if name else services.CLOSED
    messages.info(request, sentence or services.CLOSED)
    return redirect("application", case.ref)


def page(request: HttpRequest, case: Case, draft: Draft, form: forms.Page, **more: Any) -> HttpResponse:
    """Show or save one page. `more` goes to the template."""
    if request.method == "POST" and form.is_valid():
        try:
            services.keep(case.pk, form.name, form.cleaned_data, by=person(request))
        except NotNow as refused:
            messages.error(request, str(refused))
            return redirect("application", case.ref)
        drafts.forget(request)
        return redirect(questions.next_url(services.draft(case), request.path))
    more["restored"] = drafts.restore(request, form)
    if wanted := more.pop("wanted", None):
        fill = not more["restored"] and "by_hand" not in request.GET
        more["offers"] = prefill.offer(form, case, wanted, fill=fill)
    title, lead = questions.HEADINGS[form.name]
    told = {"form": form, "title": title, "lead": lead, "remarks": questions.remarks_for(case, [f"field:{form.name}"])}
    template = f"onboarding/application/{more.pop('template', 'form')}.html"
    return render(request, template, frame(case, person(request), **told, **more))


def _opened(request: HttpRequest, ref: str, name: str) -> tuple[Case, Draft | None]:
    """The case, and the draft when this page may be changed now."""
    case, user = get_case(request, ref), person(request)
    return case, services.draft(case, user) if name in services.open_pages(case, user) else None


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(["GET", "POST"])
def store(request: HttpRequest, ref: str) -> HttpResponse:
    case, draft = _opened(request, ref, "store.name")
    if draft is None:
        return closed(request, case, "store.name")
    return page(request, case, draft, forms.StoreForm(_data(request), draft=draft))


@login_required
@require_http_methods(["GET", "POST"])
def trade(request: HttpRequest, ref: str) -> HttpResponse:
    """Search with GET q, choose with POST."""
    case, draft = _opened(request, ref, "store.mcc")
    if draft is None:
        return closed(request, case, "store.mcc")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    found = categories.search(words)
    chosen = _chosen(request, draft)
    if chosen and chosen not in found:
        found = [chosen, *found] if request.method == "POST" or not words else found
    form = forms.TradeForm(_data(request), draft=draft, found=found)
    return page(request, case, draft, form, template="trade", words=words, found=_choices(found, draft, form))


def _chosen(request: HttpRequest, draft: Draft) -> MerchantCategory | None:
    """What is ticked on this page: the posted one, else the saved one."""
    if request.method == "POST":
        return MerchantCategory.objects.filter(pk=request.POST.get("mcc", "").replace("\x00", "")[:4]).first()
    return draft.category


def _choices(found: list[MerchantCategory], draft: Draft, form: forms.TradeForm) -> list[dict[str, Any]]:
    ticked = form["mcc"].value()
    return [
        {
            "code": row.code, "name": pick(row, "name"), "ticked": row.code == ticked,
            "note": forms.REFUSED.get(categories.refusal(row, draft.merchant_type), ""), "permit": bool(row.permits),
        }
        for row in found
    ]  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, ref: str) -> HttpResponse:
    """Province and city with GET, district and street with POST."""
    case, draft = _opened(request, ref, "store.address")
    if draft is None:
        return closed(request, case, "store.address")
    asked = {name: request.GET.get(name, "")[:6] for name in ("province", "city")}
    chosen = places.places(asked["province"], asked["city"], draft.store.division_code)
    form = forms.AddressForm(_data(request), draft=draft, chosen=chosen)
    lists = {
        one: [(row.code, places.label(row)) for row in getattr(chosen, one)] for one in ("provinces", "cities")
    }  # fmt: skip
    return page(request, case, draft, form, template="address", chosen=chosen, lists=lists)


@login_required
@require_http_methods(["GET", "POST"])
def turnover(request: HttpRequest, ref: str) -> HttpResponse:
    case, draft = _opened(request, ref, "application.turnover")
    if draft is None:
        return closed(request, case, "application.turnover")
    return page(request, case, draft, forms.TurnoverForm(_data(request), draft=draft))


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, ref: str) -> HttpResponse:
    case, draft = _opened(request, ref, "settlement.account")
    if draft is None:
        return closed(request, case, "settlement.account")
    wanted = {name: want for name, want in FROM_ACCOUNT.items() if name != "number" or draft.account is None}
    return page(request, case, draft, AccountForm(_data(request), draft=draft), wanted=wanted)


@login_required
@require_GET
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Check your answers, then hand them in."""
    case, user = get_case(request, ref), person(request)
    if not may_fill(case, Step.APPLICATION, user):
        return closed(request, case)
    draft = services.draft(case)
    told: dict[str, Any] = {"answers": questions.answers(draft, services.open_pages(case, user))}
    told |= {"papers": _papers(draft)}
    told |= {"doubts": doubting.shown(case, Step.APPLICATION), "stand": reverse("application_stand", args=[case.ref])}
    return render(request, "onboarding/application/check.html", frame(case, user, **told))


def _papers(draft: Draft) -> list[dict[str, Any]]:
    open_ = open_items(draft.case, Step.APPLICATION)
    kinds = questions.kinds(draft)
    found = all_tiles(draft.case, {kind.code: pick(kind, "name") for kind in kinds})
    return [
        {
            "kind": kind, "label": pick(kind, "name"), "tiles": found[kind.code],
            "open": open_ is None or f"document:{kind.code}" in open_,
        }
        for kind in kinds
    ]  # fmt: skip


@login_required
@require_POST
def stand(request: HttpRequest, ref: str) -> HttpResponse:
    """Say of a doubt that it is right as it is, or take that back."""
    return doubting.answer(request, ref, Step.APPLICATION, closed)


@login_required
@require_POST
def submit_application(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the application in."""
    case = get_case(request, ref)
    said = _("Your application is with us. You hear from us by the promised date.")
    if fire(request, case, "submit_application", said=said) is None:
        open_ = may_fill(case, Step.APPLICATION, person(request))
        return redirect("application_check" if open_ else "application", case.ref)
    return redirect(case)
