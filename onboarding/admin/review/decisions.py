"""What a reviewer may decide on a case, and the views that do it: one address per verb, POST only fires."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding import deadlines
from onboarding.admin.review import marking
from onboarding.admin.review.forms import DecisionForm, RejectForm
from onboarding.admin.review.opening import back, opened
from onboarding.flow import REVIEWS, VERBS, State, Verb
from onboarding.models import Case, User
from onboarding.pages import audiences, person, refusal
from onboarding.rules import Requirement, readable
from onboarding.services import Conflict, Refused, barred, marks, offers
from onboarding.services import decide as decide_case

SAID: dict[str, Any] = {
    "approve_identity": _("Approved. The merchant has been told and fills in the application."),
    "recommend_identity": _("Recommended. A colleague has to confirm; the merchant notices nothing."),
    "confirm_identity": _("Confirmed. The merchant has been told and fills in the application."),
    "return_identity": _("Returned. The merchant has been told what to mend."),
    "approve_application": _("Approved. The agreement waits for the merchant’s signature."),
    "recommend_application": _("Recommended. A colleague has to confirm; the merchant notices nothing."),
    "confirm_application": _("Confirmed. The agreement waits for the merchant’s signature."),
    "return_application": _("Returned. The merchant has been told what to mend."),
    "reject": _("Rejected. The merchant has been told in neutral words."),
    "reopen": _("Open again. The merchant begins at the identity papers; all checks are made anew."),
}
OPINION_KEPT = _("Your opinion is kept. It differs from the first one: a senior reviewer decides.")
CONSEQUENCES: dict[str, Any] = {
    "reject": _("The case ends. The merchant reads that we cannot open the account this time, and no reason."),
    "reopen": _("The case begins again at the identity papers, with the same number."),
}
KEYS = {"approve": "a", "recommend": "a", "confirm": "a", "return": "r", "reject": "x"}


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """A button of the bar. `asks`: it leads to a page that asks first; else it fires at once."""

    verb: Verb
    url: str
    asks: bool
    missing: list[Requirement]
    key: str = ""
    css: str = "alt"

    @property
    def opinion(self) -> str:
        return self.verb.name.partition("_")[0]


def decisions(case: Case, user: User) -> list[Decision]:
    """The verbs of SAID that this reader may fire here; the one that carries the case on comes first."""
    found = [
        Decision(
            offer.verb,
            reverse(f"admin:{offer.verb.name}", args=[case.ref]),
            asks=offer.verb.needs_note or offer.verb.name.startswith("return"),
            missing=readable(offer.missing, *audiences(user)),
        )
        for offer in offers(case, user)
        if offer.verb.name in SAID
    ]
    return _dressed(found)


def _dressed(found: list[Decision]) -> list[Decision]:
    """One primary button with the key A, red for what hurts. `recommend` comes first where two reviewers are needed."""
    forward = [one for one in found if one.opinion in ("approve", "recommend", "confirm")]
    two = any(missing.code == "second_review" for one in forward for missing in one.missing)
    first = next((one for one in forward if not two or one.opinion != "approve"), None)
    rest = [one for one in found if one is not first and not (two and one.opinion == "approve")]
    dressed = [dataclasses.replace(one, css="danger" if one.verb.danger else "alt") for one in rest]
    keyed = [one if one.opinion == "recommend" else _keyed(one) for one in dressed]
    return [_keyed(dataclasses.replace(first, css="")), *keyed] if first else keyed


def _keyed(one: Decision) -> Decision:
    return dataclasses.replace(one, key=KEYS.get(one.opinion, ""))


def cannot(case: Case, user: User) -> Any | None:
    """Why this reviewer decides nothing here although the case is under review; None when they may, or never do."""
    first = State(case.state).value.replace("_second_review", "").replace("_review", "")
    verb = f"confirm_{first}" if "second" in case.state else f"approve_{first}"
    if case.state not in REVIEWS or not user.has_perm(f"onboarding.{verb}"):
        return None
    return barred(case, VERBS[verb], user)


def seen(case: Case) -> str:
    """What a form carries so that a decision on an older round is not taken for one on this."""
    return f"{case.state}-{case.round}"


def decide(request: HttpRequest, ref: str, verb: str) -> HttpResponse:
    """GET asks, POST fires `verb`. Refusals are messages on the page of the case."""
    case, user = opened(request, ref), person(request)
    form = (RejectForm if verb == "reject" else DecisionForm)(
        request.POST if request.method == "POST" else None, verb=verb
    )
    if sentence := barred(case, VERBS[verb], user):
        messages.error(request, sentence)
        return back(case)
    if request.method == "POST" and form.is_valid():
        return _decided(request, case, verb, form)
    return render(request, "admin/onboarding/case/decide.html", _asked(request, case, verb, form))


def _decided(request: HttpRequest, case: Case, verb: str, form: DecisionForm) -> HttpResponse:
    if request.POST.get("seen", seen(case)) != seen(case):
        messages.error(request, str(Conflict()))
    elif isinstance(form, RejectForm):
        _fire(request, case, verb, form.kept_note, {"reason": form.public_reason.code})
    else:
        _fire(request, case, verb, form.cleaned_data["note"], {})
    return back(case)


def _fire(request: HttpRequest, case: Case, verb: str, note: str, data: dict[str, str]) -> None:
    """Decide, or keep an opinion that differs from the first; a refusal becomes messages, one per sentence."""
    try:
        fired = decide_case(case.pk, verb, by=person(request), note=note, data=data)
    except Refused as refused:
        for sentence in refusal(refused, person(request)):
            messages.error(request, sentence)
        return
    messages.success(request, SAID[verb] if fired else OPINION_KEPT)


def _asked(request: HttpRequest, case: Case, verb: str, form: DecisionForm) -> dict[str, Any]:
    rows = marks(case) if verb.startswith("return") else []
    target = next((target for source, target in VERBS[verb].edges if source == case.state), case.state)
    due, _provisional = deadlines.promise(case, target)
    return {
        **admin.site.each_context(request),
        "case": case,
        "verb": VERBS[verb],
        "title": VERBS[verb].label,
        "form": form,
        "seen": seen(case),
        "consequence": CONSEQUENCES.get(verb, ""),
        "returning": verb.startswith("return"),
        "previews": marking.previews(case, verb, rows, due) if rows else [],
        "promise": deadlines.row_for(target, case.risk_tier),
        "is_nav_sidebar_enabled": False,
    }
