"""Who can sign in to a demonstration: read from `desk.demo.people.PEOPLE`, where that module is there."""

import importlib
from typing import NamedTuple


class SignIn(NamedTuple):
    """One line of the list that `manage.py dev` prints."""

    role: str
    login: str
    password: str


def sign_ins() -> list[SignIn]:
    """One entry per role; empty when the installation has no demonstration people."""
    try:
        demo = importlib.import_module("desk.demo.people")
    except ModuleNotFoundError as error:
        if error.name not in ("desk.demo", "desk.demo.people"):
            raise
        return []
    return [SignIn(str(role), login, password) for role, login, password in demo.PEOPLE]


def table(people: list[SignIn]) -> list[str]:
    """The entries as aligned lines; Chinese characters take two columns."""
    width = max((columns(person.role) for person in people), default=0)
    login = max((len(person.login) for person in people), default=0)
    return [
        f"  {person.role}{' ' * (width - columns(person.role))}  {person.login:<{login}}  {person.password}"
        for person in people
    ]


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
