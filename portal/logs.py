"""What the program says while it runs: one line per event for people, JSON for a log store; never personal data.

Nor what opens a door: of an address, a line holds the pattern ("claim/<key>/"), not what somebody typed or was sent.
Other people's libraries write addresses too, into messages and traces; so every text of a line is gone through.
"""

import re
from typing import Any

import structlog
from django.urls import Resolver404, resolve
from structlog.typing import EventDict, Processor

NOWHERE = "(no such address)"
# What comes before a key in our addresses; a test compares it with the URLconf.
KEYED = re.compile(r"(?P<before>(?:(?<=/)c|\b(?:claim|learn|pay|pieces)|\breset/key)/)(?!<)[^/\s\"'?#&)]+")
TOLD = re.compile(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}")  # a case or ticket number: says where, and opens nothing
LONGEST = 9  # digits of a row's number; a longer one may be somebody's


def route(path: str) -> str:
    """The pattern that an address fits, with the numbers of rows, cases and tickets in it: /cases/<ref>/ as it was."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return NOWHERE
    pattern = f"/{match.route}"
    for name, value in match.kwargs.items():
        if _harmless(value):
            pattern = re.sub(rf"<(?:\w+:)?{name}>", str(value), pattern, count=1)
    return pattern


def _harmless(value: object) -> bool:
    if isinstance(value, int):
        return len(str(value)) <= LONGEST
    return isinstance(value, str) and bool(TOLD.fullmatch(value))


def without_keys(text: str) -> str:
    """The text without the keys of addresses in it."""
    return KEYED.sub(r"\g<before><key>", text)


def routed_request(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The line of a request by its pattern: "GET /claim/<key>/", and without what somebody searched for."""
    asked = event.get("request")
    if isinstance(asked, str):
        method, _space, path = asked.partition(" ")
        event["request"] = f"{method} {route(path)}"
    return event


def routed_complaint(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Django's own words about a request ("Not Found: /claim/…") hold its address: the pattern instead."""
    record = event.get("_record")
    path = getattr(getattr(record, "request", None), "path", "")
    if path and isinstance(event.get("event"), str):
        event["event"] = event["event"].replace(path, route(path)) if len(path) > 1 else event["event"]
    return event


def keyless(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Every text of the line without keys: messages, traces, names of tasks."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_keys(value)
    return event


STEPS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    routed_request,
    routed_complaint,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    keyless,
]


def configured(level: str, for_people: bool) -> dict[str, Any]:
    """Sets structlog up to write through the standard library; returns Django's LOGGING."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    plain: dict[str, Any] = {"handlers": [], "level": "NOTSET", "propagate": True}  # not by Django's own handlers
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": formatter(for_people)},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": plain,
            "django.server": plain,
            "httpx": {
                "level": "WARNING"
            },  # it writes the whole address of each call; portal.gateways says what was asked
            "httpcore": {"level": "WARNING"},
            "kombu.connection": {"level": "ERROR"},  # it warns that a folder has no host name
        },
    }


def formatter(for_people: bool) -> dict[str, Any]:
    """How a record becomes a line, as logging.config wants to be told."""
    people = structlog.dev.ConsoleRenderer(colors=False)
    machines = structlog.processors.JSONRenderer(ensure_ascii=False)
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": STEPS,
        "processor": people if for_people else machines,
    }
