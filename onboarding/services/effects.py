"""What a verb changes in onboarding's own tables besides the state, inside the transaction of the move."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from onboarding import screening
from onboarding.flow import Stage, State
from onboarding.models import Agreement, Case, Check, Document, Return, Step


def apply(case: Case, verb: str) -> None:
    """Run the effects of `verb`, then those of entering the new state. The caller saves the case."""
    for effect in EFFECTS.get(verb, ()):
        effect(case)
    if entering := ENTERING.get(case.state):
        entering(case)


def _return_items(step: Step) -> Callable[[Case], None]:
    def effect(case: Case) -> None:
        marked = Return.objects.filter(case=case, step=step, sent_at=None)
        kinds = [item.removeprefix("document:") for item in marked.values_list("item", flat=True)]
        Document.objects.filter(case=case, kind__in=kinds).current().update(status=Document.Status.RETURNED)
        marked.update(sent_at=timezone.now())
        case.round += 1

    return effect


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
_identity_done = (_accept_papers, _forget_marks(I))
_application_done = (_accept_papers, _forget_marks(A))
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
    "reject": (_forget_marks(I), _forget_marks(A)),
    "reopen": (_void_offer, _stale(I, A)),
}
ENTERING: dict[str, Callable[[Case], None]] = {
    State.IDENTITY_SCREENING: _plan(I),
    State.APPLICATION_SCREENING: _plan(A),
}
