"""What each kind of terminal does, in a merchant's words: the catalogue and the guide say the same."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext_lazy as _

from devices.models import DeviceModel

Kind = DeviceModel.Kind


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """One kind. `drawing` is a symbol of static/img/guide.svg."""

    kind: DeviceModel.Kind
    drawing: str
    idea: Any
    takes: tuple[Any, ...]
    power: Any
    fits: Any
    less: Any


INSERT, TAP = _("Cards with a chip, inserted"), _("Cards, phones and watches held to it")
STRIPE = _("Old cards, swiped")
SCAN, PAPER = _("QR codes shown on the customer’s phone"), _("A printed receipt")
KINDS: dict[str, Said] = {
    Kind.SMART: Said(
        Kind.SMART, "smart", _("A large telephone with a printer: everything in one hand."),
        (INSERT, TAP, STRIPE, SCAN, PAPER), _("Battery for a working day, charged at night"),
        _("Restaurants, salons, shops with several kinds of payment"), _("The dearest kind; needs charging"),
    ),
    Kind.POS: Said(
        Kind.POS, "keys", _("Real keys, a small screen, paper: simple and sturdy."),
        (INSERT, TAP, STRIPE, PAPER), _("Battery for more than a day"),
        _("Stalls, deliveries, petrol stations, people who like keys"), _("Reads no QR codes on most models"),
    ),
    Kind.TILL: Said(
        Kind.TILL, "till-terminal", _("Stands at the till and gets the amount from it: nobody types it twice."),
        (INSERT, TAP, SCAN), _("Mains, by cable"),
        _("Supermarkets, chains, hotels"), _("Your till’s program must know it; it cannot be carried to a table"),
    ),
    Kind.QR: Said(
        Kind.QR, "speaker", _("Customers scan; a voice says how much has come."),
        (_("Payments by QR code"),), _("Mains, with a battery for some hours"),
        _("Breakfast stalls, markets, the smallest shops"), _("Takes no cards at all"),
    ),
}  # fmt: skip
