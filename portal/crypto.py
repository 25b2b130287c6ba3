"""Encryption of personal data, blind indexes, keys of one case, and the signature under anchors.

Everything is AES-256-GCM with a random 96-bit nonce and the place of the value ("onboarding.Person.number") as
associated data, so that a ciphertext moved to another column does not open. A token names the key that made it:
`settings.DATA_KEYS` holds "id:base64 of 32 bytes", newest first; the newest encrypts, every listed one decrypts.
Rotation: put a new key in front, write every row again, then drop the old key when `key_id_of` finds it no more.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")


class Undecryptable(Exception):
    """The text was changed, belongs to another place, or its key is gone. The message never holds the value."""


# Keys of the installation --------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _parsed(entries: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in entries:
        key_id, _, encoded = entry.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES or key_id in keys:
            raise ImproperlyConfigured("DATA_KEYS must be id:base64 of 32 bytes, each id once, separated by commas.")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("DATA_KEYS is empty: nothing can be encrypted.")
    return keys


def _keys() -> dict[str, bytes]:
    return _parsed(tuple(settings.DATA_KEYS))


def newest_key_id() -> str:
    """The id of the key that encrypts now."""
    return next(iter(_keys()))


def _key(key_id: str) -> bytes:
    try:
        return _keys()[key_id]
    except KeyError:
        raise Undecryptable(f"The data key {key_id!r} is not among DATA_KEYS.") from None


# Bytes in, bytes out -------------------------------------------------------------------------------------------


def _lock(key: bytes, data: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, context.encode())


def _unlock(key: bytes, locked: bytes, context: str) -> bytes:
    try:
        return AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        raise Undecryptable(f"The ciphertext does not open as {context}.") from None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    """The bytes of unpadded url-safe base64, in its one canonical spelling; `Undecryptable` otherwise."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Undecryptable("This is not a ciphertext.") from None
    if _text(raw) != text:
        raise Undecryptable("This is not a ciphertext.")
    return raw


# Values under the installation's key ---------------------------------------------------------------------------


def encrypt(data: bytes, context: str) -> str:
    """Encrypt under the newest data key: "keyid.url-safe base64". `context` is the place, needed again to open."""
    key_id = newest_key_id()
    return f"{key_id}.{_text(_lock(_key(key_id), data, context))}"


def decrypt(token: str, context: str) -> bytes:
    """The bytes behind `encrypt`; raises `Undecryptable`."""
    return _unlock(_key(key_id_of(token)), _raw(token.partition(".")[2]), context)


def key_id_of(token: str) -> str:
    """The id of the key that made this token; raises `Undecryptable` when it is not a token."""
    key_id, dot, _ = token.partition(".")
    if not dot or not KEY_ID.fullmatch(key_id):
        raise Undecryptable("This is not a ciphertext.")
    return key_id


def encrypt_file(data: bytes, context: str) -> bytes:
    """As `encrypt`, without the third that base64 adds: the key id, a dot, nonce and ciphertext."""
    key_id = newest_key_id()
    return key_id.encode() + b"." + _lock(_key(key_id), data, context)


def decrypt_file(blob: bytes, context: str) -> bytes:
    """The bytes behind `encrypt_file`; raises `Undecryptable`."""
    head, dot, locked = blob.partition(b".")
    return _unlock(_key(key_id_of((head[:17] + dot).decode("ascii", "replace"))), locked, context)


# Keys of one case: destroying the wrapped key makes every entry of the case unreadable --------------------------


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def wrap_key(key: bytes, context: str) -> str:
    """A case's key, encrypted under the newest data key, fit for a text column."""
    return encrypt(key, f"key:{context}")


def unwrap_key(token: str, context: str) -> bytes:
    """The key behind `wrap_key`; raises `Undecryptable`."""
    return decrypt(token, f"key:{context}")


def seal(key: bytes, data: bytes, context: str) -> str:
    """Encrypt under a given 32-byte key: url-safe base64, without a key id."""
    return _text(_lock(key, data, context))


def open_sealed(key: bytes, sealed: str, context: str) -> bytes:
    """The bytes behind `seal`; raises `Undecryptable`."""
    return _unlock(key, _raw(sealed), context)


# Blind index -----------------------------------------------------------------------------------------------------


def blind_index(value: str, purpose: str, *, key: str | None = None) -> str:
    """HMAC-SHA256 in hex (64 characters) of a value, for exact search and duplicates.

    The caller normalises first: "1 3800138000" and "13800138000" are different values here. `purpose` keeps an
    identity number from being compared with an account number. `key` is for the second column while the key rotates.
    """
    secret = settings.INDEX_KEY if key is None else key
    return hmac.new(secret.encode(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def index_key_mark() -> str:
    """Eight characters that tell one INDEX_KEY from another and give nothing of it away."""
    return blind_index("", "index_key_mark")[:8]


# Signature under anchors -----------------------------------------------------------------------------------------
# Ed25519, not an HMAC: an auditor who has the public key can check an anchor without being able to make one.


@lru_cache(maxsize=4)
def _signer(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"kaitong.anchor\0" + secret.encode()).digest())


def public_key() -> str:
    """The public half of the anchor key, url-safe base64 of 32 bytes: publish it outside this machine."""
    return _text(_signer(settings.ANCHOR_KEY).public_key().public_bytes_raw())


def sign(data: bytes) -> str:
    """Ed25519 signature (url-safe base64) under the key derived from ANCHOR_KEY."""
    return _text(_signer(settings.ANCHOR_KEY).sign(data))


def verify(data: bytes, signature: str, public: str | None = None) -> bool:
    """Whether `signature` is ours over `data`; with `public`, that key's."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(public or public_key())).verify(_raw(signature), data)
    except (InvalidSignature, Undecryptable, ValueError):
        return False
    return True


# Model field -----------------------------------------------------------------------------------------------------


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # Django's fields take no [ ] at run time
    """Plain text in Python, a token of `encrypt` in the database; None stays NULL.

    The context is "app.Model.field", or `context=` where a rename must not lose what is stored. Rows are compared by
    a blind index beside the field: every look-up but `isnull` is refused, because it could never match.
    """

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self._context = context
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> str:
        return self._context or f"{self.model._meta.label}.{self.name}"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self._context:
            kwargs["context"] = self._context
        return name, path, list(args), dict(kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return None if value is None else decrypt(value, self.context).decode()

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return None if value is None else encrypt(value.encode(), self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.context} is encrypted: search its blind index, not {lookup_name!r} on the field itself."
        )

    def get_transform(self, lookup_name: str) -> Any:
        return self.get_lookup(lookup_name)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput, **kwargs})
