"""Starting and stopping a handful of child processes so that none outlives its parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

GRACE = 6.0  # seconds to end by itself before it is killed
PR_SET_PDEATHSIG = 1  # Linux: a signal to the child when its parent is killed and cannot say goodbye
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, or SIGTERM."""


@dataclass
class Family:
    """The children of one start, each with a name, in the order they were started."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Start a child in a process group of its own: Ctrl-C reaches it through us alone, and nothing escapes."""
        self.children[name] = subprocess.Popen(
            command, env=dict(env), stdin=subprocess.DEVNULL, process_group=0, preexec_fn=_die_with_parent
        )

    def ended(self) -> str | None:
        """The name of a child that has ended, if one has."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """Ask all to end, wait, then kill what is left of each group."""
        for child in self.children.values():
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
        for child in self.children.values():
            _kill_group(child)


def _signal(child: subprocess.Popen[bytes], number: int) -> None:
    if child.poll() is None:
        child.send_signal(number)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """Also when the child itself is gone: its own children may be left in the group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_on_signals() -> None:
    """Turn the usual signals into `Stopped`; further ones are ignored, so that stopping is not cut short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped
