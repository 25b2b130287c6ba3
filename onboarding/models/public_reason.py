"""The only form in which a reason may leave the house: a type of its own, that no internal reason can become."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, final

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from onboarding.words import pick

if TYPE_CHECKING:
    from onboarding.models.review import Reason

MERCHANT = "merchant"  # Reason.Audience.MERCHANT
MIN_DAYS_LEFT = 30  # the document matrix: a paper that ends sooner is asked for anew
GENERAL: dict[str, Any] = {"days": MIN_DAYS_LEFT, "permit": _("the permit"), "mcc": _("the category you chose")}
_KEY = object()  # in the hands of PublicReason.of alone


class NotPublic(Exception):
    """Somebody tried to make an internal reason public."""


@final
@dataclasses.dataclass(frozen=True, slots=True)
class PublicReason:
    """What a merchant may read of a reason, in the language of the moment. Made by `PublicReason.of` and nothing else.

    Pages, mails, SMS and the API take this and never a `Reason`: a type checker refuses the one for the other, and an
    internal reason raises NotPublic when it is tried all the same.
    """

    code: str
    sentence: Any
    remedy: Any
    example: str
    _key: object = dataclasses.field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self._key is not _KEY:
            raise NotPublic("Use PublicReason.of(reason).")

    @classmethod
    def of(cls, reason: Reason) -> PublicReason:
        """The public face of a reason that merchants may read; raises NotPublic for any other."""
        if reason.audience != MERCHANT:
            raise NotPublic(f"{type(reason).__name__} {reason.pk} is for colleagues only.")
        return cls(reason.code, _said(reason, "sentence"), _said(reason, "remedy"), reason.example, _KEY)


class _General(dict[str, Any]):
    """Sentences of the table may have places; a return to the merchant names the thing in general."""

    def __missing__(self, name: str) -> Any:
        return GENERAL.get(name, "…")


# Picked and filled in the language of the moment in which it is shown.
_said: Any = lazy(lambda reason, part: pick(reason, part).format_map(_General()), str)
