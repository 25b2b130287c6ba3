"""What the program says while it runs: one line per event for people, JSON for a log store; never personal data."""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor


def without_query(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The address of a request without what somebody searched for: that may be a number or a name."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].partition("?")[0]
    return event


STEPS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    without_query,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configured(level: str, for_people: bool) -> dict[str, Any]:
    """Sets structlog up to write through the standard library; returns Django's LOGGING."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": _formatter(for_people)},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"kombu.connection": {"level": "ERROR"}},  # it warns that a folder has no host name
    }


def _formatter(for_people: bool) -> dict[str, Any]:
    people = structlog.dev.ConsoleRenderer(colors=False)
    machines = structlog.processors.JSONRenderer(ensure_ascii=False)
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": STEPS,
        "processor": people if for_people else machines,
    }
