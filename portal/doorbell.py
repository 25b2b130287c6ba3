"""The doorbell of the embedded mode: kombu's queue of files, in which nobody reads a letter that is half written.

kombu opens a message's file under its final name and writes into it afterwards; a worker that takes it in between reads
nothing and ends. Here a message is written aside and gets its name when it is whole.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as kombu overrides it
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        aside = folder / f"{name}.{queue}.part"  # no worker looks for such a name
        aside.write_bytes(str_to_bytes(dumps(payload)))
        os.replace(aside, folder / f"{name}.{queue}.msg")


class Transport(filesystem.Transport):
    Channel = Channel


def enrol() -> None:
    """Stand for filesystem:// from now on."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
