"""Pages that exist only while everything outside is simulated (settings.EMBEDDED)."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.gateways.base import tail
from portal.gateways.messages import recipient_index
from portal.models import Gateway, SimulatedMessage, SimulatedPayment
from portal.outbox import payments, rehearsals
from portal.outbox.forms import RehearsalForm

View = Callable[..., HttpResponse]
PAGE = 30  # messages on a page
# The mail's own styles may show; it may run, load and embed nothing. Its links may open.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
    " sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation"
)


def embedded_only(view: View) -> View:
    """404 where real parties are connected."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.EMBEDDED:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def staff_only(view: View) -> View:
    """Sign in first; whoever is not on the staff finds nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not (request.user.is_staff or request.user.is_superuser):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@embedded_only
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """Newest first; `q` finds a recipient, `before` goes on with older ones."""
    words, before = request.GET.get("q", "").strip()[:200], request.GET.get("before", "")
    found = SimulatedMessage.objects.order_by("-pk")
    if words:
        found = found.filter(to_index=recipient_index(words))
    if before.isascii() and before.isdigit():
        found = found.filter(pk__lt=min(int(before), 2**62))
    rows = list(found[: PAGE + 1])
    shown = [(row, recipient(row)) for row in rows[:PAGE]]
    older = shown[-1][0].pk if len(rows) > PAGE else None
    return render(request, "portal/outbox.html", {"shown": shown, "words": words, "older": older})


def recipient(row: SimulatedMessage) -> str:
    """An address as it is; the end of a mobile or account number."""
    return row.to if "@" in row.to else tail(row.to)


@embedded_only
@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, as text."""
    row = get_object_or_404(SimulatedMessage, pk=pk)
    return render(request, "portal/outbox_message.html", {"row": row, "recipient": recipient(row)})


@embedded_only
@require_GET
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part of a mail as its reader sees it, shut into a policy of its own."""
    row = get_object_or_404(SimulatedMessage.objects.exclude(html=""), pk=pk)
    return HttpResponse(row.html, headers={"Content-Security-Policy": MAIL_POLICY})


@embedded_only
@staff_only
@require_http_methods(["GET", "POST"])
def rehearsal(request: HttpRequest) -> HttpResponse:
    """All outside parties and how they behave now; the button sets all of them back."""
    if request.method == "POST":
        rehearsals.clear_all()
        messages.success(request, _("Everybody behaves as usual again."))
        return redirect("rehearsal")
    rows = rehearsals.parties()
    forced = sum(1 for row in rows if row.running)
    return render(request, "portal/rehearsal.html", {"parties": rows, "forced": forced})


@embedded_only
@staff_only
@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, name: str) -> HttpResponse:
    """One party: what it was asked, and what it shall do next."""
    if name not in Gateway.values or settings.GATEWAYS[name] != "simulator":
        raise Http404
    form = RehearsalForm(name, request.POST if request.method == "POST" and "clear" not in request.POST else None)
    if "clear" in request.POST:
        rehearsals.clear(name)
        messages.success(request, _("Back to normal."))
        return redirect("rehearsal_party", name)
    if form.is_valid():
        form.force(by=str(request.user))
        messages.success(request, _("Set. The next call shows it."))
        return redirect("rehearsal_party", name)
    row = next(each for each in rehearsals.parties() if each.name == name)
    context = {"party": row, "form": form, "calls": rehearsals.newest_calls(name)}
    return render(request, "portal/rehearsal_party.html", context)


@embedded_only
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """The payment house's own page: pay, refuse, and back to the shop."""
    payment = get_object_or_404(SimulatedPayment, token=token)
    if request.POST.get("answer") in ("pay", "refuse"):
        return redirect(payments.decide(token, pays=request.POST["answer"] == "pay").return_url)
    return render(request, "portal/pay.html", {"payment": payment})
