"""The page of a case: papers left, typed values right, checks with findings, what is missing, what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onboarding import services
from onboarding.admin.review import deciding, decisions, handing, marking, papers, queue, score, sources, typed
from onboarding.admin.review.elsewhere import elsewhere
from onboarding.admin.review.evidence import checks
from onboarding.admin.review.forms import NoteForm
from onboarding.admin.review.opening import opened
from onboarding.cases import past
from onboarding.facts.identity import people
from onboarding.flow import REVIEWS, TURN, VERBS, status
from onboarding.models import Case, Reason, Return, User
from onboarding.pages import blocks, missing_now, page_of, person
from onboarding.rules import Who
from onboarding.services import barred, may_unmask, step_under_review
from onboarding.words import pick

OTHERS = 10  # other cases of the same merchant that are listed
MOST = 100  # marks that are looked at


@require_safe
def workbench(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one case. Nothing here is a form of the case: it is moved by verbs."""
    case, user = opened(request, ref), person(request)
    shown = sources.boxed(case, papers.papers(case, user))
    context = {
        **admin.site.each_context(request),
        **_about(case, user, shown),
        **_decided_here(case, user),
        **deciding.context(case, user, returned(case)),
        **handing.about(case, user),
        "title": str(case.merchant),
        "papers": shown,
        "desk": papers.desk(shown, request.GET.get("sheet", ""), request.GET.get("beside", "")),
        "blocks": blocks(request, case, user),
        "past": past.page(case, user, _number(request.GET.get("before", ""))),
        "note_form": NoteForm(),
        "is_nav_sidebar_enabled": False,
    }
    return render(request, "admin/onboarding/case/workbench.html", context)


def _about(case: Case, user: User, shown: list[papers.Paper]) -> dict[str, Any]:
    """What is known of the case, as far as this reader may know."""
    persons = user.has_perm("onboarding.view_person")
    waiting = queue.upcoming(user)
    rows = returned(case) if user.has_perm("onboarding.view_return") else []
    groups = typed.groups(case, sources.sources(case, persons=persons), persons=persons)
    return {
        "case": case,
        "turn": TURN[case.state].label,
        "queue": waiting,
        "next_case": next((one for one in waiting if one.pk != case.pk), None),
        "groups": groups,
        "differences": sum(row.differs for group in groups for row in group.rows),
        "read": any(row.read for group in groups for row in group.rows),
        "register": any(row.register for group in groups for row in group.rows),
        "boxes": any(sheet.boxes for paper in shown for sheet in paper.sheets),
        "may_unmask": may_unmask(user),
        "score": score.shown(case, user),
        "checks": checks(case, shown) if user.has_perm("onboarding.view_check") else [],
        "needs": [_need(one, case) for one in missing_now(case, user)],
        "returns": [{"row": row, "label": names(case)[row.item]} for row in rows],
        "changed": changed(rows, case),
        "notes": list(deciding.notes(case, user)[:50]),
        "others": list(Case.objects.filter(merchant=case.merchant_id).exclude(pk=case.pk).order_by("-pk")[:OTHERS]),
        "elsewhere": elsewhere(case, people(case)) if persons else [],
    }


def _decided_here(case: Case, user: User) -> dict[str, Any]:
    """What this reader may do now."""
    step = step_under_review(case)
    may_mark = bool(step) and barred(case, VERBS[f"return_{step}"], user) is None
    offered = decisions.decisions(case, user)
    reviews = services.reviews(user)
    rows = [row for row in every_mark(case) if row.sent_at is None and row.step == step]
    return {
        "decisions": offered,
        "first": next((one for one in offered if not one.css), None),
        "cannot": decisions.cannot(case, user),
        "seen": decisions.seen(case),
        "marked": {row.item for row in rows},
        "marks_shown": marked(rows, names(case)),
        "markable": set(marking.items(case)) if may_mark else set(),
        "may_claim": reviews and case.state in REVIEWS and case.assigned_to_id is None,
        "may_claim_next": reviews,
        "may_release": case.assigned_to_id == user.pk or bool(case.assigned_to_id and user.plays(Who.SENIOR_REVIEWER)),
        "may_reassign": case.state in REVIEWS and services.may_reassign(user),
        "may_rerun": reviews and step is not None,
        "words": services.words_for(user) if reviews or services.may_reassign(user) else [],
    }


def names(case: Case) -> dict[str, str]:
    """The words for every item that was ever marked. One query, none without marks."""
    items = [row.item for row in every_mark(case)]
    return case.once("names of marks", lambda: marking.labels(items) if items else {})


def marked(rows: list[Return], names: dict[str, str]) -> list[dict[str, Any]]:
    """Marks that were not sent yet, in words."""
    return [
        {
            "row": row,
            "label": names[row.item],
            "reason": pick(row.reason, "sentence"),
            "inside": row.reason.audience == Reason.Audience.INTERNAL,
        }
        for row in rows
    ]


def every_mark(case: Case) -> list[Return]:
    """Marks, sent or not, newest round first. One query."""
    rows = Return.objects.filter(case=case).select_related("reason", "marked_by").order_by("-round", "pk")
    return case.once("every mark", lambda: list(rows[:MOST]))


def returned(case: Case) -> list[Return]:
    """What was returned so far, newest first."""
    return [row for row in every_mark(case) if row.sent_at]


def changed(rows: list[Return], case: Case) -> dict[str, set[str]]:
    """Items that were returned in the round before this one and came back: changed, or handed in as they were."""
    last = [row for row in rows if row.round == case.round - 1 and row.mended_at]
    fields = [row for row in last if row.item.startswith("field:")]
    new = {row.item for row in fields if row.changed_at}
    return {"new": new, "same": {row.item for row in fields} - new}


def _need(one: Any, case: Case) -> dict[str, Any]:
    mine = one.who in (Who.REVIEWER, Who.SENIOR_REVIEWER)
    tag = status.YOUR_TURN.tag if mine else {"tag": one.who.label, "tag_class": "todo"}
    return {"title": one.sentence, "url": "" if mine else page_of(one, case), "sentence": one.consequence, **tag}


def _number(typed_: str) -> int | None:
    return int(typed_) if typed_.isascii() and typed_.isdigit() and len(typed_) < 10 else None
