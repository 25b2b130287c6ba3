"""JSON over HTTPS with signatures in both directions: the real adapter of most parties.

POST {url}/{verb} carries {"client_ref", …} and GET {url}/calls/{client_ref} tells the fate of it. Both sides sign with
HMAC-SHA256 over the parts below; the party must treat a repeated client_ref as the same call. An answer that is not
signed is not believed. Nothing personal is ever put in an address or a log line.
"""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from portal.gateways.base import (
    Answered,
    BadAnswer,
    Options,
    Reason,
    Refused,
    Reply,
    Unavailable,
    Unknown,
    decode,
    plain,
)

T = TypeVar("T")
log = logging.getLogger("portal.gateways")
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
CLOCK_SECONDS = 300  # how old a signed message may be


class BadSignature(Exception):
    """A message that claims to come from the party does not."""


def signature(secret: str, timestamp: str, body: bytes, *parts: str) -> str:
    """HMAC-SHA256 in hex over timestamp, parts and the digest of the body, one a line."""
    lines = [timestamp, *parts, hashlib.sha256(body).hexdigest()]
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def check_signature(secret: str, headers: Mapping[str, str], body: bytes, *parts: str) -> None:
    """Raise `BadSignature` unless X-Timestamp is fresh and X-Signature fits."""
    timestamp, given = headers.get("X-Timestamp", ""), headers.get("X-Signature", "")
    fresh = timestamp.isascii() and timestamp.isdigit() and abs(time.time() - int(timestamp)) <= CLOCK_SECONDS
    right = hmac.compare_digest(given.encode(), signature(secret, timestamp, body, *parts).encode())
    if not (secret and fresh and right):
        raise BadSignature


def signed_headers(secret: str, body: bytes, *parts: str) -> dict[str, str]:
    """The two headers that `check_signature` wants."""
    timestamp = str(int(time.time()))
    return {"X-Timestamp": timestamp, "X-Signature": signature(secret, timestamp, body, *parts)}


class HttpGateway:
    """One party's address and keys."""

    def __init__(self, options: Options) -> None:
        self.url, self.key_id, self.secret = options.url.rstrip("/"), options.key_id, options.secret
        self.client = httpx.Client(timeout=options.timeout)

    @classmethod
    def configured(cls, options: Options) -> Self:
        """Refuses to work without an address and a secret."""
        options.demand("url", "secret")
        return cls(options)

    def post(self, verb: str, client_ref: str, request: Any, kind: type[T]) -> Reply[T]:
        """A call that may change something outside."""
        body = json.dumps({"client_ref": client_ref, **plain(request)}, ensure_ascii=False).encode()
        try:
            response = self._send("POST", f"/{verb}", body, client_ref)
        except NOT_SENT as error:
            return self._said(verb, client_ref, Unavailable(Reason.NO_CONNECTION, type(error).__name__))
        except httpx.TimeoutException:
            return self._said(verb, client_ref, Unknown(Reason.TIMEOUT))
        except httpx.HTTPError as error:
            return self._said(verb, client_ref, Unknown(Reason.LOST, type(error).__name__))
        return self._said(verb, client_ref, self._reply(response, client_ref, kind))

    def ask(self, client_ref: str, kind: type[T]) -> Reply[T]:
        """The fate of a call; without a believable answer it stays `Unknown`."""
        try:
            response = self._send("GET", f"/calls/{quote(client_ref, safe='')}", b"", client_ref)
        except httpx.HTTPError as error:
            return self._said("ask", client_ref, Unknown(Reason.NO_CONNECTION, type(error).__name__))
        reply = self._reply(response, client_ref, kind)
        if isinstance(reply, Unavailable) and reply.reason is not Reason.NEVER_ARRIVED:
            reply = Unknown(reply.reason, reply.detail)
        return self._said("ask", client_ref, reply)

    def get(self, path: str, kind: type[T]) -> Reply[T]:
        """A reading without any effect: whatever goes wrong is `Unavailable`, read again."""
        try:
            response = self._send("GET", f"/{path}", b"", path)
        except httpx.HTTPError as error:
            return self._said("get", "-", Unavailable(Reason.NO_CONNECTION, type(error).__name__))
        reply = self._reply(response, path, kind)
        if isinstance(reply, Unknown):
            reply = Unavailable(reply.reason, reply.detail)
        return self._said("get", "-", reply)

    def _send(self, method: str, path: str, body: bytes, client_ref: str) -> httpx.Response:
        headers = signed_headers(self.secret, body, method, path, client_ref)
        headers |= {"X-Key-Id": self.key_id, "Content-Type": "application/json"}
        return self.client.request(method, self.url + path, content=body, headers=headers)

    def _reply(self, response: httpx.Response, client_ref: str, kind: type[T]) -> Reply[T]:
        """Translate status and body. The signature covers the client_ref: no old answer can be put in its place."""
        if response.status_code == 429:
            return Unavailable(Reason.BUSY, "429")
        if (response.status_code >= 500 and response.status_code != 503) or 300 <= response.status_code < 400:
            return Unknown(Reason.BAD_ANSWER, str(response.status_code))
        try:
            check_signature(self.secret, response.headers, response.content, str(response.status_code), client_ref)
            return self._believed(response, kind)
        except BadSignature:
            return Unknown(Reason.BAD_SIGNATURE)
        except (BadAnswer, ValueError):
            return Unknown(Reason.BAD_ANSWER, str(response.status_code))

    def _believed(self, response: httpx.Response, kind: type[T]) -> Reply[T]:
        if response.status_code == 404:
            return Unavailable(Reason.NEVER_ARRIVED)
        if response.status_code == 503:  # signed, so it is the party that turned us away and not a proxy half-way
            return Unavailable(Reason.BUSY, "503")
        if response.status_code >= 400:
            return Refused(Reason.REFUSED, str(dict(response.json()).get("code", response.status_code))[:60])
        return Answered(decode(kind, response.json()))

    def _said(self, verb: str, client_ref: str, reply: Reply[T]) -> Reply[T]:
        reason = "" if isinstance(reply, Answered) else reply.reason
        log.info("%s %s %s: %s %s", type(self).__name__, verb, client_ref, type(reply).__name__, reason)
        return reply
