"""What somebody sent after their session had ended: kept, encrypted, in the new session until they are back."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest

from portal import crypto

KEY = "held"
CONTEXT = "session.held"  # place of the ciphertext
MOST = 64 * 1024  # bytes of a form that is kept; files and longer texts are not
SECRET = ("password", "code", "csrf", "credential")  # parts of the names of fields that are never kept


@dataclass(frozen=True, slots=True)
class Held:
    """A form as it was sent: where to, and its fields as (name, value) pairs in their order."""

    path: str
    fields: list[list[str]]


def keep(request: HttpRequest, *, user_id: str, path: str, fields: list[list[str]]) -> None:
    """Put it into the session of `request`, readable for nobody but `user_id`."""
    data = json.dumps({"user": user_id, "path": path, "fields": fields}).encode()
    request.session[KEY] = crypto.encrypt(data, CONTEXT)


def readable(request: HttpRequest) -> list[list[str]]:
    """The fields of a form that may be kept; empty when it has files, is too long, or holds only secrets."""
    if request.content_type != "application/x-www-form-urlencoded" or len(request.body) > MOST:
        return []
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    return [[name, str(value)] for name, value in pairs if not any(part in name.lower() for part in SECRET)]


def take(request: HttpRequest) -> Held | None:
    """What is kept for the reader, who now has the only copy; nothing when somebody else has signed in."""
    token = request.session.pop(KEY, None)
    if not token:
        return None
    found = json.loads(crypto.decrypt(token, CONTEXT))
    return Held(found["path"], found["fields"]) if found["user"] == str(request.user.pk) else None
