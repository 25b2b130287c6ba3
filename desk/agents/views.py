"""Sales agents: what they brought in, and a new case on site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.agents.forms import SiteCaseForm
from desk.phone import listing
from desk.phone.services import Way
from desk.phone.views import answer, fragment
from onboarding.models import Case, Partner, User
from onboarding.models.partner import works
from onboarding.pages import person
from onboarding.rules import Who

PER_PAGE = 20


def sales_agent(request: HttpRequest) -> User:
    """The sales agent; others find nothing (404)."""
    user = person(request)
    if not user.plays(Who.SALES_AGENT):
        raise Http404
    return user


@login_required
@require_safe
def agent_home(request: HttpRequest) -> HttpResponse:
    """The cases that this agent opened, newest first."""
    user = sales_agent(request)
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
    cases = listing.with_takeover(Case.objects.visible_to(user).filter(opened_by=user)).order_by("-pk")
    found = list((cases.filter(pk__lt=before) if before else cases)[: PER_PAGE + 1])
    older = f"?before={found[PER_PAGE - 1].pk}" if len(found) > PER_PAGE else ""
    context = {"rows": found[:PER_PAGE], "older_url": older, "partner": user.partner, "works": works(user.partner)}
    return render(request, "desk/agents/home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def agent_new(request: HttpRequest) -> HttpResponse:
    """A new case, entered in the shop; refused once the agency's registration has ended."""
    user = sales_agent(request)
    partner = user.partner
    if partner is None or not partner.works:
        return render(request, "desk/agents/lapsed.html", {"partner": partner}, status=403)
    return _entered(request, user, partner)


@login_required
@require_POST
def agent_duplicates(request: HttpRequest) -> HttpResponse:
    """The part of the page that shows who is with us already, while somebody types."""
    return fragment(request, sales_agent(request))


def _entered(request: HttpRequest, user: User, partner: Partner) -> HttpResponse:
    form = SiteCaseForm(partner, request.POST if request.method == "POST" else None)
    region = form.cleaned_data.get("region", "") if form.is_bound and (form.is_valid() or form.errors) else ""
    way = Way(Case.Channel.AGENT, partner, region)
    return answer(request, user, form, way, {"partner": partner})
