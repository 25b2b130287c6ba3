"""Where a photograph of the shop was taken, as its file says: to a hundred metres. Nothing of Django here.

Whatever cannot be a place counts as not told: most phones take it out, and hostile files hold anything.
"""

from __future__ import annotations

import math
from typing import Any

from PIL import ExifTags, Image

DIGITS = 3  # of a degree: about a hundred metres
# Whatever odd values raise.
ODD = (ValueError, TypeError, ArithmeticError, KeyError, IndexError, AttributeError, OSError, SyntaxError, RuntimeError)


def place(exif: Image.Exif) -> str:
    """ "31.230,121.474" (north and east positive, degrees); "" when the file does not say, or nothing that can be."""
    try:
        told = exif.get_ifd(ExifTags.IFD.GPSInfo)
        north = _degrees(told[ExifTags.GPS.GPSLatitude], told[ExifTags.GPS.GPSLatitudeRef], "NS", 90)
        east = _degrees(told[ExifTags.GPS.GPSLongitude], told[ExifTags.GPS.GPSLongitudeRef], "EW", 180)
    except ODD:
        return ""
    return "" if north == east == 0 else f"{north:.{DIGITS}f},{east:.{DIGITS}f}"  # zero: a camera that does not know


def _degrees(told: Any, side: Any, sides: str, most: int) -> float:
    """Degrees, minutes and seconds as one number; ValueError for what is not on the globe."""
    degrees, minutes, seconds = (float(one) for one in told)
    found = degrees + minutes / 60 + seconds / 3600
    sound = math.isfinite(found) and degrees >= 0 and 0 <= minutes <= 60 and 0 <= seconds <= 60 and found <= most
    if not sound or side not in sides or len(side) != 1:
        raise ValueError("not on the globe")
    return round(-found if side == sides[1] else found, DIGITS)
