"""What is said about a doubtful picture, word for word: what is wrong, and how to take it again."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True, slots=True)
class Doubt:
    """Sentence and remedy; the drawn example is templates/onboarding/documents/example.html by the same code."""

    sentence: Any
    remedy: Any


DOUBTS: Final[dict[str, Doubt]] = {
    "small": Doubt(
        _("The picture is small: its short side has %(edge)s pixels, small print needs %(wanted)s."),
        _("Take it with the phone’s camera, close enough that the paper fills the picture. Send no screenshot."),
    ),
    "dark": Doubt(
        _("The picture is dark: the print can hardly be told from the paper."),
        _("Put the paper near a window or under a lamp, and take it again without your own shadow on it."),
    ),
    "blurred": Doubt(
        _("The picture is blurred: the letters have no clear edges."),
        _("Tap on the print so that the camera focuses, keep the phone still with both hands, and take it again."),
    ),
    "glare": Doubt(
        _("Light is reflected: a part of the paper is white where print should be."),
        _("Turn the flash off, and tilt the paper a little until the bright spot is gone."),
    ),
    "grey_copy": Doubt(
        _("This looks like a black-and-white copy."),
        _("Photograph the original in colour. If you have only a copy, it must bear your company seal."),
    ),
    "cut_off": Doubt(
        _("A side of the paper is not in the picture."),
        _("Lay it on a darker table, and take it again with all four corners and a little table around them."),
    ),
    "wrong_kind": Doubt(
        _("This does not look like the paper that is asked for here."),
        _("Compare it with the name of this page. If it is the right one, keep it."),
    ),
    "unreadable": Doubt(
        _("Our machine could not read anything on this paper."),
        _("If you can read every letter at this size yourself, keep it; otherwise take it again in better light."),
    ),
}


def told(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The findings of an examination as pages show them: code, page, sentence, remedy; unknown codes say nothing."""
    return [
        {
            "code": one["code"],
            "page": one.get("page", 1),
            "sentence": str(DOUBTS[one["code"]].sentence) % one.get("params", {}),
            "remedy": DOUBTS[one["code"]].remedy,
        }
        for one in findings
        if one["code"] in DOUBTS
    ]
