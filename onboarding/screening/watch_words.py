"""What makes a name like a listed one, said to those who decide it. Names are read when it is said, and never kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from onboarding.formats.likeness import By, Kind, Likeness, Strength, Way, core

STRENGTHS: dict[str, Any] = {
    Strength.EXACT: pgettext_lazy("likeness", "Exact"),
    Strength.STRONG: pgettext_lazy("likeness", "Strong"),
    Strength.MEDIUM: pgettext_lazy("likeness", "Medium"),
    Strength.WEAK: pgettext_lazy("likeness", "Weak"),
}
TONES: dict[str, str] = {Strength.EXACT: "bad", Strength.STRONG: "warn", Strength.MEDIUM: "turn", Strength.WEAK: ""}
WAYS: dict[str, Any] = {
    Way.NUMBER: _("the same number"),
    Way.SAME: _("the same name"),
    Way.REPLACED: _("characters differ"),
    Way.SWAPPED: _("two characters swapped"),
    Way.ADDED: _("one character more"),
    Way.DROPPED: _("one character less"),
    Way.SPELLED: _("the same name in Latin letters"),
}
BYS: dict[str, Any] = {
    By.SOUND: _("same sound"),
    By.SHAPE: _("similar shape"),
    By.BOTH: _("same sound and similar shape"),
    By.NEAR: _("similar sound"),
    By.MIXED: _("similar sound or shape"),
    By.OTHER: _("neither sound nor shape alike"),
}
REASONS: dict[str, Any] = {  # codes that lists use; anything else is shown as it stands in the list
    "lends_accounts": _("Lends or sells accounts"),
    "card_fraud_conviction": _("Convicted of card fraud"),
    "cash_out": _("Cash-out by fictitious sales"),
    "secondary_clearing": _("Clears for others without a licence"),
    "terminal_resale": _("Sells or lends terminals on"),
    "false_documents": _("False documents"),
    "illegal_trade": _("Forbidden trade"),
    "near_name": _("Uses a similar name"),
}
DIFFER = ngettext_lazy(
    "One character differs: %(ours)s/%(listed)s, %(by)s.", "%(n)s characters differ: %(ours)s/%(listed)s, %(by)s.", "n"
)
SENTENCES: dict[str, Any] = {
    Way.NUMBER: _("The identity number or credit code is the listed one."),
    Way.SAME: _(
        "The name is the same: %(ours)s/%(listed)s. Dots, brackets and words for the form of a company do not count."
    ),
    Way.SWAPPED: _("Two neighbouring characters are swapped: %(ours)s/%(listed)s."),
    Way.ADDED: _("One character more than the listed name: %(ours)s/%(listed)s."),
    Way.DROPPED: _("One character less than the listed name: %(ours)s/%(listed)s."),
    Way.SPELLED: _("The same name in Latin letters: %(ours)s/%(listed)s."),
}
CHANGED = _("The name was changed since: %(ours)s. It was like %(listed)s then.")


def explain(name: str, listed: str, likeness: Likeness | None) -> str:
    """The sentence, in the reader's language; `likeness`: what `compare` says of the two names now."""
    shown: dict[str, Any] = {"ours": name, "listed": listed}
    if likeness is None:
        return str(CHANGED) % shown
    if likeness.way is Way.REPLACED:
        return str(DIFFER % {**shown, "n": len(likeness.places), "by": BYS[likeness.by]})
    return str(SENTENCES[likeness.way]) % shown


def marked(name: str, likeness: Likeness | None) -> list[tuple[str, bool]]:
    """The characters of the name, each with whether it differs from the listed one."""
    places, at, pieces = (likeness.places if likeness else ()), 0, []
    for char in name:
        counted = len(core(char, Kind.PERSON))  # blanks, dots and brackets count for nothing
        pieces.append((char, any(at + step in places for step in range(counted))))
        at += counted
    return pieces
