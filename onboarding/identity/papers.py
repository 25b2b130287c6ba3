"""The page of one kind of paper of the identity step."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_http_methods, require_POST

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
document = login_required(require_http_methods(["GET", "HEAD", "POST"])(PAGE.document))
remove_document = login_required(require_POST(PAGE.remove))
