"""The only way a case moves: advance, settle, record. One short transaction each."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import deadlines, flow, notices
from onboarding.flow import SCREENINGS, SYSTEM_VERBS, VERBS, Verb
from onboarding.models import Case, Entry, User
from onboarding.models.score import worst
from onboarding.rules import Facts, Requirement, Who, consequences, requirements
from onboarding.services import drawing, effects, tallies
from onboarding.services.errors import Conflict, Missing, NotAllowed, NotNow, Refused
from onboarding.services.opinions import SENIOR_DECIDES, dissents, state_opinion
from onboarding.services.permissions import SYSTEM, Actor, System, agency_of, barred
from onboarding.services.scoring import keep_score, score_due, still_checking

NOTE_NEEDED = _("Say why: the note is kept with the decision.")


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """A verb that a user may fire from here, and what is still missing before."""

    verb: Verb
    missing: list[Requirement]


def advance(case_id: int, verb: str, *, by: Actor, note: str = "", data: Mapping[str, Any] | None = None) -> Case:
    """Fire `verb` on a case, then whatever the system may fire next. Returns the case as it stands afterwards.

    `data` is kept in the entry and must hold no personal values; `note` is sealed. Raises NotAllowed, NotNow, Missing
    or Conflict (all `Refused`, with sentences); then nothing was changed. Case.DoesNotExist for an unknown id.
    """
    case = _move(case_id, verb, by=by, note=note, data=data)
    return Case.objects.get(pk=case_id) if settle(case_id, case.state) else case


def settle(case_id: int, state: str | None = None) -> list[str]:
    """Fire the system's verbs whose requirements have become empty; returns them. Safe to call at any time, again too.

    `state`, when the caller knows it, saves the query where the system has nothing to do.
    """
    fired: list[str] = []
    while (state is None or state in SYSTEM_VERBS) and (verb := _ripe(case_id)):
        try:
            state = _move(case_id, verb, by=SYSTEM).state
        except Refused:  # somebody was quicker; they settle
            break
        fired.append(verb)
    return fired


def record(
    case_id: int, fact: str, *, by: Actor, note: str = "", data: Mapping[str, Any] | None = None, public: bool = True
) -> Entry:
    """Write a fact into the timeline (entry "fact:<fact>") and let the case move if that was the last thing missing."""
    with transaction.atomic():
        case = _locked(case_id)
        entry = _entered(case, f"fact:{fact}", case.state, by, note, data, public=public)
        case.save(update_fields=["version", "head"])
        notices.write(case, entry)
    settle(case_id, case.state)
    return entry


def missing(case: Case, verb: str, by: Actor = SYSTEM) -> list[Requirement]:
    """What is still missing before `verb`, each with the case's promise date where it has none of its own.

    `by`: whoever asks; rules enrolled for "<verb>:sales_agent" bind those who act for a sales agency only.
    """
    found = case.once(("missing", verb, by), lambda: _found(case, verb, by, facts(case)))
    return [one if one.due else dataclasses.replace(one, due=case.due_at) for one in found]


def _found(case: Case, verb: str, by: Actor, facts: Facts) -> list[Requirement]:
    agent = requirements(f"{verb}:{Who.SALES_AGENT}", facts) if agency_of(case, by) else []
    return [*requirements(verb, facts), *agent]


def offers(case: Case, by: Actor) -> list[Offer]:
    """The verbs that `by` may fire from the present state, with what is missing, in the order of the flow."""
    allowed = [verb for verb in flow.verbs_from(case.state) if barred(case, verb, by) is None]
    snapshot = facts(case)
    return [Offer(verb, _found(case, verb.name, by, snapshot)) for verb in allowed]


def facts(case: Case) -> Facts:
    """The snapshot for the rules: a fresh one, or the one of the page that only reads."""
    return case.once(Facts, lambda: Facts(case.facts()))


def _move(case_id: int, name: str, *, by: Actor, note: str = "", data: Mapping[str, Any] | None = None) -> Case:
    verb = VERBS[name]
    try:
        with transaction.atomic():
            case = _locked(case_id)
            _guard(case, verb, by, note)
            return _fired(case, verb, by, note, data)
    except flow.ConcurrentTransition as error:
        raise Conflict from error


def _locked(case_id: int) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case_id)


def _guard(case: Case, verb: Verb, by: Actor, note: str) -> None:
    _checked(case, verb, by, note)
    if isinstance(by, User) and dissents(case, verb, by):
        raise NotAllowed(SENIOR_DECIDES)


def _checked(case: Case, verb: Verb, by: Actor, note: str) -> None:
    """Everything that is asked of a verb, whoever's opinion it is."""
    if sentence := barred(case, verb, by):
        raise NotAllowed(sentence)
    if case.state not in verb.sources:
        raise NotNow(_not_from(case, verb))
    if verb.needs_note and not note.strip():
        raise Refused(NOTE_NEEDED)
    if found := missing(case, verb.name, by):
        raise Missing(found)


def _not_from(case: Case, verb: Verb) -> Any:
    return _("“%(verb)s” is not possible now: the case is at “%(state)s”.") % {
        "verb": verb.label,
        "state": case.public_label,
    }


def _fired(case: Case, verb: Verb, by: Actor, note: str, data: Mapping[str, Any] | None) -> Case:
    source, before, round = case.state, tallies.place(case), case.round
    flow.fire(case, verb.name)
    if verb.name == "resume":
        case.suspended_from = ""
    case.since = timezone.now()
    if isinstance(by, User):
        state_opinion(case, verb.name, source, by, note)
    effects.apply(case, verb.name)
    case.due_at, case.due_provisional = deadlines.promise(case)
    entry = _entered(case, verb.name, source, by, note, data, public=not verb.internal)
    case.save(update_fields=[*_MOVED])
    drawing.note_decision(case, entry, round)
    tallies.moved(before, tallies.place(case))
    for consequence in consequences(verb.name):
        consequence(case.facts(), dict(data or {}))
    notices.write(case, entry)
    return case


_MOVED = ("state", "suspended_from", "since", "due_at", "due_provisional", "round", "assigned_to", "version", "head")


def _entered(
    case: Case, verb: str, source: str, by: Actor, note: str, data: Mapping[str, Any] | None, *, public: bool
) -> Entry:
    entry: Entry = Entry.objects.append(
        case,
        verb=verb,
        source=source,
        by=None if isinstance(by, System) else by,
        role=_role(case, by),
        note=note,
        data=dict(data or {}),
        public=public,
    )
    return entry


def _role(case: Case, by: Actor) -> str:
    """In which role somebody acts: staff by their first group in the order of `Who`, everybody else as merchant."""
    if isinstance(by, System):
        return Who.SYSTEM
    if by.is_superuser:
        return Who.ADMINISTRATOR
    return next((who.value for who in Who if who.value in by.roles), Who.MERCHANT)


def _ripe(case_id: int) -> str | None:
    case = Case.objects.select_related("merchant").get(pk=case_id)
    if case.state in SCREENINGS and still_checking(case):  # asked after every answer: most find others under way
        return None
    if score_due(case) and (score := keep_score(case_id)):
        case.risk_tier = worst(score.tier, case.tier_floor)
    snapshot = facts(case)
    return next((verb for verb in SYSTEM_VERBS.get(case.state, ()) if _nothing_missing(verb, snapshot)), None)


def _nothing_missing(verb: str, facts: Facts) -> bool:
    """For the system: rules enrolled for "<verb>:system" bind the machine and not the people who may fire it too."""
    return not requirements(verb, facts) and not requirements(f"{verb}:system", facts)
