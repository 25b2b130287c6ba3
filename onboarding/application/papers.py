"""The page of one kind of paper of the application."""

from __future__ import annotations

from onboarding.application import questions, services
from onboarding.application.views import closed
from onboarding.models import Step
from onboarding.uploading import PaperPage

PAGE = PaperPage(
    step=Step.APPLICATION,
    name="application_document",
    template="onboarding/application/document.html",
    kinds=lambda case: questions.kinds(services.draft(case)),
    remarks=questions.remarks_for,
    onward=lambda case, path: questions.next_url(services.draft(case), path),
    closed=closed,
)
