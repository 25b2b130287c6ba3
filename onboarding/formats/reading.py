"""What reading one typed value gives, and how typed text is cleaned before any rule looks at it."""

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Blanks, dashes and marks nobody sees: a person types or pastes them, an identifier never contains them.
_WIDTHS = ("<wide>", "<narrow>")  # how Unicode names the other widths of a character
IGNORED = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Pd"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful: a stable code, and a lazy sentence that says what to enter instead."""

    code: str
    sentence: "StrPromise | str" = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as it is stored, with what makes it impossible (errors) and what a person should look at (warnings)."""

    value: str
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """True when the value may be stored; warnings do not hinder it."""
        return not self.errors

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all findings, errors first."""
        return tuple(finding.code for finding in self.errors + self.warnings)


def finding(code: str, sentence: "StrPromise", **numbers: Any) -> Finding:
    """A finding whose sentence fills its {places} only when shown, in the language of that moment."""
    return Finding(code, format_lazy(sentence, **numbers) if numbers else sentence)


def refused(value: str, error: Finding) -> Reading:
    """A reading that stops at its first error: further rules would only repeat it."""
    return Reading(value, errors=(error,))


def narrow(text: str | None) -> str:
    """Full-width letters and digits as ASCII ones. Not NFKC, which reads "10²" as 102 and "①" as 1."""
    return "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith(_WIDTHS) else char
        for char in text or ""
    )


def clean(text: str | None) -> str:
    """The text as identifiers are stored: narrow, ASCII capitals, no blanks, dashes or invisible marks. Idempotent.

    Only ASCII letters are raised: elsewhere str.upper() makes one letter several ("ß"), and no identifier has those.
    """
    kept = (char for char in narrow(text) if unicodedata.category(char) not in IGNORED)
    return unicodedata.normalize("NFC", "".join(char.upper() if char.isascii() else char for char in kept))


def is_digits(value: str) -> bool:
    """True for one or more ASCII digits; str.isdigit() alone accepts other scripts."""
    return value.isascii() and value.isdigit()
