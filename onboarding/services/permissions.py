"""Who may fire which verb on which case. A refusal is a sentence."""

from __future__ import annotations

from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onboarding.flow import Verb
from onboarding.models import Appeal, Case, Entry, Membership, Opinion, Partner, User
from onboarding.models.partner import works
from onboarding.rules import Who
from onboarding.services.opinions import barred_by_opinions


class System:
    """The portal itself, when it fires what has become ripe."""

    pk = None

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM: Final = System()
Actor = User | System

DECISIONS = frozenset(
    f"{opinion}_{step}"
    for opinion in ("approve", "recommend", "confirm", "return")
    for step in ("identity", "application")
) | {"reject", "reopen", "go_live"}
SIGNERS = (Membership.Role.OWNER, Membership.Role.LEGAL_REPRESENTATIVE)
ACTING = (*SIGNERS, Membership.Role.HANDLER)

BY_MACHINE = _("The portal does this by itself as soon as everything is there.")
NAMED_IN_IT = _("You entered this case or are named in it. A colleague has to decide.")
INVOLVED = _("You had a part in the rejection. A senior reviewer who had none decides about the reconsideration.")
NOT_MEMBER = _("You do not act for this merchant. Ask its owner to invite you.")
LAPSED = _("Your agency is no longer registered with us. Call us; the merchant can go on alone.")
ONLY_SIGNER = _("Only the owner or legal representative may sign. Ask them to sign in and do it.")


def barred(case: Case, verb: Verb, by: Actor) -> Any | None:
    """The sentence that says why `by` may not fire `verb` here; None means they may."""
    if isinstance(by, System):
        return None if verb.by_system else done_by(verb)
    if not by.is_active or not by.has_perm(f"onboarding.{verb.name}"):
        return done_by(verb)
    if verb.name in DECISIONS:
        return _self_review(case, verb, by)
    if by.works_here:
        return None
    if _brought_in(case, by):
        return None if works(by.partner) else LAPSED
    return _outsider(case, verb, by)


def done_by(verb: Verb) -> Any:
    people = [who.label for who in verb.who if who is not Who.SYSTEM]
    if not people:
        return BY_MACHINE
    return format_lazy("{} {}", _("This is done by:"), format_lazy(", ".join("{}" for _one in people), *people))


def _self_review(case: Case, verb: Verb, by: User) -> Any | None:
    if named_in(case, by):
        return NAMED_IN_IT
    if verb.name == "reopen" and appealed_to_another(case, by):
        return INVOLVED
    return barred_by_opinions(case, verb, by)


def named_in(case: Case, by: User) -> bool:
    """Whether `by` entered this case or acts for its merchant: then they judge nothing in it."""
    return case.opened_by_id == by.pk or _is_named(case, by)


def _is_named(case: Case, by: User) -> bool:
    members = Membership.objects.filter(user=by, merchant=case.merchant_id)
    return case.once(("named", by.pk), members.exists)


def appealed_to_another(case: Case, by: User) -> bool:
    """Whether a reconsideration waits that somebody else has to decide: `by` had a hand in what came before."""
    waits = Appeal.objects.filter(case=case, outcome=Appeal.Outcome.WAITING)
    return case.once("appeal waits", waits.exists) and involved(case, by)


def involved(case: Case, by: User) -> bool:
    """Whether `by` has decided, marked or given an opinion in this case."""
    acts = Entry.objects.filter(case=case, actor=by, verb__in=DECISIONS - {"reopen"})
    spoken = Opinion.objects.filter(case=case, by=by)
    return case.once(("involved", by.pk), lambda: acts.exists() or spoken.exists())


def acts_as(case: Case, by: User) -> str | None:
    """The role in which somebody acts for the merchant now; None for everybody else."""
    rows = Membership.objects.filter(user=by, merchant=case.merchant_id, active=True).values_list("role", flat=True)
    return case.once(("role", by.pk), rows.first)


def agency_of(case: Case, by: Actor) -> Partner | None:
    """The sales agency for which `by` acts on this case; None for everybody who acts for the merchant or for us."""
    if isinstance(by, System) or by.works_here or not _brought_in(case, by):
        return None
    return case.partner


def _brought_in(case: Case, by: User) -> bool:
    return by.plays(Who.SALES_AGENT) and case.opened_by_id == by.pk


def _outsider(case: Case, verb: Verb, by: User) -> Any | None:
    role = acts_as(case, by)
    if role not in ACTING:
        return NOT_MEMBER
    return ONLY_SIGNER if verb.name == "sign_agreement" and role not in SIGNERS else None
