"""The numbers of a merchant's people, masked; and one of them in full, once and for a minute, after a reason.

The page of a case and the reviewers' workbench are two doors to the same room: the form, the rules and the answer stand
here, the frame around them is the door's own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onboarding import services
from onboarding.cases.free_text import FreeText
from onboarding.formats import bank_account, identity_document, mobile
from onboarding.models import Case, Merchant, Person, SettlementAccount, User
from onboarding.pages import get_case, person
from onboarding.services import NotAllowed, NotThere, Refused
from portal import typed

SHOWN_SECONDS = 60  # then the browser goes back to the case by itself, also without JavaScript
LABELS: dict[str, Any] = {  # what can be unmasked (services.unmask), in words
    "contact_mobile": _("Mobile number of the contact"),
    "id_number": _("Document number"),
    "mobile": _("Mobile number"),
    "account": _("Account number"),
}


class WhyForm(typed.Form):
    """Why a number has to be seen in full."""

    why = FreeText(
        longest=200, rows=2, label=_("Why do you need it?"),
        error_messages={"required": _("Say why you need to see it: the reason is kept with your name.")},
    )  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """One number as it is shown: `whose` in words, `what` and `row` to ask for it in full."""

    whose: Any
    masked: str
    what: str
    row: int

    @property
    def label(self) -> Any:
        return LABELS[self.what]


def masked(case: Case, user: User) -> list[Number]:
    """Every number of the case's merchant, for those who may ask for one in full; nothing for others. Two queries."""
    return list(_masked(case.merchant)) if services.may_unmask(user) else []


def _masked(merchant: Merchant) -> Iterator[Number]:
    if merchant.contact_mobile:
        yield Number(_("Contact"), mobile.mask(merchant.contact_mobile), "contact_mobile", merchant.pk)
    for one in Person.objects.filter(merchant=merchant).order_by("pk"):
        if one.id_number:
            number = identity_document.mask(one.id_number, kind=one.id_type)
            yield Number(one.get_role_display(), number, "id_number", one.pk)
        if one.mobile:
            yield Number(one.get_role_display(), mobile.mask(one.mobile), "mobile", one.pk)
    for account in SettlementAccount.objects.filter(merchant=merchant).order_by("pk"):
        if account.number:
            yield Number(account.holder, bank_account.mask(account.number, staff=True), "account", account.pk)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def unmask(request: HttpRequest, ref: str, what: str, row: int) -> HttpResponse:
    """The page of one number for colleagues outside the workbench."""
    case = get_case(request, ref)
    context = asked(request, case, what, row)
    return shown_briefly(render(request, "onboarding/cases/number.html", context), context, case.get_absolute_url())


def asked(request: HttpRequest, case: Case, what: str, row: int) -> dict[str, Any]:
    """The form; after a reason, the number too (`value`). Who may not see it, or what is not there: Http404."""
    user, value = person(request), ""
    _there(case, what, row, user)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            address = request.META.get("REMOTE_ADDR") or None
            value = services.unmask(case, what, row, by=user, why=form.cleaned_data["why"], address=address)
        except Refused as refused:
            form.add_error(None, str(refused))
    return {"case": case, "form": form, "value": value, "label": LABELS[what], "seconds": SHOWN_SECONDS}


def _there(case: Case, what: str, row: int, user: User) -> None:
    """Raise Http404 where there is nothing for this person: what is missing and what is not theirs look alike."""
    try:
        services.asked_for(case, what, row, by=user)
    except (NotAllowed, NotThere):
        raise Http404 from None


def shown_briefly(answer: HttpResponse, context: dict[str, Any], back: str) -> HttpResponse:
    """With a number in it, the page leads back to `back` after a minute."""
    if context["value"]:
        answer["Refresh"] = f"{SHOWN_SECONDS}; url={back}"
    return answer
