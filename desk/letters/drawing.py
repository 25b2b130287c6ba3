"""A letter with made-up values, drawn in one language exactly as the delivery would draw it."""

from __future__ import annotations

import dataclasses

from django.utils.translation import override

from desk.letters.catalogue import MAIL, SMS, Letter
from desk.letters.samples import LONGEST, Sample, values
from onboarding.tasks import letters
from portal.sms import Length, measure

DARK = "@media (prefers-color-scheme:dark)"
SHADES = {"light": "@media not all", "dark": "@media all"}  # instead of the reader's own choice


@dataclasses.dataclass(frozen=True, slots=True)
class Drawn:
    """Empty parts for a channel that the letter does not use."""

    language: str
    subject: str = ""
    text: str = ""
    html: str = ""
    sms: str = ""
    length: Length | None = None
    longest: Length | None = None  # of the SMS with the longest values that occur


def drawn(letter: Letter, language: str, sample: Sample = Sample()) -> Drawn:  # noqa: B008  # it is frozen
    with override(language):
        mail = letters.mail_in_words(letter.name, values(letter.name, sample)) if MAIL in letter.channels else ("",) * 3
        sms = letters.sms_in_words(letter.name, values(letter.name, sample)) if SMS in letter.channels else ""
        most = dataclasses.replace(LONGEST, ours=sample.ours, owner=sample.owner)
        longest = letters.sms_in_words(letter.name, values(letter.name, most)) if sms else ""
    return Drawn(language, *mail, sms, measure(sms) if sms else None, measure(longest) if sms else None)


def shaded(html: str, shade: str) -> str:
    """The HTML of a mail in the light or the dark shade, whatever the reader's device prefers."""
    return html.replace(DARK, SHADES[shade]) if shade in SHADES else html
