"""What every page knows: where the reader can go, whom to call, and whether this is a demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A place in the menu: the first of `names` that resolves is its address; `groups` may go there (empty: all)."""

    label: Any
    names: tuple[str, ...]
    icon: str
    fragment: str = ""
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu as the template needs it."""

    label: Any
    url: str
    icon: str
    current: bool


LIMITED = "handover"  # in a session: what a phone that came by a QR code may do (onboarding.handover.session)
OFFICE = frozenset(
    [
        "call_centre_agent",
        "reviewer",
        "senior_reviewer",
        "warehouse_clerk",
        "dispatcher",
        "trainer",
        "support_agent",
        "risk_officer",
        "operations_manager",
        "auditor",
        "administrator",
    ]
)
AGENTS = frozenset(["sales_agent"])  # of a house of their own: nobody of ours has a list of brought-in merchants
WORKBENCH = frozenset(["reviewer", "senior_reviewer", "risk_officer", "operations_manager", "auditor", "administrator"])

STRANGER = (
    Place(_("Guide"), ("guide",), "book"),
    Place(_("Compare plans"), ("compare", "plans"), "bank"),
    Place(_("Start applying"), ("front",), "flag", fragment="#start"),
)
MERCHANT = (
    Place(_("My application"), ("home",), "home"),
    Place(_("Documents"), ("documents",), "doc"),
    Place(_("Messages"), ("messages", "tickets"), "bell"),
    Place(_("Help"), ("help", "front"), "help"),
)
STAFF = (
    Place(_("Desk"), ("desk",), "home", groups=OFFICE),
    Place(_("By phone"), ("phone",), "phone", groups=frozenset({"call_centre_agent"})),
    Place(_("My merchants"), ("agent_home",), "home", groups=AGENTS),
    Place(_("New case on site"), ("agent_new",), "flag", groups=AGENTS),
    Place(_("Site visits"), ("field",), "tool", groups=frozenset({"technician", "dispatcher", "operations_manager"})),
    Place(_("Review"), ("admin:index",), "search", groups=WORKBENCH),
)


def address(names: tuple[str, ...]) -> str:
    """The URL of the first name that resolves without arguments, or nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def places(request: HttpRequest) -> Iterator[Place]:
    """The places open to this reader: by group for staff, the merchant's own, or the public ones."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        yield from STRANGER
        return
    staff = [place for place in STAFF if place.groups & user.roles or (user.is_superuser and place.groups != AGENTS)]
    yield from staff or MERCHANT


def nav_items(request: HttpRequest) -> list[NavItem]:
    """The menu, without the places that this installation does not have, or that this session may not go to."""
    if LIMITED in getattr(request, "session", ()):
        return []
    found = [(place, address(place.names)) for place in places(request)]
    here = max((url for place, url in found if is_here(request, place, url)), key=len, default=None)
    return [NavItem(p.label, url + p.fragment, p.icon, url == here and not p.fragment) for p, url in found if url]


def is_here(request: HttpRequest, place: Place, url: str) -> bool:
    """True on the page itself and below it; the front page is below nothing."""
    return bool(url) and (request.path == url or (url != "/" and request.path.startswith(url)))


def second_factor_off(request: HttpRequest) -> bool:
    """True on the pages of staff while this installation does not ask them for a second factor."""
    user = getattr(request, "user", None)
    return not settings.STAFF_SECOND_FACTOR and user is not None and user.is_authenticated and bool(user.works_here)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context processor; the menu costs its one query only on pages that draw it."""
    return {
        "nav_items": SimpleLazyObject(lambda: nav_items(request)),
        "embedded": settings.EMBEDDED,
        "second_factor_off": SimpleLazyObject(lambda: second_factor_off(request)),
        "languages": settings.LANGUAGES,
    }
