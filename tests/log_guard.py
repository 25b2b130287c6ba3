"""Every log line of the whole test run is read as production would print it: nobody's number, no key, no code.

A line that tells fails the test in which it was said, at its end; one that is said between tests (a thread of a server,
a worker of xdist on its way out) fails the run. Loaded by tests/conftest.py, and by itself with `-p tests.log_guard`.
"""

import contextlib
import logging
import re
from collections.abc import Iterator

import pytest
from django.db.models.signals import post_save

from portal import logs

SHAPES = {  # whoever they belong to
    "a mobile number": re.compile(r"(?<![\w.-])(?:\+?86)?1[3-9]\d{9}(?![\w-])"),
    "an identity number": re.compile(r"(?<![\w.-])\d{17}[\dXx](?![\w-])"),
    "a card or account": re.compile(r"(?<![\w.-])\d{16,19}(?![\w-])"),
    "a key in an address": logs.KEYED,
    "a signed key": re.compile(r"[\w-]+(?::[\w-]{6})?:[\w-]{43}(?![\w-])"),
    "a key for a new password": re.compile(r"\b[0-9a-z]{6}-[0-9a-f]{32}\b"),
}
CODE = re.compile(r"(?<![\w./-])\d{6}(?!\w|[.-]\w)")  # as people get them by SMS and mail
LINK = re.compile(r"/([\w:-]{16,})/?(?=[\s\"'<]|$)")  # the last part of an address that only its reader has
QUIET = ("django.db.backends", "PIL", "fontTools")  # never on where people work: statements, bytes of pictures


class Guard(logging.Handler):
    """Formats each record as production does and keeps those that tell something."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        options = logs.formatter(for_people=False)
        kind = options.pop("()")
        self.setFormatter(kind(**options))
        self.told: list[str] = []
        self.lines = 0
        self.secrets: set[str] = set()  # codes and keys that went out in this test
        self.maybe: list[tuple[set[str], str]] = []  # what looks like one, and the line that holds it

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(QUIET):
            return
        line = self.format(record)
        self.lines += 1
        self.told += [f"{what} in: {line}" for what, shape in SHAPES.items() if shape.search(line)]
        if found := {*CODE.findall(line), *LINK.findall(line)}:
            self.maybe.append((found, line))

    def sent(self, instance: object, **_more: object) -> None:
        """A message left the house: its codes and links belong to its reader alone."""
        text = f"{instance.subject}\n{instance.text}"  # type: ignore[attr-defined]
        self.secrets |= {*CODE.findall(text), *LINK.findall(text)}

    def taken(self) -> list[str]:
        """What was told since the last question."""
        told = self.told + [f"a code or key in: {line}" for found, line in self.maybe if found & self.secrets]
        self.told, self.maybe, self.secrets = [], [], set()
        return told


@pytest.fixture(scope="session", autouse=True)
def every_line() -> Iterator[Guard]:
    """Listens at the root logger from the first test to the last; its end looks at what no test has answered for."""
    guard, root = Guard(), logging.getLogger()
    louder = [handler for handler in root.handlers if handler.level < root.level]
    for handler in louder:  # the terminal stays as quiet as it was
        handler.setLevel(root.level)
    root.setLevel(logging.INFO)
    root.addHandler(guard)
    with _messages(guard):
        yield guard
    root.removeHandler(guard)
    told = guard.taken()
    assert not told, "\n".join(["Said outside of any test:", *told])


@contextlib.contextmanager
def _messages(guard: Guard) -> Iterator[None]:
    post_save.connect(guard.sent, sender="portal.SimulatedMessage", weak=False)
    yield
    post_save.disconnect(guard.sent, sender="portal.SimulatedMessage")


@pytest.fixture(autouse=True)
def no_line_tells(every_line: Guard) -> Iterator[None]:
    """Fails the test in which a line tells whose number or key it is."""
    yield
    told = every_line.taken()
    assert not told, "\n".join(["A log line tells what it must not:", *told])
