"""The name of a file as it came from outside: for reading only, never a path."""

from __future__ import annotations

MOST = 200  # characters kept


def shown_name(name: str | None) -> str:
    """The last part of the name, without anything that cannot be seen or turns the direction of writing.

    Too long, its middle goes: what stays still ends as the file does.
    """
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(char for char in last if char.isprintable()).strip()
    return visible if len(visible) <= MOST else f"{visible[: MOST - 21]}…{visible[-20:]}"
