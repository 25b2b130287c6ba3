"""What people may type (docs/decisions/0016): kept exactly, or refused with a sentence at the field; nothing is
taken out in silence but blanks at both ends."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object

LINES = "\t\n\r"  # of a text of several lines
# Marks that turn the direction of writing, and marks without a shape: a text reads as another one.
HIDDEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u202a-\u202e\u2066-\u2069"
# NUL and other controls, halves of characters, and what takes the place of a character that was lost on the way.
BROKEN = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
BAD = re.compile(f"[{HIDDEN}{BROKEN}]")
BAD_IN_LINES = re.compile(f"(?![{LINES}])[{HIDDEN}{BROKEN}]")
JOINERS = re.compile("[\u200c\u200d\U000e0000-\U000e007f]")  # emoji and some scripts need them, names and numbers don't
EMOJI = re.compile("[\u20e3\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")

UNSEEN = _("There is a character in it that nobody can see or print (%(code)s). Delete it, or type the text again.")
NOT_JSON = _("A number in it has no value (NaN or infinite). Enter a number, or null.")
NO_EMOJI = _("A name has no pictures in it (%(code)s). Enter it as it stands on the document.")


def problem(text: str, *, lines: bool = False, strict: bool = False, name: bool = False) -> tuple[Any, str] | None:
    """What cannot stay in a text: (sentence with a place for `code`, that character), or None.

    `lines`: line ends and tabs are part of it. `strict`: a name or a number, where nothing joins. `name`: no emoji.
    """
    inner = text.strip()
    found = (BAD_IN_LINES if lines else BAD).search(inner) or (JOINERS.search(inner) if strict or name else None)
    if found:
        return UNSEEN, found[0]
    if name and (found := EMOJI.search(inner)):
        return NO_EMOJI, found[0]
    return None


def sentence(text: str, **kind: bool) -> forms.ValidationError | None:
    """The same as an error of a field; None for a text that may stay."""
    found = problem(text, **kind)
    if not found:
        return None
    words, char = found
    shown = char if unicodedata.category(char) == "So" else f"U+{ord(char):04X}"
    return forms.ValidationError(words, code="character", params={"code": shown})


class Typed(_Base):
    """Mixed into every form: each text is looked at before its field does anything with it."""

    def _clean_fields(self) -> None:
        """Fields with an impossible text get their sentence and are not read any further."""
        fields, refused = self.fields, {}
        for name, field in fields.items():
            if not field.disabled and (error := _look(field, self[name].data)):
                refused[name] = error
        self.fields = {name: field for name, field in fields.items() if name not in refused}
        try:
            super()._clean_fields()  # type: ignore[misc]  # Django's own hook, unknown to its types
        finally:
            self.fields = fields
        for name, error in refused.items():
            self.add_error(name, error)


def _look(field: forms.Field, data: Any) -> forms.ValidationError | None:
    if isinstance(field, forms.JSONField) and isinstance(data, str):
        return _inside(data)
    kind = {"lines": isinstance(field.widget, forms.Textarea), **getattr(field, "typed", {})}
    texts = data if isinstance(data, list | tuple) else [data]
    found = (sentence(one, **kind) for one in texts if isinstance(one, str))
    return next(filter(None, found), None)


def _inside(data: str) -> forms.ValidationError | None:
    """JSON hides characters behind escapes, and Python's reader takes numbers that no database holds."""
    try:
        parts = list(_parts(json.loads(data)))
    except ValueError:
        return sentence(data, lines=True)  # the field itself says that this is no JSON
    if any(isinstance(one, float) and not math.isfinite(one) for one in parts):
        return forms.ValidationError(NOT_JSON, code="number")
    return next(filter(None, (sentence(one, lines=True) for one in parts if isinstance(one, str))), None)


def _parts(value: Any) -> Iterator[Any]:
    """Every text and number in it, also the names of its entries."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if not isinstance(value, list):
        yield value
        return
    for one in value:
        yield from _parts(one)


class Form(Typed, forms.Form):
    """The base of our forms."""


class ModelForm(Typed, forms.ModelForm):  # type: ignore[type-arg]  # takes no [ ] at run time
    """The base of the admin's forms."""
