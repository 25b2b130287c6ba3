"""What a kind of paper takes: its row of the document matrix, within the limits of the whole house (settings)."""

from __future__ import annotations

import dataclasses

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding.documents import sniffing
from onboarding.models import DocumentKind

MEGABYTE = 1024 * 1024
MIN_EDGE = 100  # pixels: smaller is no picture of a paper, whatever the kind


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """Formats (keys of `sniffing.MEDIA_TYPES`), megabytes, pages of all its files together, pixels of a short side."""

    formats: list[str]
    max_mb: int
    max_pages: int
    min_edge: int

    @property
    def max_bytes(self) -> int:
        return self.max_mb * MEGABYTE

    @property
    def sentence(self) -> str:
        """All of it in the reader's language, shown before a file is chosen."""
        pages = ngettext("one page", "%(n)s pages in all", self.max_pages) % {"n": self.max_pages}
        told = {"formats": sniffing.label(self.formats), "max_mb": self.max_mb, "pages": pages}
        return _("%(formats)s, at most %(max_mb)s MB, %(pages)s") % told


def of(kind: DocumentKind) -> Limits:
    """The narrower of what the kind and the house allow."""
    return Limits(
        [one for one in kind.formats if one in settings.UPLOAD_FORMATS],
        min(kind.max_mb, settings.UPLOAD_MAX_MB),
        min(kind.max_pages, settings.UPLOAD_MAX_PAGES),
        max(kind.min_short_edge, MIN_EDGE),
    )
