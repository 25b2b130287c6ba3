"""Secrets of the embedded mode: made once, kept in a file that only this user reads."""

import base64
import json
import os
import secrets
from pathlib import Path


def fresh(name: str) -> str:
    """A new random secret in the shape that the setting `name` wants."""
    if name == "DATA_KEYS":
        return "k1:" + base64.b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(48)


def kept(path: Path, name: str) -> str:
    """The secret `name` from the file at `path`, made and written (mode 0600) when it is not there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if name not in known:
        known[name] = fresh(name)
        _write(path, known)
    return known[name]


def _write(path: Path, known: dict[str, str]) -> None:
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(json.dumps(known, indent=1))
    temporary.chmod(0o600)
    temporary.replace(path)
