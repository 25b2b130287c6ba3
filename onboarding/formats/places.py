"""A place on the globe as it is kept with a photograph: "31.230,121.474", degrees north and east."""

from __future__ import annotations

import math

EARTH = 6371.0  # kilometres
Place = tuple[float, float]


def placed(kept: str | None) -> Place | None:
    """The kept words as (north, east) in degrees; None without any."""
    try:
        north, east = (float(one) for one in (kept or "").split(","))
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def kilometres(one: Place, other: Place) -> float:
    """The way between them over the globe."""
    north, other_north = math.radians(one[0]), math.radians(other[0])
    east = math.radians(other[1] - one[1])
    half = math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
