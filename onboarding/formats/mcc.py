"""Merchant category code, ISO 18245: four digits. Which codes are accepted is data that people edit, not a format."""

from django.utils.translation import gettext_lazy as _

from .reading import Reading, clean, finding, is_digits, refused


def read(text: str | None) -> Reading:
    """Read a category code; the value is four digits, zeros in front kept."""
    value = clean(text)
    if is_digits(value) and len(value) == 4:
        return Reading(value)
    sentence = _("Enter the 4-digit category code, or choose a trade from the list")
    return refused(value, finding("shape" if value else "empty", sentence))
