"""Amounts, rates and times in the reader's words and language; times are shown in Asia/Shanghai."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

MINUS = "\u2212"
WEEKDAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)


def yuan_and_fen(fen: int) -> tuple[str, str, str]:
    """Integer fen as (sign, grouped yuan, two digits of fen): -12864050 → ("−", "128,640", "50")."""
    yuan, rest = divmod(abs(fen), 100)
    return (MINUS if fen < 0 else "", f"{yuan:,}", f"{rest:02d}")


def money(fen: int) -> str:
    """Integer fen as plain text, for mails and SMS: 12864050 → "¥128,640.50"."""
    sign, yuan, rest = yuan_and_fen(fen)
    return f"{sign}¥{yuan}.{rest}"


def rate(ppm: int) -> str:
    """Integer parts per million as a percentage with at least two decimals: 5500 → "0.55%", 3825 → "0.3825%"."""
    whole, rest = divmod(abs(ppm), 10_000)
    decimals = f"{rest:04d}".rstrip("0").ljust(2, "0")
    return f"{MINUS if ppm < 0 else ''}{whole}.{decimals}%"


def local(moment: date) -> date:
    """An aware datetime in Shanghai time; a date (or a naive datetime) as it is."""
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


def day(moment: date) -> str:
    """The day with its weekday, and the year when it is not this one: 11月26日 周四 / Thu 26 Nov."""
    moment = local(moment)
    parts = {
        "weekday": WEEKDAYS[moment.weekday()],
        "day": moment.day,
        "month": MONTHS_3[moment.month].capitalize(),
        "number": moment.month,
        "year": moment.year,
    }
    if moment.year == timezone.localdate().year:
        return pgettext("day of this year", "%(weekday)s %(day)s %(month)s") % parts
    return pgettext("day of another year", "%(weekday)s %(day)s %(month)s %(year)s") % parts


def hour(moment: datetime) -> str:
    """The time of day on a 24 hour clock: 18:00."""
    return f"{local(moment):%H:%M}"


def span(seconds: float) -> str:
    """A length of time in its largest whole unit: 3 天 / 3 days; less than a minute is one minute."""
    minutes = max(1, int(seconds // 60))
    if minutes >= 24 * 60:
        return ngettext("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def left(moment: datetime) -> str:
    """How far a deadline is away: 还有 3 天 / 3 days left; once it has passed: 已超 2 小时 / 2 hours late."""
    seconds = (moment - timezone.now()).total_seconds()
    if seconds >= 0:
        return gettext("%(span)s left") % {"span": span(seconds)}
    return gettext("%(span)s late") % {"span": span(-seconds)}
