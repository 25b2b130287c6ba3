"""Names of persons, companies and shops: kept as typed, compared with tolerance, shown with most of it hidden."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from .reading import Reading, finding, refused

LONGEST = 200
# Marks between the parts of one name; keyboards and registries disagree about which one to use.
DOTS = "·•・･‧∙⋅●ᐧ᛫⸱ꞏ⦁◦．.\u0387\u2024\u318d"
STANDS_FOR_A_DOT = "。○"  # typed in place of one
_DOTS = str.maketrans("", "", unicodedata.normalize("NFKC", DOTS + STANDS_FOR_A_DOT))


def trim(text: str | None) -> str:
    """The text as typed, without outer blanks and marks nobody sees; blanks and line ends inside become one blank.

    Never NFKC: a rare character of a name must stay the character that the registry has.
    """
    visible = (char if _is_visible(char) else " " if char.isspace() else "" for char in text or "")
    return " ".join("".join(visible).split())


def read(text: str | None, *, longest: int = LONGEST) -> Reading:
    """Read a name; the value is trimmed, at least one letter, at most `longest` characters."""
    value = trim(text)
    if not value:
        return refused(value, finding("empty", _("Enter the name as it stands on the document")))
    if not any(char.isalnum() for char in value):
        return refused(value, finding("characters", _("A name has letters. Enter it as it stands on the document")))
    if len(value) > longest:
        sentence = _("Enter the name in at most {longest} characters. This one has {n}")
        return refused(value, finding("length", sentence, longest=longest, n=len(value)))
    return Reading(value)


def fold(name: str) -> str:
    """A name reduced to what must agree: width, case, dots and blanks do not count. To compare, never to store."""
    wide = unicodedata.normalize("NFKC", trim(name)).casefold()
    return unicodedata.normalize("NFKC", "".join(wide.translate(_DOTS).split()))


def is_same(one: str, other: str) -> bool:
    """True when two spellings are the same name, whatever dots, blanks, brackets' width and case were used."""
    return fold(one) == fold(other)


def mask(name: str) -> str:
    """The first character and a star, which hides the length as well: 张*."""
    return name[:1] + "*" if name else ""


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
