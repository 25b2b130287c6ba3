"""What is wrong with a line of an uploaded watch-list, said to whoever uploaded it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.formats.sheet import MOST_LINES
from onboarding.formats.watch_line import HEADINGS, Fault

COLUMNS: dict[str, Any] = {
    "number": pgettext_lazy("column of a watch-list", "Number"),
    "kind": pgettext_lazy("column of a watch-list", "Kind"),
    "name": pgettext_lazy("column of a watch-list", "Name"),
    "aliases": pgettext_lazy("column of a watch-list", "Other names"),
    "identifiers": pgettext_lazy("column of a watch-list", "Identity number or credit code"),
    "reason": pgettext_lazy("column of a watch-list", "Reason"),
    "listed_on": pgettext_lazy("column of a watch-list", "Listed on"),
    "source": pgettext_lazy("column of a watch-list", "Source"),
}
SENTENCES: dict[str, Any] = {
    "file_encoding": _("The text of the file cannot be read. Save it as CSV in UTF-8, or as XLSX."),
    "file_damaged": _("The file cannot be opened. Save it again as XLSX or CSV."),
    "file_too_large": _("The file unpacks to far more than a list can be. Save it again without pictures and formats."),
    "file_too_many": _("A list has at most %(most)s lines. Divide it."),
    "file_empty": _("There is nothing in the file."),
    "file_missing": _("The file is not there any more. Upload it again."),
    "gave_up": _("The file could not be read. That was our fault. Upload it again; if it fails again, call us."),
    "column_missing": _("The column “%(column)s” is missing. Its heading may be: %(headings)s."),
    "column_twice": _("The column “%(column)s” stands there twice. Take one out."),
    "empty": _("“%(column)s” is empty."),
    "too_long": _("“%(column)s” has more than %(most)s characters."),
    "rounded": _(
        "“%(column)s” is a number that the spreadsheet has rounded. Format the column as text and enter it again."
    ),
    "characters": _("There is a character in “%(column)s” that nobody can see or print. Type it again."),
    "kind": _("The kind is neither person (个人) nor business (单位)."),
    "aliases": _("There are more than %(most)s other names, or one is too long."),
    "no_letters": _("A name has no letters."),
    "day": _("The day cannot be read. Write it as 2026-03-13."),
    "future": _("The day lies in the future."),
    "identifier": _("An identity number or credit code has wrong characters, or fewer than 5 or more than 20."),
    "check": _("The check character of a number does not fit: it is kept, and will hardly ever match. Compare it."),
    "number_twice": _("The same number stands in line %(line)s already."),
}


def shown(faults: list[Fault]) -> list[dict[str, Any]]:
    """Each with its line, its sentence and whether it is only a doubt."""
    return [
        {"line": fault.get("line", 0), "sentence": _sentence(fault), "warn": bool(fault.get("warn"))}
        for fault in faults
    ]


def _sentence(fault: Fault) -> str:
    params = dict(fault.get("params") or {})
    if column := params.get("column"):
        params |= {"column": COLUMNS.get(column, column), "headings": "、".join(HEADINGS.get(column, ()))}
    return str(SENTENCES[fault["code"]]) % {"most": MOST_LINES, **params}
