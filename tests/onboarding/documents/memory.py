"""How much more memory this process and its decoders take while something runs."""

import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORKER = b"onboarding.documents.worker"


@dataclass
class Use:
    """Bytes beyond what was there at the start, at their highest; seconds; whether a decoder was seen."""

    most: int = 0
    seconds: float = 0.0
    decoder: int = 0


def resident(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0


def decoders() -> int:
    """Resident bytes of our decoders; a child that is not yet one still shares this process's pages."""
    total = 0
    for task in os.listdir("/proc/self/task"):
        try:
            children = Path(f"/proc/self/task/{task}/children").read_text().split()
            total += sum(resident(pid) for pid in children if WORKER in Path(f"/proc/{pid}/cmdline").read_bytes())
        except OSError:
            continue
    return total


@contextmanager
def watched():
    use, done, began = Use(), threading.Event(), time.monotonic()
    before = resident("self")

    def look():
        while not done.wait(0.002):
            child = decoders()
            use.decoder = max(use.decoder, child)
            use.most = max(use.most, child + resident("self") - before)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield use
    finally:
        use.seconds = time.monotonic() - began
        done.set()
        watcher.join()
