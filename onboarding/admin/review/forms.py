"""The forms of the workbench. Whole card numbers are refused wherever somebody writes freely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.cases.free_text import FreeText
from onboarding.documents.items import public_reasons
from onboarding.flow import VERBS
from onboarding.models import PublicReason, Reason
from onboarding.words import pick
from portal import typed

DECLINED = "declined"  # the neutral reason of every rejection
SAY_WHY = _("Say why: the note is kept with the decision.")


class MarkForm(typed.Form):
    """Why an item goes back, and a word to the merchant."""

    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose a reason.")})
    note = FreeText(
        longest=300, label=_("Note to the merchant"), required=False,
        help_text=_("The merchant reads it word for word, below the reason."),
    )  # fmt: skip

    def __init__(self, *args: Any, reasons: Sequence[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = grouped(reasons)  # type: ignore[attr-defined]


class DecisionForm(typed.Form):
    """A note with a decision: demanded where the flow demands it."""

    note = FreeText(
        longest=500, label=_("Note for the record"), required=False,
        help_text=_("Colleagues read it. The merchant never does."), error_messages={"required": SAY_WHY},
    )  # fmt: skip

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = VERBS[verb].needs_note


class RejectForm(DecisionForm):
    """A rejection has a reason of the catalogue; internal ones are offered apart."""

    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose a reason.")})
    field_order = ("reason", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = {one.code: one for one in Reason.objects.order_by("pk") if "case" in one.applies_to.split(";")}
        self.fields["reason"].choices = grouped(list(self.reasons.values()))  # type: ignore[attr-defined]

    @property
    def public_reason(self) -> PublicReason:
        """What may be told outside: an internal reason stands behind its neutral one, or behind that of them all."""
        reason = self.reasons[self.cleaned_data["reason"]]
        return public_reasons([reason])[reason.pk] or PublicReason.of(Reason.objects.get(code=DECLINED))

    @property
    def kept_note(self) -> str:
        """The note with the reason before it, for colleagues; sealed like every note."""
        return f"[{self.cleaned_data['reason']}] {self.cleaned_data['note']}"


class NoteForm(typed.Form):
    """A remark for colleagues."""

    text = FreeText(
        longest=2000, label=_("Note for colleagues"), error_messages={"required": _("Write something first.")}
    )


def grouped(reasons: Sequence[Reason]) -> list[Any]:
    """Choices: an empty one, what the merchant is told, and apart what stays inside."""
    told = [_choice(one) for one in reasons if one.audience == Reason.Audience.MERCHANT]
    inside = [_choice(one) for one in reasons if one.audience == Reason.Audience.INTERNAL]
    parts: list[Any] = [("", _("Choose a reason"))]
    parts += [(_("The merchant is told"), told)] if told else []
    parts += [(_("Internal: the merchant reads a neutral sentence"), inside)] if inside else []
    return parts


def _choice(reason: Reason) -> tuple[str, str]:
    return reason.code, pick(reason, "sentence")
