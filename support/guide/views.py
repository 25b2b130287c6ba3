"""The pages of the guide: for everybody, without an account."""

from __future__ import annotations

from typing import Any

import segno
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from devices.catalogue.kinds import KINDS
from onboarding.facts import kept
from onboarding.registration import limits
from onboarding.services.preparing import Prepared, remember, remembered
from support.guide import agents, checklist, durations, example
from support.guide.chapters import CHAPTERS, place
from support.guide.checklist import Choice
from support.guide.forms import AgentForm, ChoiceForm


def _page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {"chapters": CHAPTERS, "place": place(name), **more}
    return render(request, f"support/guide/{name.removeprefix('guide_')}.html", context, status=status)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The contents: one line per chapter."""
    return render(request, "support/guide/guide.html", {"chapters": CHAPTERS})


@require_safe
def terminal(request: HttpRequest) -> HttpResponse:
    return _page(request, "guide_terminal", kinds=KINDS.values())


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    told = {"stages": durations.stages(), "waiting": durations.waiting(), "total": durations.total()}
    return _page(request, "guide_steps", **told)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    rows = example.rows()
    invented = any(row.plan.institution.fictitious for row in rows)
    told = {"rows": rows, "floor": example.floor(), "month": example.MONTH, "invented": invented}
    return _page(request, "guide_compare", **told)


@require_safe
def beware(request: HttpRequest) -> HttpResponse:
    return _page(request, "guide_beware", never=checklist.never_asked())


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    return _page(request, "guide_duties", years=settings.RETENTION_YEARS)


@require_safe
def care(request: HttpRequest) -> HttpResponse:
    return _page(request, "guide_care", stages=durations.stages()[-1:])


@require_http_methods(["GET", "HEAD", "POST"])
def agent(request: HttpRequest) -> HttpResponse:
    """Look up a filing number. Questions are sent by POST and counted per address: nobody collects the list."""
    form = AgentForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "guide_agent", form=form)
    if not ratelimit.consume(request, action="check_agent"):
        form.add_error("number", limits.sentence(limits.wait(request, "check_agent")))
        return _page(request, "guide_agent", form=form, status=429)
    return _page(request, "guide_agent", form=form, answer=agents.look_up(form.cleaned_data["number"]))


@require_safe
def prepare(request: HttpRequest) -> HttpResponse:
    """The questions; they send to the list."""
    known = remembered(request.session)
    before = {"type": known.type, **known.answers} if known.type else None
    form = ChoiceForm(initial=answered(request.GET) if "type" in request.GET else before)
    return _page(request, "guide_prepare", form=form, known=known, list_url=_address(known) if known.type else "")


def _address(known: Prepared) -> str:
    return f"{reverse('guide_list')}?{checklist.of_answers(known.type, known.answers).query()}"


@require_http_methods(["GET", "HEAD", "POST"])
def checklist_page(request: HttpRequest) -> HttpResponse:
    """The list for the answers in the address. POST keeps the ticks in this browser's session."""
    form = ChoiceForm({"premises": checklist.FIXED} | answered(request.GET))
    if not form.is_valid():
        return _page(request, "guide_prepare", form=form if request.GET else ChoiceForm(), known=Prepared())
    choice = form.choice()
    if request.method == "POST":
        return _kept(request, choice)
    return _list(request, choice)


def answered(query: QueryDict) -> dict[str, Any]:
    """What an address says of the answers; "applies" may stand in it several times."""
    return {**query.dict(), "applies": query.getlist("applies")}


def _kept(request: HttpRequest, choice: Choice) -> HttpResponse:
    asked = {item.kind.code for item in checklist.items(choice)}
    ready = tuple(code for code in dict.fromkeys(request.POST.getlist("have")) if code in asked)
    remember(request.session, Prepared(choice.type, choice.answers(), ready))
    return redirect(f"{reverse('guide_list')}?{choice.query()}&saved=1")


def _list(request: HttpRequest, choice: Choice) -> HttpResponse:
    carried = [code for code in request.GET.get("have", "").split(".") if code in kept.document_kinds()]
    ready = carried or list(remembered(request.session).ready)
    items = checklist.items(choice, ready)
    done = [item.kind.code for item in items if item.ready]
    link = f"{settings.SITE_URL}{reverse('guide_list')}?{choice.query(done)}"
    told = {
        "choice": choice, "items": items, "done": len(done), "link": link, "carried": bool(carried),
        "qr": segno.make(link, error="l").svg_inline(scale=4, border=3, light="#fff", omitsize=False),
        "permits": checklist.possible_permits(choice), "never": checklist.never_asked(),
        "saved": "saved" in request.GET, "again": f"{reverse('guide_prepare')}?{choice.query()}",
        "here": f"{reverse('guide_list')}?{choice.query()}",
    }  # fmt: skip
    context = {"chapters": CHAPTERS, "place": place("guide_prepare"), **told}
    return render(request, "support/guide/list.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the pages for everybody."""
    allowed = ["/$", *(reverse(name) for name in ("guide", "terminals", "help", "plans", "privacy"))]
    lines = ["User-agent: *", *(f"Allow: {path}" for path in allowed), "Allow: /static/", "Disallow: /"]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]), "text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The same pages for search engines."""
    names = ["front", "guide", *(one.name for one in CHAPTERS), "terminals", "plans", "help", "privacy"]
    places = [settings.SITE_URL + reverse(name) for name in names]
    return render(request, "support/guide/sitemap.xml", {"places": places}, content_type="application/xml")
