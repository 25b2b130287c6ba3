"""One file for one kind of paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.documents import limits, sniffing
from onboarding.documents.problems import SENTENCES
from onboarding.models import DocumentKind
from portal import typed


class UploadForm(typed.Form):
    """The tile: a control for one file. What is in the file is judged by `intake.take`."""

    file = forms.FileField(
        allow_empty_file=True, max_length=None, error_messages={"required": SENTENCES["missing"]}, label=_("File")
    )

    def __init__(self, *args: Any, kind: DocumentKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label = _("Take a picture or choose a file")
        allowed = limits.of(kind)
        field.help_text = allowed.sentence
        field.widget.attrs |= {"accept": sniffing.accept(allowed.formats), "data-send": ""}
