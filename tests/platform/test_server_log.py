"""What gunicorn writes: the pattern of an address, never the address, its search words or a header."""

import datetime
import io
import logging
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from portal.server_log import ServerLog

KEY = "mPq83kd0aL2xv9QwErTyUi"
EVERYTHING = '%(h)s "%(r)s" %(U)s %(q)s "%(f)s" %({cookie}i)s %({raw_uri}e)s %({location}o)s %(u)s %(s)s'
ENVIRON = {
    "REQUEST_METHOD": "GET", "RAW_URI": f"/claim/{KEY}/?mobile=13800138000", "PATH_INFO": f"/claim/{KEY}/",
    "QUERY_STRING": "mobile=13800138000", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.1",
    "HTTP_REFERER": f"https://portal.example/learn/{KEY}/",
}  # fmt: skip


@pytest.fixture
def written():
    """(the log of a server, what it has written)."""
    config = Config()
    config.set("accesslog", "-")
    config.set("access_log_format", EVERYTHING)
    log, out = ServerLog(config), io.StringIO()
    for handler in [*log.error_log.handlers, *log.access_log.handlers]:
        handler.setStream(out)
    yield log, out.getvalue
    logging.getLogger("gunicorn.error").handlers.clear()
    logging.getLogger("gunicorn.access").handlers.clear()


def test_an_access_line_that_asks_for_everything(written):
    log, text = written
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[("Location", f"/pay/{KEY}/")])
    asked = SimpleNamespace(headers=[("COOKIE", "sessionid=abc123")])
    log.access(answer, asked, ENVIRON, datetime.timedelta(milliseconds=5))
    assert '192.0.2.1 "GET /claim/<key>/ HTTP/1.1" /claim/<key>/' in text()
    assert text().rstrip().endswith("200")
    assert not [one for one in (KEY, "13800138000", "abc123") if one in text()]


def test_its_complaints(written):
    log, text = written
    log.warning(f"Invalid request from ip=192.0.2.1: Invalid HTTP request line: 'GET /claim/{KEY}/ HTTP'")
    try:
        raise OSError(f"/learn/{KEY}/")
    except OSError:
        log.exception("Error handling request %s", f"/claim/{KEY}/?mobile=13800138000")
    assert "Error handling request /claim/<key>/" in text() and "OSError: /learn/<key>/" in text()
    assert KEY not in text() and "13800138000" not in text()
