"""Reading, downloading and signing the agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from onboarding.application import agreement as offers
from onboarding.application import codes, pdf, questions, services, signing, terms
from onboarding.facts.agreement import signer
from onboarding.flow import VERBS, Stage, State
from onboarding.formats import mobile
from onboarding.models import Access, Agreement, Case, Person
from onboarding.pages import fire, frame, get_case, person, refusal
from onboarding.services import Refused, barred, consents
from onboarding.words import pick
from portal import typed
from portal.storage import Missing, private_files

HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
NO_MOBILE = _("The mobile number of the legal representative is missing. Call us, so that we can check and add it.")
SIGNED = _("The agreement is signed already. You find it here at any time.")


class SignForm(typed.Form):
    """Consents one by one, the code, the name, and the drawing if there is one."""

    agreement = forms.BooleanField(error_messages={"required": _("Tick that you agree to the agreement and its fees")})
    sharing = forms.BooleanField(
        help_text=_("A separate consent. Without it this institution cannot be chosen; you may choose another one."),
        error_messages={"required": _("Tick that the institution may get the data, or choose another plan")},
    )
    marketing = forms.BooleanField(required=False)
    code = forms.CharField(
        label=_("Code from the message"),
        error_messages={"required": codes.EMPTY},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12", "class": "code"}
        ),
    )
    typed_name = forms.CharField(
        label=_("Type your name"), max_length=200, error_messages={"required": _("Type your name as on your ID card")}
    )
    drawn = forms.CharField(label=_("Sign by hand (optional)"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Agreement, signer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered, self.signer = offered, signer
        institution = pick(offered.plan.institution, "name")
        for purpose in ("agreement", "sharing", "marketing"):
            self.fields[purpose].label = consents.at_signing(purpose, offered.language, institution)
        self.fields["typed_name"].help_text = _("As on the identity card: %(name)s") % {"name": signer.name}

    def clean_typed_name(self) -> str:
        typed = str(self.cleaned_data["typed_name"])
        if not signing.names_agree(typed, self.signer):
            raise forms.ValidationError(_("This is another name than on the identity card"), "name")
        return typed

    def clean_drawn(self) -> bytes | None:
        try:
            return signing.drawing(self.cleaned_data["drawn"])
        except Refused as refused:
            raise forms.ValidationError(str(refused), "drawing") from None


@login_required
@require_GET
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """The agreement: to sign while it waits for that, to read afterwards."""
    case = get_case(request, ref)
    if case.state == State.SIGNING:
        return _page(request, case, offers.offer(case.pk))
    newest = Agreement.objects.visible_to(person(request)).filter(case=case).exclude(stage=Stage.VOID)
    row = newest.select_related("plan__institution").order_by("-version").first()
    if row is None:
        raise Http404
    return _page(request, case, row)


def _page(request: HttpRequest, case: Case, row: Agreement, form: SignForm | None = None) -> HttpResponse:
    user, who = person(request), signer(case)
    draft = services.draft(case)
    waits = case.state == State.SIGNING and row.stage == Stage.OFFERED
    barred_by = barred(case, VERBS["sign_agreement"], user) if waits else None
    if waits and not (who and who.mobile):
        barred_by = barred_by or NO_MOBILE
    may_sign = waits and barred_by is None and who is not None
    code = codes.newest(row) if may_sign else None
    told: dict[str, Any] = {
        "agreement": row, "waits": waits, "may_sign": may_sign, "barred": barred_by, "code": code,
        "wait": codes.seconds_to_wait(code), "mobile": mobile.mask(who.mobile or "") if who else "", "signer": who,
        "form": form or (SignForm(offered=row, signer=who) if may_sign and who else None),
        "summary": terms.summary(row.plan, row.snapshot["fee_class"], row.snapshot["cycle"]),
        "answers": [*questions.answers(draft, ())], "institution": pick(row.plan.institution, "name"),
        "digest": [row.sha256[place : place + 8] for place in range(0, 64, 8)], "pages": _length(row),
    }  # fmt: skip
    return render(request, "agreements/agreement.html", frame(case, user, **told))


def _length(row: Agreement) -> int:
    try:
        return pdf.pages(private_files.read(*_stored(row)))
    except Missing:
        return 0


def _stored(row: Agreement) -> tuple[str, str]:
    """(name, context) of the file as it stands: signed when it is."""
    return (row.signed_file, signing.signed_context(row)) if row.signed_file else (row.file, offers.context(row))


@login_required
@require_GET
def agreement_file(request: HttpRequest, ref: str, version: int) -> HttpResponse:
    """The PDF; each download is written down."""
    case, user = get_case(request, ref), person(request)
    row = get_object_or_404(Agreement.objects.visible_to(user), case=case, version=version)
    try:
        data = private_files.read(*_stored(row))
    except Missing:
        raise Http404 from None
    Access.objects.create(user=user, case=case, what=f"agreement:{row.version}", address=_address(request))
    name = f"{case.ref}-agreement-v{row.version}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers={**HEADERS, **disposition})


def _address(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None


def _signable(request: HttpRequest, ref: str) -> tuple[Case, Agreement | None, Person | None]:
    """The case, its offer and the signer; no offer (and a message) when this user may not sign it now."""
    case, user = get_case(request, ref), person(request)
    row, who = offers.offered(case), signer(case)
    sentence = barred(case, VERBS["sign_agreement"], user)
    if case.state != State.SIGNING or row is None:
        messages.info(request, SIGNED if case.agreements.filter(stage=Stage.SIGNED).exists() else services.CLOSED)
        return case, None, who
    if sentence or who is None or not who.mobile:
        messages.error(request, sentence or NO_MOBILE)
        return case, None, who
    return case, row, who


@login_required
@require_POST
def send_signing_code(request: HttpRequest, ref: str) -> HttpResponse:
    """A code to the legal representative's own mobile."""
    case, row, who = _signable(request, ref)
    if row is None or who is None:
        return redirect(case)
    try:
        codes.send(row, who.mobile or "", by=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("The code is on its way to %(mobile)s.") % {"mobile": mobile.mask(who.mobile or "")}
        )
    return redirect(f"{request.path.removesuffix('code/')}#sign")


@login_required
@require_POST
def sign_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """Sign: everything is checked, then the code, then one transaction."""
    case, row, who = _signable(request, ref)
    if row is None or who is None:
        return redirect(case)
    form = SignForm(request.POST, offered=row, signer=who)
    if not form.is_valid() or not _signed(request, case, row, who, form):
        return _page(request, case, row, form)
    messages.success(request, _("Signed. You find the agreement here at any time. Now choose your terminal."))
    return redirect(case)


def _signed(request: HttpRequest, case: Case, row: Agreement, who: Person, form: SignForm) -> bool:
    code, sentence = codes.check(row, form.cleaned_data["code"])
    if code is None:
        form.add_error("code", sentence)
        return False
    user, values = person(request), form.cleaned_data
    given = signing.Signature(values["typed_name"], values["drawn"], values["marketing"], _address(request))
    try:
        signing.sign(case, row, code, who, given, by=user)
    except Refused as refused:
        for one in refusal(refused, user):
            form.add_error(None, str(one))
        return _is_signed(row)
    return True


def _is_signed(row: Agreement) -> bool:
    """Somebody pressed twice and the first press has signed: that is no error."""
    return Agreement.objects.filter(pk=row.pk, stage=Stage.SIGNED).exists()


@login_required
@require_POST
def revise_application(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to the form; the offer is void."""
    case = get_case(request, ref)
    moved = fire(request, case, "revise_application", said=_("Change what you like, then hand it in again."))
    return redirect("application" if moved else "agreement", case.ref)
