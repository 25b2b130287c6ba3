"""The case: one merchant's way from registration to live."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.flow import ENDS, REVIEWS, STEP_OF, VERBS, CaseFlow, public_label, public_state
from onboarding.models.merchant import Merchant
from onboarding.rules import CaseFacts, Who, once

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User

Asked = TypeVar("Asked")
ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXY"  # no 0 O 1 I L B S Z: read out over the phone without a mistake


def check_letter(body: str) -> str:
    """Luhn over ALPHABET (mod N): catches every wrong letter and most swaps."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = ALPHABET.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def new_ref() -> str:
    """A public reference such as KT-7Q4M-2HX9: short, unguessable, its last letter a check letter."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(7))
    whole = body + check_letter(body)
    return f"KT-{whole[:4]}-{whole[4:]}"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User | AnonymousUser) -> CaseQuerySet:
        """The only way a view reaches cases: staff see all, agents what they brought in, members their own."""
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.works_here and user.has_perm("onboarding.view_case"):
            return self
        mine = models.Q(merchant__memberships__user=user, merchant__memberships__active=True)
        if user.plays(Who.SALES_AGENT):
            mine |= models.Q(opened_by=user)
        return self.filter(mine).distinct()

    def by_promise(self) -> CaseQuerySet:
        """What is due first stands first; what nobody has promised anything about stands last, on every database."""
        return self.order_by(models.F("due_at").asc(nulls_last=True), "pk")


class Case(CaseFlow):
    """Where a merchant stands, whose turn it is and until when. Moved by `services.advance` and by nothing else."""

    class Channel(models.TextChoices):
        WEB = "web", _("Web form")
        PHONE = "phone", _("By phone")
        AGENT = "agent", _("Sales agent")
        API = "api", _("API")
        IMPORT = "import", _("Import")

    class Tier(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    ref = models.CharField(_("case number"), max_length=12, unique=True, default=new_ref, editable=False)
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="cases", verbose_name=_("merchant"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by")
    )
    partner = models.ForeignKey(
        "onboarding.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("brought in by"),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("earlier case")
    )
    risk_tier = models.CharField(_("risk tier"), max_length=8, choices=Tier.choices, default=Tier.LOW)
    # What a person set: a score may go above it, never below. Empty: the score alone.
    tier_floor = models.CharField(_("risk tier at least"), max_length=8, choices=Tier.choices, blank=True, default="")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    due_at = models.DateTimeField(_("promised by"), null=True, blank=True)
    due_provisional = models.BooleanField(_("promise is provisional"), default=False)
    since = models.DateTimeField(_("in this state since"), auto_now_add=True)
    version = models.PositiveIntegerField(_("number of entries"), default=0, editable=False)
    head = models.CharField(_("newest hash"), max_length=64, blank=True, default="", editable=False)
    created_at = models.DateTimeField(_("opened at"), auto_now_add=True)

    objects = CaseQuerySet.as_manager()
    # What was read about this case for one page that only shows it (pages.get_case sets it). None where anything may be
    # written: there every question goes to the database.
    known: dict[Any, Any] | None = None

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [(verb.name, f"Can fire {verb.name}") for verb in VERBS.values()]
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="case_queue"),
            *(
                models.Index(fields=["due_at", "id"], name=f"queue_{state.value}"[:30], condition=models.Q(state=state))
                for state in REVIEWS
            ),
            # The queue and "claim next" read the first rows of these, however many cases wait.
            models.Index(fields=["due_at", "id"], name="queue_waiting", condition=models.Q(state__in=REVIEWS)),
            models.Index(
                fields=["due_at", "id"],
                name="queue_free",
                condition=models.Q(state__in=REVIEWS, assigned_to__isnull=True),
            ),
            models.Index(fields=["assigned_to", "due_at"], name="case_mine", condition=~models.Q(state__in=ENDS)),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.ref])

    @property
    def step(self) -> int:
        """1 to 8; of a suspended case the step where it was; 0 when it has ended."""
        return STEP_OF.get(self.suspended_from or self.state, 0)

    @property
    def public_state(self) -> str:
        return public_state(self.state)

    @property
    def public_label(self) -> Any:
        return public_label(self.state)

    @property
    def has_ended(self) -> bool:
        return self.state in ENDS

    def facts(self) -> CaseFacts:
        """The part of `Facts` that costs no query beyond the merchant (select_related it)."""
        return CaseFacts(
            id=self.pk,
            ref=self.ref,
            state=self.state,
            merchant_id=self.merchant_id,
            merchant_type=self.merchant.type,
            risk_tier=self.risk_tier,
            channel=self.channel,
            round=self.round,
            known=self.known,
        )

    def once(self, key: Any, ask: Callable[[], Asked]) -> Asked:
        """What `ask` answers; asked only once while `known` is kept. `key` names the question."""
        return once(self.known, key, ask)
