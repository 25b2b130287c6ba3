"""The words of gunicorn without what opens doors: addresses by their pattern, no search words, no headers."""

import logging
from typing import Any

from gunicorn.glogging import Logger

from portal.logs import route, without_keys

TOLD = frozenset("hltsmHbBaTDMLp")  # atoms of an access line that say nothing of what somebody asked for
EMPTY = "-"


class KeylessFormatter(logging.Formatter):
    """A line with its trace, without keys of addresses."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Named in gunicorn.conf.py; also whoever switches the access log on gets patterns."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(KeylessFormatter(self.error_fmt, self.datefmt))

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What an access line may be made of: `r` and `U` by pattern, never query, referrer, user or any header."""
        known = super().atoms(resp, req, environ, request_time)
        asked = route(environ.get("PATH_INFO") or "/")
        line = f"{known['m']} {asked} {known['H']}"
        return {**{name: known[name] for name in TOLD & set(known)}, "r": line, "U": asked, "q": "", "f": EMPTY}

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Among them "Error handling request /claim/…": with the pattern."""
        super().exception(msg, *(_routed(one) for one in args), **kwargs)


def _routed(value: Any) -> Any:
    return route(value) if isinstance(value, str) and value.startswith("/") else value
