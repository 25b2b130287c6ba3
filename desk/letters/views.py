"""Every mail and SMS with made-up values, for those who answer for their words. Nothing is ever sent from here."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from desk.doors import staff_only
from desk.letters import catalogue, reach
from desk.letters.drawing import Drawn, drawn, shaded
from desk.letters.forms import PHONE, WIDTHS, Look
from desk.letters.samples import Sample
from onboarding.cases import words
from onboarding.models import User
from onboarding.notices import UNTOLD
from onboarding.pages import person
from onboarding.rules import Who

READERS = (Who.OPERATIONS_MANAGER, Who.ADMINISTRATOR, Who.SUPPORT_AGENT)
# The mail's own styles may show inside our page; it may run, load, send and open nothing.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'self'; sandbox"
)


def may_read(user: User) -> bool:
    return user.is_superuser or user.plays(*READERS)


@staff_only
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All letters by audience, and of what nobody is told."""
    _judge(request)
    groups: dict[Any, list[catalogue.Letter]] = {}
    for one in catalogue.letters():
        groups.setdefault(one.audience, []).append(one)
    untold = [(words.for_staff(verb), why) for verb, why in UNTOLD.items()]
    return render(request, "desk/letters/letters.html", {"groups": list(groups.items()), "untold": untold})


@staff_only  # type: ignore[arg-type]  # csp says that it takes views without arguments
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def letter(request: HttpRequest, letter: str) -> HttpResponse:
    """One letter: its HTML in a frame that may do nothing, text and SMS beside it."""
    found, look = _asked(request, letter)
    chosen = look.chosen()
    context = {
        "letter": found,
        "drawn": _drawn(found, chosen),
        "look": look,
        "query": urlencode(chosen),
        "width": WIDTHS[chosen["width"]],
        "narrow": chosen["width"] == PHONE,
        "choices": [_choices(look, name, chosen) for name in look.fields],
        "doors": _doors(found.name),
    }
    return render(request, "desk/letters/letter.html", context)


@staff_only
@require_safe
@xframe_options_sameorigin
def letter_html(request: HttpRequest, letter: str) -> HttpResponse:
    """The HTML of a mail, shut into a policy of its own; only our own page may frame it."""
    found, look = _asked(request, letter)
    if catalogue.MAIL not in found.channels:
        raise Http404
    chosen = look.chosen()
    html = shaded(_drawn(found, chosen).html, chosen["shade"])
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY})


def _judge(request: HttpRequest) -> None:
    if not may_read(person(request)):
        raise Http404


def _asked(request: HttpRequest, name: str) -> tuple[catalogue.Letter, Look]:
    _judge(request)
    found = catalogue.find(name)
    if found is None:
        raise Http404
    both = found.audience is catalogue.OTHER_SIDE
    return found, Look(request.GET.dict(), language=get_language() or "", both_sides=both)


def _drawn(found: catalogue.Letter, chosen: dict[str, str]) -> Drawn:
    return drawn(found, chosen["language"], Sample(ours=chosen.get("reader") == "us"))


def _choices(look: Look, name: str, chosen: dict[str, str]) -> dict[str, Any]:
    """One row of links: a label, and (words, address, whether it is this one)."""
    options = look.fields[name].choices  # type: ignore[attr-defined]
    links = [(label, f"?{urlencode({**chosen, name: value})}", chosen[name] == value) for value, label in options]
    return {"label": look.fields[name].label, "links": links}


def _doors(name: str) -> list[str]:
    """The doors of the small machines of which this letter tells, as Order.ship."""
    return [
        f"{machine.__name__.removesuffix('Flow')}.{door}"
        for machine, heard in reach.HEARD.items()
        for door, told in heard.items()
        if told == name
    ]
