"""How much of an uploaded file is kept while it comes in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Oversized(UploadedFile):  # type: ignore[type-arg]
    """A file beyond the limit: its name and its true size, and nothing of what was in it."""


class Bounded(FileUploadHandler):
    """Stands first. Beyond UPLOAD_MAX_MB the rest of a file runs through unkept, so that its field can say so.

    Breaking the connection instead would show people a browser's error page and lose what they typed beside the file.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the next handler, None for one beyond the limit."""
        self.received += len(raw_data)
        return raw_data if self.received <= self.most else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """None leaves the file to the handlers that kept it."""
        if self.received <= self.most:
            return None
        return Oversized(BytesIO(), self.file_name, self.content_type, self.received, self.charset)

    @property
    def most(self) -> int:
        """Bytes."""
        return int(settings.UPLOAD_MAX_MB) * 1024 * 1024
