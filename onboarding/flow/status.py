"""The few words that say how something stands, each with its tone: on every list, rail, card, map and mail the same.

Whoever needs one takes it from here; a test finds these words anywhere else. Documents, orders, visits and tickets
have words of their own for what only they can be (packed, booked, answered).
"""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True, slots=True)
class Status:
    """`tone` is the class of templates/includes/badge.html; amber is the reader's turn and nothing else."""

    word: Any
    tone: str

    @property
    def tag(self) -> dict[str, Any]:
        """As the lines of templates/includes/tasks.html and upload_tile.html want it."""
        return {"tag": self.word, "tag_class": self.tone}


YOUR_TURN = Status(_("Your turn"), "turn")
OUR_TURN = Status(_("Our turn"), "us")
MAY_BEGIN = Status(_("You may begin"), "us")
RETURNED = Status(_("Returned"), "bad")
RETURNED_YOURS = Status(_("Returned, your turn"), "bad")
DONE = Status(_("Done"), "ok")
NOT_STARTED = Status(_("Not started"), "todo")
PAUSED = Status(_("Paused"), "warn")

STATUSES: dict[str, Status] = {
    "your_turn": YOUR_TURN,
    "our_turn": OUR_TURN,
    "may_begin": MAY_BEGIN,
    "returned": RETURNED,
    "returned_yours": RETURNED_YOURS,
    "done": DONE,
    "not_started": NOT_STARTED,
    "paused": PAUSED,
}
