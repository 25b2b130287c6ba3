"""What every outside party has in common: how it may answer, and how requests and answers become JSON.

A call changes something outside at most once: it carries a `client_ref` that we chose and stored before. Afterwards
the caller holds one of four replies, and none of them is an exception:

- `Answered`     the party did it or knows it; `value` is what it said
- `Refused`      the party said no; nothing happened, asking again gives the same
- `Unavailable`  nothing happened; the same call may be repeated later
- `Unknown`      it may have happened: do not repeat, `ask(client_ref, kind)` until the reply is one of the others
"""

import dataclasses
import enum
import hashlib
import types
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

T = TypeVar("T")


class Reason(TextChoices):
    """Why there is no answer; `detail` beside it is the party's own code."""

    TIMEOUT = "timeout", _("No reply in time")
    LOST = "lost", _("The connection broke before the reply")
    NO_CONNECTION = "no_connection", _("The other side could not be reached")
    BUSY = "busy", _("The other side is busy")
    BAD_ANSWER = "bad_answer", _("The reply could not be understood")
    BAD_SIGNATURE = "bad_signature", _("The reply carried a wrong signature")
    NEVER_ARRIVED = "never_arrived", _("The other side never received the request")
    CANNOT_BE_ASKED = "cannot_be_asked", _("The other side cannot be asked afterwards")
    REFUSED = "refused", _("The other side refused")
    OTHER_REQUEST = "other_request", _("This reference was already used for another request")


@dataclasses.dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    value: T
    simulated: bool = False  # a simulator said it: nothing outside is proved


@dataclasses.dataclass(frozen=True, slots=True)
class Refused:
    reason: Reason = Reason.REFUSED
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Unavailable:
    reason: Reason
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Unknown:
    reason: Reason
    detail: str = ""


Reply = Union[Answered[T], Refused, Unavailable, Unknown]  # noqa: UP007  # a generic alias must be a Union on 3.11


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """How to reach one party; each field is the environment variable GATEWAY_<NAME>_<FIELD>."""

    name: str
    url: str = ""
    key_id: str = ""
    secret: str = dataclasses.field(default="", repr=False)
    timeout: float = 10.0  # seconds, for connecting and for each read

    def demand(self, *fields: str) -> None:
        """Raise `ImproperlyConfigured` with the names of the variables that are missing."""
        missing = [f"GATEWAY_{self.name}_{field}".upper() for field in fields if not getattr(self, field)]
        if missing:
            raise ImproperlyConfigured(f"Set {', '.join(missing)} in the environment, or leave {self.name} simulated.")


class Askable(Protocol):
    """Every party can be asked what became of a call."""

    def ask(self, client_ref: str, kind: type[T]) -> Reply[T]:
        """The fate of an earlier call whose answer is a `kind`. `Unavailable` means that it never happened."""
        ...


class BadAnswer(ValueError):
    """JSON from outside that does not have the agreed shape. The message never holds a value."""


# Requests to JSON ------------------------------------------------------------------------------------------------


def personal(mask: Callable[[str], str] | None = None, default: Any = dataclasses.MISSING) -> Any:
    """A dataclass field that stays out of repr, logs and what simulators keep; `mask` says what remains visible."""
    return dataclasses.field(default=default, repr=False, metadata={"mask": mask or hidden})


def hidden(text: str) -> str:
    """Nothing but the length class: texts, codes."""
    return "***" if text else ""


def tail(text: str) -> str:
    """The last four characters of a number of at least eight: identity, account, mobile."""
    return f"***{text[-4:]}" if len(text) >= 8 else hidden(text)


def surname(text: str) -> str:
    """The first character of a name."""
    return f"{text[:1]}*" if text else ""


def plain(request: Any, masked: bool = False) -> dict[str, Any]:
    """The JSON object of a request dataclass; `masked` for keeping, without it for the wire."""
    return {field.name: _plain(getattr(request, field.name), field, masked) for field in dataclasses.fields(request)}


def _plain(value: Any, field: "dataclasses.Field[Any]", masked: bool) -> Any:
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "bytes": len(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each, field, masked) for each in value]
    if dataclasses.is_dataclass(value):
        return plain(value, masked)
    if masked and "mask" in field.metadata and isinstance(value, str):
        return field.metadata["mask"](value)
    return value


# JSON to answers -------------------------------------------------------------------------------------------------


def decode(kind: type[T], data: Any) -> T:
    """Build the answer dataclass `kind` from JSON, strictly: `BadAnswer` for a missing field or another type."""
    try:
        return cast(T, _decode(kind, data))
    except (TypeError, ValueError, KeyError):
        raise BadAnswer(f"This is no {kind.__name__}.") from None


def _decode(kind: Any, data: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        return _decode_fields(kind, data)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else _decode(next(a for a in args if a is not type(None)), data)
    if origin is tuple:
        return tuple(_decode(args[0], each) for each in data)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(data)
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    if type(data) is not kind:
        raise TypeError
    return data


def _decode_fields(kind: Any, data: Any) -> Any:
    hints = get_type_hints(kind)
    known = {field.name for field in dataclasses.fields(kind)} & set(dict(data))
    return kind(**{name: _decode(hints[name], data[name]) for name in known})
