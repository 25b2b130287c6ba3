"""Why a file cannot be taken: one fixed sentence each, shown at its tile, with what to do instead."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "missing": _("Choose a file, or take a picture."),
    "empty": _("This file is empty. Choose it again, or take a new picture."),
    "too_big": _("This file is larger than %(max_mb)s MB. Take a new picture instead of sending a scan or a video."),
    "wrong_type": _("This kind of file does not fit here. Send a picture or file of this kind: %(formats)s."),
    "broken": _("This file does not open, perhaps it came incomplete. Send it again, or take a new picture."),
    "encrypted": _("This PDF has a password. Save it without the password, then send it again."),
    "too_many_pages": _("This file has %(pages)s pages, at most %(max_pages)s fit here. Send only the pages needed."),
    "too_many_pixels": _("This picture is too large to open. Take it with the phone's ordinary camera setting."),
    "too_heavy": _("This file takes too much to open. Take a new picture of the paper instead, or send fewer pages."),
    "busy": _("Many files are coming in just now. Please send yours again in a minute."),
    "too_small": _(
        "This picture is too small to read: its short side has %(edge)s pixels, we need %(min_edge)s. "
        "Send the original picture, not a screenshot or one sent through a chat."
    ),
    "same_again": _("This is the picture that we returned. Take a new one."),
    "full": _("All pages are there already. Remove one before you add another."),
    "infected": _("The virus scanner found something in this file. Take a new picture instead."),
    "not_scanned": _("The file could not be checked for viruses just now. Please send it again in a minute."),
    "locked": _("This was handed in already. It can be changed only when we ask you to."),
}


class Unusable(Exception):
    """The file was not taken and nothing was changed. `code` is one of SENTENCES."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    @property
    def sentence(self) -> str:
        """What to tell, in the language of the moment."""
        return str(SENTENCES[self.code]) % self.values if self.values else str(SENTENCES[self.code])
