"""The ZIP of "my data": one JSON file, the papers as we show them, the agreements as they were signed.

The papers are named in the reader's language, as the pages name them.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation
from django.utils.translation import gettext

from onboarding import holdings
from onboarding.documents import viewing
from onboarding.models import Agreement, Case, Consent, DocumentKind, Membership, Page, User
from onboarding.services.permissions import ACTING
from onboarding.tasks.masking import for_reader
from onboarding.words import pick
from portal.storage import Missing, private_files

UNFIT = re.compile(r"[^\w（）()。、，,. -]+")
Part = tuple[str, Callable[[], bytes]]  # name in the archive, and what gives its bytes


def cases(user: User) -> list[Case]:
    """The cases whose whole content is this person's to take along: of merchants that they act for."""
    mine = Membership.objects.filter(user=user, active=True, role__in=ACTING)
    rows = Case.objects.filter(merchant__in=mine.values("merchant")).exclude(key__destroyed_at__isnull=False)
    return list(rows.select_related("merchant").order_by("pk"))


def parts(user: User) -> list[Part]:
    """What will stand in the archive; each part reads its own file when it is asked."""
    mine = cases(user)
    with translation.override(user.language):
        papers = [part for case in mine for part in (*_pages(case), *_agreements(case))]
    return [("my-data.json", lambda: _json(user, mine)), *papers]


def archive(found: list[Part], after_each: Callable[[int], None]) -> bytes:
    """The bytes of the ZIP; `after_each` hears how many parts are done. A file that is gone is left out."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, read) in enumerate(found, 1):
            try:
                made.writestr(name, read())
            except Missing:
                made.writestr(f"{name}.missing.txt", "This file is not in the storage any more.\n")
            after_each(number)
    return kept.getvalue()


def _json(user: User, mine: list[Case]) -> bytes:
    told = {
        "made_at": timezone.now(),
        "account": _account(user),
        "cases": [for_reader(holdings.told(case), case, user) for case in mine],
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _account(user: User) -> dict[str, Any]:
    columns = ("purpose", "version", "language", "text_sha256", "address", "given_at", "withdrawn_at", "case__ref")
    return {
        "name": user.name, "mobile": user.mobile, "email": user.email, "language": user.language,
        "joined_at": user.date_joined, "last_sign_in": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)),
        "acts_for": list(user.memberships.order_by("pk").values("merchant__name", "role", "active", "created_at")),
        "consents": list(Consent.objects.filter(user=user).order_by("pk").values(*columns)),
    }  # fmt: skip


def _pages(case: Case) -> Iterator[Part]:
    rows = Page.objects.filter(document__case=case, document__replaced_at=None).select_related("document__case")
    kinds = DocumentKind.objects.in_bulk(field_name="code")
    for page in rows.order_by("document__kind", "document__part", "number"):
        paper = page.document
        name = _file_name(kinds.get(paper.kind), paper.kind)
        yield f"{case.ref}/{name}-{paper.part}-{page.number}.jpg", lambda page=page: viewing.opened(page)  # type: ignore[misc]


def _file_name(kind: DocumentKind | None, code: str) -> str:
    """Shop front rather than shopfront: what every system takes in a name, and no folder."""
    return UNFIT.sub("-", pick(kind, "name")).strip("-. ")[:60] or code if kind else code


def _agreements(case: Case) -> Iterator[Part]:
    for row in Agreement.objects.filter(case=case).exclude(signed_file="").order_by("version"):
        name = f"{case.ref}/{UNFIT.sub('-', gettext('Agreement'))}-{row.version}.pdf"
        yield name, lambda row=row: private_files.read(row.signed_file, row.signed_context)  # type: ignore[misc]
