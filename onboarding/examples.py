"""Small drawn examples beside a reason for a return: how it must not be, and how it is right. SVG without any style.

A picture is drawn from a few shapes in the colours of the page (classes of portal.css would cost bytes there); of a
field two texts stand side by side. A key of the table `Reason` names one of them.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext_lazy as _

CARD = (
    '<rect x="14" y="12" width="92" height="56" rx="4" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<rect x="78" y="22" width="20" height="24" fill="none" stroke="currentColor"/>'
    '<path d="M22 26h46M22 36h40M22 46h46M22 56h60" stroke="currentColor" stroke-width="3"/>'
)
FRONT = (
    '<path d="M18 34h84v34H18zM54 68V46h14v22" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<rect x="26" y="18" width="68" height="14" fill="none" stroke="currentColor" stroke-width="2"/>'
)
SHELVES = '<path d="M16 68V14h88v54M16 32h88M16 50h88" fill="none" stroke="currentColor" stroke-width="2"/>'
GOODS = '<path d="M24 22h8v10h-8zM40 22h8v10h-8zM60 40h10v10H60zM80 40h10v10H80zM26 58h12v10H26z" fill="currentColor"/>'
COUNTER = '<path d="M12 46h96M20 46v22M100 46v22" stroke="currentColor" stroke-width="3"/>'
TERMINAL = '<path d="M52 24h16v22H52zM55 28h10M56 36h8M56 40h8" fill="none" stroke="currentColor" stroke-width="2"/>'
SHEET = '<path d="M34 8h52v64H34zM42 20h36M42 30h36M42 40h24" fill="none" stroke="currentColor" stroke-width="2"/>'
INK = '<path d="M44 60c6-12 10 8 14-4s6 8 12-2" fill="none" stroke="currentColor" stroke-width="2.500"/>'
STAMP = '<circle cx="84" cy="54" r="13" fill="none" stroke="var(--bad)" stroke-width="2.500"/>'


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """Two drawings (SVG marks in a box of 120 by 80), or two texts; `says` describes the right one."""

    says: Any
    wrong: str = ""
    right: str = ""
    drawn: bool = True


def _group(marks: str, attributes: str) -> str:
    return f"<g {attributes}>{marks}</g>"


def _typed(wrong: str, right: str, says: Any) -> Example:
    return Example(says, wrong, right, drawn=False)


WHOLE = _("All four corners in the picture, every letter sharp.")
EXAMPLES: dict[str, Example] = {
    "blurred": Example(
        WHOLE, _group(CARD, 'opacity=".3"') + _group(CARD, 'opacity=".3" transform="translate(3 2)"'), CARD
    ),
    "glare": Example(
        _("No bright spot on the letters."),
        CARD
        + '<ellipse cx="52" cy="38" rx="24" ry="16" fill="var(--card)" stroke="var(--turn)" stroke-width="2"/>'
        + '<path d="M52 18v-8M80 38h6M69 26l5-5M35 26l-5-5" stroke="var(--turn)" stroke-width="2"/>',
        CARD,
    ),
    "too_dark": Example(
        _("Bright and even light."), '<path d="M0 0h120v80H0z" fill="currentColor" opacity=".75"/>' + CARD, CARD
    ),
    "cropped": Example(
        _("All four corners, with a small margin."), _group(CARD, 'transform="translate(34 -18)"'), CARD
    ),
    "too_small": Example(
        _("The document fills the picture."), _group(CARD, 'transform="translate(42 28) scale(.3)"'), CARD
    ),
    "covered": Example(
        _("Nothing lies on the document."),
        CARD + '<path d="M0 80V58c14-14 34-12 46 2 6 8 4 20 4 20z" fill="currentColor"/>',
        CARD,
    ),
    "tilted": Example(
        _("From straight above."), _group(CARD, 'transform="translate(30 4) skewX(-28) scale(.9 .8)"'), CARD
    ),
    "watermark": Example(
        _("A watermark beside name, number and dates."),
        CARD + '<path d="M10 64 100 18M20 74 110 28" stroke="currentColor" stroke-width="7" opacity=".7"/>',
        CARD + '<path d="M70 62h30" stroke="currentColor" stroke-width="3" opacity=".5"/>',
    ),
    "screen": Example(
        _("The document itself, not a screen."),
        '<path d="M4 4h112v64H4zM44 76h32" fill="none" stroke="currentColor" stroke-width="4"/>'
        + _group(CARD, 'transform="translate(24 12) scale(.6)"'),
        CARD,
    ),
    "twice": Example(
        _("A different picture in each place."),
        _group(CARD, 'transform="scale(.5) translate(0 40)"') + _group(CARD, 'transform="translate(60 20) scale(.5)"'),
        _group(CARD, 'transform="scale(.5) translate(0 40)"') + _group(FRONT, 'transform="translate(60 20) scale(.5)"'),
    ),
    "wrong_document": Example(_("The document that this place names."), SHEET, CARD),
    "pages": Example(
        _("Every page."),
        SHEET,
        _group(SHEET, 'transform="translate(-24 0)"') + _group(SHEET, 'transform="translate(32 0)"'),
    ),
    "two_sides": Example(
        _("One side with the portrait, one with the emblem."),
        _group(CARD, 'transform="scale(.5) translate(0 40)"') + _group(CARD, 'transform="translate(60 20) scale(.5)"'),
        _group(CARD, 'transform="scale(.5) translate(0 40)"')
        + '<rect x="67" y="26" width="46" height="28" rx="2" fill="none" stroke="currentColor"/>'
        + '<circle cx="80" cy="40" r="7" fill="none" stroke="var(--bad)" stroke-width="2"/>',
    ),
    "stamp": Example(_("The copy with the company stamp on it."), SHEET, SHEET + STAMP),
    "letter": Example(_("Signed, stamped and dated."), SHEET, SHEET + INK + STAMP),
    "signature": Example(
        _("Written by yourself, every character clear."),
        SHEET + '<path d="M44 60l12-6 2 8" fill="none" stroke="currentColor"/>',
        SHEET + INK,
    ),
    "shopfront": Example(
        _("The whole sign and the door."), _group(FRONT, 'transform="translate(-10 -34) scale(1.4)"'), FRONT
    ),
    "interior": Example(_("Shelves, goods or the place where you serve."), SHELVES, SHELVES + GOODS),
    "till": Example(_("The counter, with the place for the terminal."), SHELVES + GOODS, COUNTER + TERMINAL),
    "expired": _typed(
        "2024.03.18 – 2026.03.18", "2026.03.19 – 2031.03.19", _("A document whose last day is still to come.")
    ),
    "expires_soon": _typed("2026.12.05", "2031.12.05", _("The renewed document with its new last day.")),
    "name": _typed("小满面馆", "虚构市小满面馆有限公司", _("The whole name, as it stands on the licence.")),
    "uscc": _typed("9111O0006OOO37341L", "91110000600037341L", _("18 characters; a circle is always the digit 0.")),
    "id_number": _typed(
        "11010519491231002x?", "11010519491231002X", _("As it stands on the card, X as a capital letter.")
    ),
    "branch": _typed("样例银行", "样例银行虚构市听雨支行", _("The bank and its branch.")),
    "sign": _typed("小满餐饮", "小满面馆", _("The name as it stands on the sign.")),
    "address": _typed("听雨区样例路", "听雨区样例路 18 号 1 层 6 铺", _("Number, floor and unit.")),
    "debit_card": _typed("信用卡", "借记卡（储蓄卡）", _("A debit card.")),
    "account_name": _typed("刘小满", "虚构市小满面馆有限公司", _("An account in the name of the merchant.")),
}
