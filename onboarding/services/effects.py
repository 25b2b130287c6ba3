"""What a verb changes in onboarding's own tables besides the state, inside the transaction of the move."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from onboarding import screening
from onboarding.facts.values import value_of, values
from onboarding.flow import Stage, State
from onboarding.models import Agreement, Appeal, Case, Check, Condition, Document, Return, Step


def apply(case: Case, verb: str) -> None:
    """Run the effects of `verb`, then those of entering the new state. The caller saves the case."""
    for effect in EFFECTS.get(verb, ()):
        effect(case)
    if entering := ENTERING.get(case.state):
        entering(case)


def _return_items(step: Step) -> Callable[[Case], None]:
    def effect(case: Case) -> None:
        marked = list(Return.objects.filter(case=case, step=step, sent_at=None))
        kinds = [row.item.removeprefix("document:") for row in marked]
        Document.objects.filter(case=case, kind__in=kinds).current().update(status=Document.Status.RETURNED)
        _sent(case, step, marked)
        _forget_conditions(case)
        case.round += 1

    return effect


def _sent(case: Case, step: Step, marked: list[Return]) -> None:
    """The marks are sent, each with the value as it stands: the next round shows what became of it."""
    known = values(case, step) if any(row.item.startswith("field:") for row in marked) else {}
    for row in marked:
        row.sent_at, row.before = timezone.now(), value_of(known, row.item)
    Return.objects.bulk_update(marked, ["sent_at", "before"])


def _mend(step: Step) -> Callable[[Case], None]:
    def effect(case: Case) -> None:
        Return.objects.filter(case=case, step=step, mended_at=None).exclude(sent_at=None).update(
            mended_at=timezone.now()
        )

    return effect


def _forget_marks(step: Step) -> Callable[[Case], None]:
    """Marks that were set and never sent are void once the step is decided otherwise."""

    def effect(case: Case) -> None:
        Return.objects.filter(case=case, step=step, sent_at=None).delete()

    return effect


def _accept_papers(case: Case) -> None:
    Document.objects.filter(case=case).current().update(status=Document.Status.ACCEPTED)
    case.assigned_to = None


def _agree_conditions(case: Case) -> None:
    """What was proposed is part of the approval."""
    Condition.objects.filter(case=case, agreed_at=None).update(agreed_at=timezone.now())


def _forget_conditions(case: Case) -> None:
    """What was proposed and not agreed to is void once the step is decided otherwise."""
    Condition.objects.filter(case=case, agreed_at=None).delete()


def _void_conditions(case: Case) -> None:
    """A case that ends or begins anew owes nothing of what it promised before."""
    _forget_conditions(case)
    Condition.objects.filter(case=case).open().update(void_at=timezone.now())


def _grant_appeal(case: Case) -> None:
    """A reconsideration that waits has its answer."""
    rows = Appeal.objects.filter(case=case, outcome=Appeal.Outcome.WAITING)
    rows.update(outcome=Appeal.Outcome.REOPENED, decided_at=timezone.now())


def _stale(*steps: Step) -> Callable[[Case], None]:
    def effect(case: Case) -> None:
        Check.objects.filter(case=case, step__in=steps).update(stale=True)
        case.round += 1
        case.assigned_to = None

    return effect


def _void_offer(case: Case) -> None:
    for agreement in Agreement.objects.filter(case=case, stage=Stage.OFFERED):
        agreement.void()
        agreement.save()


def _plan(step: Step) -> Callable[[Case], None]:
    return lambda case: screening.plan(case, step)


def _release(case: Case) -> None:
    case.assigned_to = None


I, A = Step.IDENTITY, Step.APPLICATION  # noqa: E741
_identity_done = (_accept_papers, _forget_marks(I), _agree_conditions)
_application_done = (_accept_papers, _forget_marks(A), _agree_conditions)
EFFECTS: dict[str, tuple[Callable[[Case], None], ...]] = {
    "submit_identity": (_mend(I),),
    "pass_identity": _identity_done,
    "approve_identity": _identity_done,
    "confirm_identity": _identity_done,
    "recommend_identity": (_release,),
    "return_identity": (_return_items(I),),
    "submit_application": (_mend(A),),
    "pass_application": _application_done,
    "approve_application": _application_done,
    "confirm_application": _application_done,
    "recommend_application": (_release,),
    "return_application": (_return_items(A),),
    "revise_application": (_void_offer, _stale(A)),
    "amend_application": (_void_offer, _stale(A)),
    "reject": (_forget_marks(I), _forget_marks(A), _void_conditions),
    "withdraw": (_void_conditions,),
    "close": (_void_conditions,),
    "reopen": (_void_offer, _void_conditions, _grant_appeal, _stale(I, A)),
}
ENTERING: dict[str, Callable[[Case], None]] = {
    State.IDENTITY_SCREENING: _plan(I),
    State.APPLICATION_SCREENING: _plan(A),
}
