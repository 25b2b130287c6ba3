"""The page of one kind of paper of the identity step."""

from __future__ import annotations

from onboarding.identity import parts
from onboarding.identity.views import closed
from onboarding.models import Step
from onboarding.uploading import PaperPage

PAGE = PaperPage(
    step=Step.IDENTITY,
    name="identity_document",
    template="onboarding/documents/kind.html",
    kinds=parts.kinds,
    remarks=parts.remarks_for,
    onward=parts.next_url,
    closed=closed,
)
