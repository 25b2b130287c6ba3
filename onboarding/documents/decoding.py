"""Bytes from outside become pages: in a child process with hard limits, never in this one. Raises Unusable.

One short-lived child per file (`worker`): a decoder that is tricked, killed or stuck takes nothing with it. The child
gets no secrets, and what it answers is looked at before it is believed.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog

from onboarding.documents.problems import SENTENCES, Unusable

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-E", "-s", "-m", "onboarding.documents.worker"]
SECONDS = 4.0  # from the start of the child to its whole answer
WAIT = 3.0  # seconds to wait for one's turn
AT_ONCE = 2  # children of one process
TIRED = {-9, -24}  # SIGKILL and SIGXCPU: the system took it for too greedy
MOST_ANSWER = 24 * 1024 * 1024  # bytes
PAGE_EDGE = 2400  # pixels of the longer side, as shown; images.PAGE_EDGE is the same and not loaded here
KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SYSTEMROOT")  # of the environment
JPEG = b"\xff\xd8\xff"
_turns = threading.BoundedSemaphore(AT_ONCE)
_log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """One page, encoded anew: JPEG large and small; pixels of the large one."""

    page: bytes
    thumbnail: bytes
    width: int
    height: int


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """What was made of a file; `capture` is what it says of its making, `mark` the perceptual hash of page 1."""

    pages: list[Picture]
    capture: dict[str, str]
    mark: str


def decode(
    data: bytes, kind: str, *, min_edge: int = 0, max_pages: int = 1, edge: int = PAGE_EDGE, placed: bool = False
) -> Decoded:
    """The pages of `data`, which `sniffing` took for `kind`; within SECONDS, waiting aside. Raises Unusable.

    `placed`: its capture facts say where it was taken as well.
    """
    asked = {"kind": kind, "min_edge": min_edge, "max_pages": max_pages, "edge": edge, "placed": placed}
    if not _turns.acquire(timeout=WAIT):
        raise Unusable("busy")
    try:
        reply, code, late = _run(json.dumps(asked).encode() + b"\n", data)
    finally:
        _turns.release()
    if late or code:
        _log.warning("decoder_died", kind=kind, size=len(data), code=code, late=late)
        raise Unusable("too_heavy" if late or code in TIRED else "broken")
    return _believed(reply, max_pages, edge)


def _run(asked: bytes, data: bytes) -> tuple[bytes, int, bool]:
    """The child's answer, its exit code (negative: a signal), and whether the clock ran out.

    The child reads everything before it writes anything, so writing and then reading cannot lock each other.
    """
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(COMMAND, cwd=ROOT, env=environment, **pipes) as child:  # type: ignore[call-overload]
        late = threading.Event()
        clock = threading.Timer(SECONDS, _end, [child, late])
        clock.start()
        try:
            return _talk(child, asked, data), child.wait(), late.is_set()
        finally:
            clock.cancel()
            child.kill()


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _talk(child: subprocess.Popen[bytes], asked: bytes, data: bytes) -> bytes:
    assert child.stdin and child.stdout
    try:
        child.stdin.write(asked)
        child.stdin.write(data)
        child.stdin.close()
    except BrokenPipeError:
        return b""
    reply = child.stdout.read(MOST_ANSWER + 1)
    if len(reply) > MOST_ANSWER:
        child.kill()
    return reply


def _believed(reply: bytes, max_pages: int, edge: int) -> Decoded:
    """The answer taken apart; whatever is odd in it counts as a broken file."""
    cut = reply.find(b"\n") + 1
    try:
        told: dict[str, Any] = json.loads(reply[:cut])
        if told.get("problem") in SENTENCES:
            raise Unusable(told["problem"], **{name: int(value) for name, value in told["values"].items()})
        pages = list(_pages(told["pages"], memoryview(reply)[cut:], edge))
        capture = {str(name): str(value)[:60] for name, value in told["capture"].items()}
        mark = str(told["hash"])[:16]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unusable("broken") from None
    if not 0 < len(pages) <= max_pages:
        raise Unusable("broken")
    return Decoded(pages, capture, mark)


def _pages(rows: list[dict[str, int]], rest: memoryview, edge: int) -> Iterator[Picture]:
    at = 0
    for row in rows:
        middle, end = at + row["page"], at + row["page"] + row["small"]
        made = Picture(bytes(rest[at:middle]), bytes(rest[middle:end]), int(row["width"]), int(row["height"]))
        sound = made.page.startswith(JPEG) and made.thumbnail.startswith(JPEG) and end <= len(rest)
        if not sound or not 0 < min(made.width, made.height) <= max(made.width, made.height) <= edge:
            raise ValueError("not what a decoder of ours answers")
        yield made
        at = end
