"""The child process in which bytes from outside are decoded: `python -m onboarding.documents.worker`.

Stands alone: no Django, no settings, no secrets in its environment, hard limits that it sets for itself before it
looks at a byte. A line of JSON and the file come in; a line of JSON and the finished JPEGs go out. Whatever happens in
here, the parent (`decoding`) has an answer.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from onboarding.documents import images
from onboarding.documents.undecodable import Undecodable

MEMORY = 210 * 1024 * 1024  # bytes beyond what the libraries take at the start
SPACE = 2 * MEMORY  # bytes of addresses beyond the same
CPU_SECONDS = 5
LIBRARIES = {"pdf": "onboarding.documents.pdfs", "heic": "onboarding.documents.heics"}  # each takes a while to load
Answer = tuple[dict[str, Any], list[bytes]]


def limit() -> None:
    """From here on: bounded memory and time, no files written, no core left behind."""
    data, space = _taken()
    _most(resource.RLIMIT_DATA, data + MEMORY)
    _most(resource.RLIMIT_AS, space + SPACE)
    _most(resource.RLIMIT_CPU, CPU_SECONDS)
    _most(resource.RLIMIT_CORE, 0)
    _most(resource.RLIMIT_FSIZE, 0)


def _most(what: int, amount: int) -> None:
    """A system that does not know this limit goes without; the parent's clock holds everywhere."""
    try:
        resource.setrlimit(what, (amount, amount))
    except (ValueError, OSError):
        return


def _taken() -> tuple[int, int]:
    """Bytes of data and of addresses that this process has now; a generous guess where there is no /proc."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 64 * 1024 * 1024, 1024 * 1024 * 1024
    sizes = dict(line.split(":", 1) for line in lines)
    return int(sizes["VmData"].split()[0]) * 1024, int(sizes["VmSize"].split()[0]) * 1024


def answer(asked: dict[str, Any], data: bytes) -> Answer:
    """The pages and what the file says of its making, or the code of a problem."""
    try:
        if asked["kind"] == "pdf":
            return _made(sys.modules[LIBRARIES["pdf"]].decode(data, asked["max_pages"]), {})
        picture, capture = images.decode(data, asked["kind"], asked["min_edge"], asked["edge"], placed=asked["placed"])
        return _made([picture], capture)
    except Undecodable as problem:
        return {"problem": problem.code, "values": problem.values}, []
    except MemoryError:
        return {"problem": "too_heavy", "values": {}}, []
    except Exception:  # the bytes are hostile until proved otherwise, and this process ends here anyway
        return {"problem": "broken", "values": {}}, []


def _made(pictures: Iterable[Image.Image], capture: dict[str, str]) -> Answer:
    """Each picture is encoded before the next is drawn: only one stands in memory."""
    pages: list[dict[str, int]] = []
    parts: list[bytes] = []
    mark = ""
    for picture in pictures:
        mark = mark if pages else images.perceptual_hash(picture)
        both = [images.jpeg(picture), images.jpeg(images.shrunk(picture, images.THUMBNAIL_EDGE))]
        pages.append({"width": picture.width, "height": picture.height, "page": len(both[0]), "small": len(both[1])})
        parts += both
    return {"pages": pages, "capture": capture, "hash": mark}, parts


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())  # written by our parent: not yet the file
    if asked["kind"] in LIBRARIES:
        importlib.import_module(LIBRARIES[asked["kind"]])
    limit()
    head, parts = answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    sys.stdout.buffer.writelines(parts)


if __name__ == "__main__":
    main()
