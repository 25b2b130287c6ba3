"""The courses of a case: the owner's page, and the lessons and quiz behind a signed link."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from onboarding import pages
from onboarding.models import Attempt, Case, Certificate, Course, Question
from onboarding.training import links, services
from onboarding.training.forms import LearnerForm, QuizForm, option


@login_required
def training(request: HttpRequest, ref: str) -> HttpResponse:
    """The owner's page: which courses are needed, who has passed, and the link to pass on."""
    case = pages.get_case(request, ref)
    key = links.key_of(case)
    link = settings.SITE_URL + reverse("learn", args=[key])
    context = pages.frame(case, pages.person(request), link=link, **_overview(case, key))
    return render(request, "onboarding/training/training.html", context)


@login_required
def training_qr(request: HttpRequest, ref: str) -> HttpResponse:
    """The link as a QR code (SVG), to be scanned with a colleague's phone."""
    case = pages.get_case(request, ref)
    code = segno.make(settings.SITE_URL + reverse("learn", args=[links.key_of(case)]), error="m")
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", scale=4, border=2, light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def learn(request: HttpRequest, key: str) -> HttpResponse:
    """The courses, for whoever has the link."""
    case = links.case_of(key)
    return render(request, "onboarding/training/learn.html", {"case": case, **_overview(case, key)})


def lesson(request: HttpRequest, key: str, course: str, number: int) -> HttpResponse:
    case, taught = links.case_of(key), _course(course)
    lessons = list(taught.lessons.all())
    shown = get_object_or_404(taught.lessons, number=number)
    following = next((one for one in lessons if one.number > number), None)
    context = {"case": case, "key": key, "course": taught, "lesson": shown, "lessons": lessons, "following": following}
    return render(request, "onboarding/training/lesson.html", context)


def quiz(request: HttpRequest, key: str, course: str) -> HttpResponse:
    """Ask for the learner's name, then draw the questions."""
    case, taught = links.case_of(key), _course(course)
    form = LearnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = services.start(case, taught, form.cleaned_data["learner"])
        return redirect("attempt", key=key, pk=attempt.pk)
    return render(request, "onboarding/training/quiz.html", {"case": case, "key": key, "course": taught, "form": form})


def attempt(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The questions; once handed in, the result with explanations."""
    case = links.case_of(key)
    run = get_object_or_404(Attempt.objects.select_related("course"), pk=pk, case=case)
    context = {"case": case, "key": key, "course": run.course, "attempt": run}
    if run.finished_at:
        context |= {"rows": _rows(run), "passed": (run.score or 0) >= run.course.pass_score}
        return render(request, "onboarding/training/result.html", context)
    form = QuizForm(run, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.finish(run.pk, form.answers())
        return redirect("attempt", key=key, pk=pk)
    return render(request, "onboarding/training/attempt.html", {**context, "form": form})


def _course(code: str) -> Course:
    return get_object_or_404(Course, code=code)


def _overview(case: Case, key: str) -> dict[str, Any]:
    """The courses and who has passed which."""
    certificates = list(Certificate.objects.filter(case=case).select_related("course").order_by("-issued_at"))
    courses = Course.objects.prefetch_related("lessons").order_by("-before_go_live", "pk")
    return {
        "key": key,
        "courses": courses,
        "certificates": certificates,
        "passed": {one.course.code for one in certificates},
    }


def _rows(run: Attempt) -> list[dict[str, object]]:
    """Each question with what was chosen, what is right, and why."""
    questions = Question.objects.in_bulk([pk for pk, _order in run.drawn])
    return [_row(questions[pk], run.answers.get(str(pk))) for pk, _order in run.drawn]


def _row(question: Question, chosen: int | None) -> dict[str, object]:
    return {
        "question": question,
        "right": chosen == question.answer,
        "chosen": option(question, chosen) if chosen is not None else "",
        "answer": option(question, question.answer),
    }
