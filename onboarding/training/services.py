"""Running a quiz: draw, answer, certify."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from onboarding import services
from onboarding.models import Attempt, Case, Certificate, Course, Question

_random = random.SystemRandom()


def start(case: Case, course: Course, learner: str) -> Attempt:
    """Draw the course's number of questions and shuffle their options."""
    questions = list(course.questions.all())
    drawn = _random.sample(questions, min(course.quiz_draw, len(questions)))
    order = [[question.pk, _random.sample(range(len(question.options)), len(question.options))] for question in drawn]
    return Attempt.objects.create(case=case, course=course, learner=learner, drawn=order)


def finish(attempt_id: int, answers: Mapping[int, int]) -> Attempt:
    """Score an attempt (of 100) once; a pass gives a certificate and is recorded. Again changes nothing.

    `answers`: question id -> index of the chosen option.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update(of=("self",)).select_related("course", "case").get(pk=attempt_id)
        if attempt.finished_at:
            return attempt
        attempt.answers = {str(question): option for question, option in answers.items()}
        attempt.score = score(attempt, answers)
        attempt.finished_at = timezone.now()
        attempt.save()
        if attempt.score >= attempt.course.pass_score:
            certify(attempt)
    return attempt


def score(attempt: Attempt, answers: Mapping[int, int]) -> int:
    right = dict(Question.objects.filter(pk__in=[pk for pk, _order in attempt.drawn]).values_list("pk", "answer"))
    return 100 * sum(answers.get(pk) == answer for pk, answer in right.items()) // max(len(attempt.drawn), 1)


def certify(attempt: Attempt) -> Certificate:
    """A certificate for the months the course is valid; the case goes on if this was the last thing missing."""
    certificate = Certificate.objects.create(
        case=attempt.case,
        course=attempt.course,
        attempt=attempt,
        learner=attempt.learner,
        valid_until=months_later(timezone.localdate(), attempt.course.valid_months),
    )
    services.record(
        attempt.case_id,
        "training_passed",
        by=services.SYSTEM,
        note=attempt.learner,
        data={"course": attempt.course.code, "score": attempt.score},
    )
    return certificate


def months_later(day: date, months: int) -> date:
    """The same day `months` later; the last day of the month where there is none."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(day)
