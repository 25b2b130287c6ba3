"""Small tags and filters of every page: {% load kaitong %}. Empty values give empty text, never an error."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal import words

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite static/icons.svg; hidden from screen readers unless it has a label."""
    sprite = static("icons.svg")
    if label:
        markup = '<svg class="i" role="img" aria-label="{}"><use href="{}#{}"/></svg>'
        return format_html(markup, label, sprite, name)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def support_phone() -> str:
    """The number that people call for help (settings.SUPPORT_PHONE)."""
    return str(settings.SUPPORT_PHONE)


@register.filter
def tel(number: str) -> str:
    """A telephone number as the target of a link: 400-000-0000 → tel:4000000000."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def money(fen: int | str | None) -> str:
    """Integer fen with its sign drawn by CSS and small fen: {{ order.total|money }}."""
    if fen is None or fen == "":
        return ""
    return format_html('{}<span class="money">{}.<i>{}</i></span>', *words.yuan_and_fen(int(fen)))


@register.filter
def money_text(fen: int | str | None) -> str:
    """Integer fen as plain text, for mails: ¥128,640.50."""
    return "" if fen is None or fen == "" else words.money(int(fen))


@register.filter
def rate(ppm: int | str | None) -> str:
    """Integer ppm as a percentage: 5500 → 0.55%."""
    return "" if ppm is None or ppm == "" else words.rate(int(ppm))


@register.filter
def day(moment: date | None) -> str:
    """11月26日 周四 / Thu 26 Nov (date or aware datetime)."""
    return words.day(moment) if moment else ""


@register.filter
def hour(moment: datetime | None) -> str:
    """18:00 (aware datetime)."""
    return words.hour(moment) if moment else ""


@register.filter
def left(moment: datetime | None) -> str:
    """还有 3 天 / 3 days left, or how late it is (aware datetime)."""
    return words.left(moment) if moment else ""


@register.filter
def target(field: BoundField) -> str:
    """The id of the control that a link from the error summary should reach, also inside groups of controls."""
    if not field.use_fieldset:
        return field.id_for_label or field.auto_id
    parts: list[dict[str, Any]] = [part.data for part in field.subwidgets]
    parts = (parts and parts[0].get("subwidgets")) or parts
    return str(parts[0]["attrs"].get("id", field.auto_id)) if parts else field.auto_id
