"""What the computer shows of a hand-over: how far it is, where the phone is, which pictures have come."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.documents.tiles import Tile, all_tiles
from onboarding.handover.keeping import Handover
from onboarding.models import Case, Document, DocumentKind
from onboarding.registration.sessions import device
from onboarding.words import pick

PAGES = {
    "identity": _("Identity review"),
    "identity_business": _("Your business"),
    "identity_person": _("Legal representative"),
    "identity_handler": _("Who deals with this application"),
    "identity_owners": _("Beneficial owners"),
    "identity_check": _("Check your answers"),
    "application_check": _("Check your answers"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """`state`: waiting, opened, joined, done, void or expired."""

    state: str
    number: str = ""
    device: str = ""
    page: str = ""
    tiles: tuple[Tile, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether there is anything left to wait for."""
        return self.state in ("waiting", "opened", "joined")

    @property
    def mark(self) -> str:
        """Differs whenever something else is to be shown."""
        shown = (self.state, self.device, str(self.page), [tile.document.pk for tile in self.tiles])
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def standing(case: Case, handover: Handover | None) -> Standing:
    """How it stands; None is a hand-over whose time is up."""
    if handover is None:
        return Standing("expired")
    agent = handover.knows("opened")
    told: dict[str, Any] = {"device": device(agent) if agent else "", "tiles": tuple(arrived(case, handover))}
    if handover.is_over:
        return Standing("void" if handover.knows("void") else "done", **told)
    if handover.knows("joined"):
        return Standing("joined", page=_page(handover), **told)
    return Standing("opened" if agent else "waiting", number=handover.number if agent else "", **told)


def arrived(case: Case, handover: Handover) -> list[Tile]:
    """The papers that came since the hand-over began and are still there."""
    new = Document.objects.filter(case=case, uploaded_at__gte=handover.begun).current()
    codes = dict(new.values_list("pk", "kind"))
    names = {kind.code: pick(kind, "name") for kind in DocumentKind.objects.filter(code__in=set(codes.values()))}
    there = all_tiles(case, names) if names else {}
    return [tile for some in there.values() for tile in some if tile.document.pk in codes]


def _page(handover: Handover) -> str:
    name, kind = handover.knows("at") or ("", "")
    asked = DocumentKind.objects.filter(code=kind).first() if kind else None
    if asked:
        return pick(asked, "name")
    return str(PAGES.get(name) or (_("Application") if name else ""))
