"""The page of a case: papers left, typed values right, checks with findings, what is missing, what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onboarding.admin.review import deciding, decisions, marking, papers, queue, typed
from onboarding.admin.review.forms import NoteForm
from onboarding.admin.review.opening import opened
from onboarding.cases import past
from onboarding.flow import REVIEWS, TURN, VERBS, status
from onboarding.models import Case, Check, Reason, Return, User
from onboarding.pages import blocks, missing_now, page_of, person
from onboarding.rules import Who
from onboarding.screening import CHECKS
from onboarding.screening.words import sentence
from onboarding.services import barred, marks, may_unmask, step_under_review
from onboarding.words import pick

OTHERS = 10  # other cases of the same merchant that are listed
RESULT_TAGS = {
    Check.Result.DUE: "us",
    Check.Result.PASSED: "ok",
    Check.Result.WARNING: "warn",
    Check.Result.FAILED: "bad",
    Check.Result.ERROR: "warn",
}


@require_safe
def workbench(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one case. Nothing here is a form of the case: it is moved by verbs."""
    case, user = opened(request, ref), person(request)
    shown = papers.papers(case, user)
    context = {
        **admin.site.each_context(request),
        **_about(case, user),
        **_decided_here(case, user),
        **deciding.context(case, user),
        "title": str(case.merchant),
        "papers": shown,
        "open": papers.chosen(shown, request.GET.get("sheet", "")),
        "blocks": blocks(request, case, user),
        "past": past.page(case, user, _number(request.GET.get("before", ""))),
        "note_form": NoteForm(),
        "is_nav_sidebar_enabled": False,
    }
    return render(request, "admin/onboarding/case/workbench.html", context)


def _about(case: Case, user: User) -> dict[str, Any]:
    """What is known of the case, as far as this reader may know."""
    persons = user.has_perm("onboarding.view_person")
    waiting = queue.upcoming(user)
    return {
        "case": case,
        "turn": TURN[case.state].label,
        "queue": waiting,
        "next_case": next((one for one in waiting if one.pk != case.pk), None),
        "groups": typed.groups(case, persons=persons),
        "may_unmask": may_unmask(user),
        "checks": checks(case) if user.has_perm("onboarding.view_check") else [],
        "needs": [_need(one, case) for one in missing_now(case, user)],
        "returns": returns(case) if user.has_perm("onboarding.view_return") else [],
        "notes": list(deciding.notes(case, user)[:50]),
        "others": list(Case.objects.filter(merchant=case.merchant_id).exclude(pk=case.pk).order_by("-pk")[:OTHERS]),
    }


def _decided_here(case: Case, user: User) -> dict[str, Any]:
    """What this reader may do now."""
    step = step_under_review(case)
    may_mark = bool(step) and barred(case, VERBS[f"return_{step}"], user) is None
    offered = decisions.decisions(case, user)
    reviews = user.is_superuser or user.plays(Who.REVIEWER, Who.SENIOR_REVIEWER)
    rows = marks(case)
    return {
        "decisions": offered,
        "first": next((one for one in offered if not one.css), None),
        "cannot": decisions.cannot(case, user),
        "seen": decisions.seen(case),
        "marked": {row.item for row in rows},
        "marks_shown": marked(rows),
        "markable": set(marking.items(case)) if may_mark else set(),
        "may_claim": reviews and case.state in REVIEWS and case.assigned_to_id is None,
        "may_release": case.assigned_to_id == user.pk or bool(case.assigned_to_id and user.plays(Who.SENIOR_REVIEWER)),
        "may_rerun": reviews and step is not None,
    }


def checks(case: Case) -> list[dict[str, Any]]:
    """The newest answer of every check, with its findings in words. One query, and those that words need."""
    rows = Check.objects.filter(case=case, stale=False).order_by("-step", "round", "pk")
    newest = {(row.step, row.name): row for row in rows}
    return [_check(row, case) for row in newest.values()]


def _check(row: Check, case: Case) -> dict[str, Any]:
    one = CHECKS.get(row.name)
    return {
        "row": row,
        "label": one.label if one else row.name,
        "hard": bool(one and one.hard),
        "tag": RESULT_TAGS[Check.Result(row.result)],
        "sentences": [sentence(finding) for finding in row.findings],
        "again": row.result != Check.Result.DUE and row.step == step_under_review(case) and row.round == case.round,
    }


def marked(rows: list[Return]) -> list[dict[str, Any]]:
    """Marks that were not sent yet, in words."""
    names = marking.labels([row.item for row in rows]) if rows else {}
    return [
        {
            "row": row,
            "label": names[row.item],
            "reason": pick(row.reason, "sentence"),
            "inside": row.reason.audience == Reason.Audience.INTERNAL,
        }
        for row in rows
    ]


def returns(case: Case) -> list[dict[str, Any]]:
    """What was returned so far, newest first."""
    rows = Return.objects.filter(case=case).exclude(sent_at=None).select_related("reason", "marked_by")
    sent = list(rows.order_by("-sent_at", "pk")[:50])
    names = marking.labels([row.item for row in sent])
    return [{"row": row, "label": names[row.item]} for row in sent]


def _need(one: Any, case: Case) -> dict[str, Any]:
    mine = one.who in (Who.REVIEWER, Who.SENIOR_REVIEWER)
    tag = status.YOUR_TURN.tag if mine else {"tag": one.who.label, "tag_class": "todo"}
    return {"title": one.sentence, "url": "" if mine else page_of(one, case), "sentence": one.consequence, **tag}


def _number(typed_: str) -> int | None:
    return int(typed_) if typed_.isascii() and typed_.isdigit() and len(typed_) < 10 else None
