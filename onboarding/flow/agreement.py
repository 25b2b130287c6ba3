"""The small machine of an agreement."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition


class Stage(models.TextChoices):
    """Of an agreement."""

    OFFERED = "offered", _("Offered")
    SIGNED = "signed", _("Signed")
    VOID = "void", _("Void")
    SUPERSEDED = "superseded", _("Superseded")


def stage_choices() -> list[tuple[str, Any]]:
    return Stage.choices


class AgreementFlow(ConcurrentTransitionMixin, models.Model):
    """An agreement is offered, then signed or void; a newer version supersedes it. It is never changed."""

    stage = FSMField(_("stage"), max_length=16, default=Stage.OFFERED, choices=stage_choices, protected=True)

    class Meta:
        abstract = True

    @transition(field="stage", source=Stage.OFFERED, target=Stage.SIGNED)
    def sign(self) -> None:
        """The legal representative has given the code."""

    @transition(field="stage", source=Stage.OFFERED, target=Stage.VOID)
    def void(self) -> None:
        """The application changed before it was signed."""

    @transition(field="stage", source=Stage.SIGNED, target=Stage.SUPERSEDED)
    def supersede(self) -> None:
        """A newer version was signed."""
