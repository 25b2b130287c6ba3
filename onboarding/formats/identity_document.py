"""The number of a person's document, whichever kind the person chose: one door to resident_id and travel_document."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from . import resident_id, travel_document
from .reading import Reading, finding, refused

KIND_LABELS = {
    resident_id.Kind.RESIDENT_ID: _("Resident ID card"),
    resident_id.Kind.RESIDENCE_PERMIT: _("Residence permit for Hong Kong, Macao or Taiwan residents"),
    resident_id.Kind.FOREIGNER_CARD: _("Foreigner’s permanent residence card (2023)"),
    travel_document.Kind.FOREIGNER_CARD_2017: _("Foreigner’s permanent residence card (2017)"),
    travel_document.Kind.HK_MACAO_PERMIT: _("Travel permit of Hong Kong and Macao residents"),
    travel_document.Kind.TAIWAN_PERMIT: _("Travel permit of Taiwan residents"),
    travel_document.Kind.PASSPORT: _("Passport"),
}
KINDS = tuple(str(kind) for kind in KIND_LABELS)


def read(text: str | None, *, kind: str = "resident_id", today: date | None = None) -> Reading:
    """Read the number of a document of that kind, one of KINDS; ValueError for another."""
    if kind not in set(resident_id.Kind):
        return travel_document.read(text, kind=kind)
    reading = resident_id.read(text, today=today)
    if reading.ok and resident_id.kind(reading.value) != kind:
        sentence = _("This number stands on another card: {card}. Choose that card, or enter the number of yours")
        card = KIND_LABELS[resident_id.kind(reading.value)]
        return refused(reading.value, finding("other_kind", sentence, card=card))
    return reading


def mask(value: str, *, kind: str = "resident_id") -> str:
    """The number with its middle hidden, for people who need not know it."""
    return resident_id.mask(value) if kind in set(resident_id.Kind) else travel_document.mask(value)
