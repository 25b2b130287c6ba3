"""Every address of the portal, and one merchant with everything that a merchant can have: for tests that walk."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices import demo as devices
from devices.models import Order, Rollout, Terminal, Visit, VisitPhoto
from onboarding.flow import State
from onboarding.models import (
    Attempt,
    Condition,
    Export,
    Invitation,
    Membership,
    Person,
    WatchHit,
    WatchList,
)
from onboarding.rules import Who
from onboarding.training import links
from portal.models import SimulatedMessage, SimulatedPayment
from support import services as support
from tests import make, people, watching

PUBLIC = {  # what needs no account: pages for everybody, and links that are their own key
    "front", "language", "join", "join_handover", "livez", "readyz", "start", "privacy", "plans", "terminals", "help",
    "article", "metrics",
    "guide", "guide_terminal", "guide_prepare", "guide_list", "guide_steps", "guide_compare", "guide_beware",
    "guide_agent", "guide_duties", "guide_care", "robots", "sitemap", "terminal_model", "tour", "styleguide",
    "learn", "lesson", "quiz", "attempt", "claim", "pay", "payment_notice", "outbox", "outbox_message", "outbox_html",
    "admin:login", "admin:logout", "admin:jsi18n", "account_login", "account_signup", "account_request_login_code",
    "account_confirm_login_code", "account_inactive", "account_logout", "account_email_verification_sent",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_verify_phone",
    "account_change_phone", "mfa_authenticate", "mfa_login_webauthn",
}  # fmt: skip
FOREIGN = {
    "ref",
    "pk",
    "document",
    "owner",
    "mark",
    "check",
    "condition",
    "row",
    "object_id",
    "version",
}  # arguments that name a row
TABLE = re.compile("admin:(?!onboarding_case)[a-z]+_[a-z]+_(changelist|add|change|delete|history)$")


class Address:
    """One named pattern of the URLconf."""

    def __init__(self, name: str, arguments: tuple[str, ...], route: str) -> None:
        self.name, self.arguments, self.route = name, arguments, route

    @property
    def is_foreign(self) -> bool:
        return bool(FOREIGN & set(self.arguments)) and self.name not in PUBLIC

    def url(self, values: dict[str, object]) -> str:
        return reverse(self.name, kwargs={one: values[one] for one in self.arguments})


def addresses(resolver=None, space: str = "", arguments: tuple = (), route: str = "") -> Iterator[Address]:
    """Every address that has a name."""
    for one in (resolver or get_resolver()).url_patterns:
        inner = (*arguments, *one.pattern.converters, *_groups(one))
        path = f"{route}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from addresses(one, f"{space}{one.namespace}:" if one.namespace else space, inner, path)
        elif isinstance(one, URLPattern) and one.name:
            yield Address(f"{space}{one.name}", tuple(dict.fromkeys(inner)), path)


def _groups(one) -> tuple[str, ...]:
    regex = getattr(one.pattern, "_regex", None)
    return tuple(re.compile(regex).groupindex) if regex else ()


class World:
    """One case with everything that a case can have; the values of the arguments for it, and for nothing."""

    def __init__(self) -> None:
        devices.seed()
        self.staff = demo.staff()
        self.curious = [self.staff[one] for one in (Who.ADMINISTRATOR, Who.AUDITOR)]
        walk = FullWalk(Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满"), self.staff)
        self.case, self.owner = walk.to(State.LIVE), walk.owner
        self.ticket = support.open_ticket(self.case.pk, by=self.owner, subject="打印不清楚", text="字很淡")
        self.payment = SimulatedPayment.objects.create(
            token="a-token", client_ref="a-payment", return_url="/", amount_fen=19_900
        )
        self.export = Export.objects.create(user=self.owner)
        self.invitation = Invitation.objects.create(
            case=self.case, merchant=self.case.merchant, role="cashier", address="+8619000009999", invited_by=self.owner
        )
        self.mark = make.mark(make.case("identity_review", by=people.merchant()), self.staff[Who.REVIEWER])

        self.condition = Condition.objects.create(
            case=self.case, kind_id="shop_photos", due_on=timezone.localdate() + timedelta(days=20),
            set_by=self.staff[Who.REVIEWER], agreed_at=timezone.now(),
        )  # fmt: skip
        self.hit = watching.hit(self.case, self.case.merchant.persons.first().name)
        WatchList.objects.update(status=WatchList.Status.SUPERSEDED)  # whoever is made later is not on it

        page, person = self.case.documents.first(), Person.objects.filter(merchant=self.case.merchant).first()
        self.known: dict[str, object] = {
            "document": page.pk, "number": 1, "owner": person.pk, "version": 1, "row": person.pk, "what": "person",
            "mark": self.mark.pk, "check": self.case.checks.first().pk, "condition": self.condition.pk,
            "key": links.key_of(self.case),
            "course": "operation", "token": self.payment.token, "name": "sms", "verb": "wipe", "slug": "an-article",
            "letter": "approve_identity",
            "code": "demo-smart-a1",
            "terminal": Terminal.objects.filter(line__isnull=False).first().pk, "uidb36": "1", "url": "x",
            "app_label": "onboarding", "content_type_id": 1, "consent": self.case.consents.first().pk,
        }  # fmt: skip

    def values(self, address: Address) -> dict[str, object]:
        """What each argument of this address is."""
        values = {
            **self.known, "pk": self.pk(address), "object_id": self.object_id(address),
            "ref": self.ref(address),
            "kind": "shopfront" if "/papers/" in address.route else "business_licence",
        }  # fmt: skip
        for place, kind in (("/promises/", "promised_shop"), ("/appeal/", "appeal_paper")):
            if place in address.route:
                values["kind"] = kind
        if address.name == "try_again":
            values["kind"] = "shipment"
        if "/pieces/" in address.route:
            values["key"] = "0123456789abcdef"
        if address.name == "account_reset_password_from_key":
            values["key"] = "unknown"
        return values

    def ref(self, address: Address) -> object:
        if address.route.startswith("me/exports/"):
            return self.export.ref
        return self.ticket.ref if address.route.startswith(("tickets/", "t/")) else self.case.ref

    def pk(self, address: Address) -> int:
        """The number of whatever this address is about."""
        models: tuple[tuple[str, type[Model]], ...] = (
            ("outbox/", SimulatedMessage), ("field/photos/", VisitPhoto), ("field/visits/", Visit),
            ("desk/dispatch/", Rollout), ("desk/warehouse/orders/", Order), ("learn/", Attempt),
            ("desk/warehouse/", Terminal), ("accounts/2fa/", Authenticator), ("me/sessions/", UserSession),
            ("desk/matches/", WatchHit),
            ("cases/<ref>/members/", Membership), ("cases/<ref>/invitations/", Invitation),
        )  # fmt: skip
        known = [model for start, model in models if address.route.startswith(start)]
        assert known or "pk" not in address.arguments, f"tell World.pk what pk is at {address.name} {address.route}"
        row = known[0].objects.order_by("pk").first() if known else None
        return row.pk if row else 1

    def object_id(self, address: Address) -> object:
        """The newest row of the table that a page of the admin shows."""
        for model in admin.site._registry:
            if address.name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
                row = model._default_manager.order_by("-pk").first()
                return row.pk if row else 1
        return 1

    def nothing(self, address: Address) -> dict[str, object]:
        """The same arguments for rows that do not exist."""
        values = self.values(address)
        missing = dict.fromkeys(FOREIGN & set(values), 999999999)
        unknown = {"TK": "TK-0000-0000", "KT": "KT-0000-0000"}
        return {**values, **missing, "ref": unknown.get(str(values["ref"])[:2], uuid.UUID(int=0))}
