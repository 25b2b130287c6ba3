"""Is this installation well? /livez: the process; /readyz: what it needs; `manage.py doctor` says it at length."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.celery import app

HEARTBEAT = "portal.worker_heartbeat"  # cache key: Unix time of the worker's last beat
OLDEST_BEAT = 90  # seconds; the beat rings every 20
REMEMBERED = 5.0  # seconds an answer of /readyz is kept: it may be asked by anybody, as often as they like

_log = structlog.get_logger(__name__)
_last: dict[str, tuple[float, dict[str, bool]]] = {}


def beat() -> None:
    """Note that a worker lives; rung by the beat through portal.tasks.heartbeat."""
    cache.set(HEARTBEAT, time.time(), timeout=24 * 3600)


def database() -> bool:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def broker() -> bool:
    """The doorbell takes a connection; the folders of the embedded one are made by the settings."""
    with app.connection_for_write(connect_timeout=2) as doorbell:
        doorbell.ensure_connection(max_retries=1, timeout=2)
    return True


def storage() -> bool:
    """The private storage takes, gives and removes a small file."""
    name = default_storage.save("health/probe", ContentFile(b"kaitong"))
    try:
        with default_storage.open(name) as file:
            return bool(file.read() == b"kaitong")
    finally:
        default_storage.delete(name)


def worker() -> bool:
    """A worker has taken a task within the last OLDEST_BEAT seconds."""
    age = heartbeat_age()
    return age is not None and age < OLDEST_BEAT


def heartbeat_age() -> float | None:
    """Seconds since a worker's last beat; None when there was none within a day."""
    moment = cache.get(HEARTBEAT)
    return None if moment is None else max(0.0, time.time() - float(moment))


PARTS: dict[str, Callable[[], bool]] = {"database": database, "broker": broker, "storage": storage, "worker": worker}


def works(part: str) -> bool:
    """Whether this part answers; why it does not goes to the log, never to the caller."""
    try:
        return PARTS[part]()
    except Exception as error:  # drivers of databases, brokers and stores raise dozens of unrelated types
        _log.warning("part_does_not_answer", part=part, error=f"{type(error).__name__}: {error}")
        return False


def state() -> dict[str, bool]:
    """Every part, as of at most REMEMBERED seconds ago."""
    moment, parts = _last.get("state", (0.0, {}))
    if not parts or time.monotonic() - moment > REMEMBERED:
        parts = {part: works(part) for part in PARTS}
        _last["state"] = (time.monotonic(), parts)
    return parts


@require_safe
@never_cache
def livez(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers at all."""
    return JsonResponse({"status": "ok", "embedded": settings.EMBEDDED})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all parts answer; 503 with the parts that do not."""
    parts = state()
    failing = [part for part, well in parts.items() if not well]
    body = {"status": "failing" if failing else "ok", "failing": failing, "parts": parts}
    return JsonResponse(body, status=503 if failing else 200)
