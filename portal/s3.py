"""Django storage in a bucket of an S3-compatible store: STORAGE_URL instead of a folder of this machine.

`s3://KEY:SECRET@host[:port]/bucket?region=…`, reserved characters of key and secret percent-encoded. More options:
`prefix=` (folder in the bucket), `style=virtual` (bucket in the host name, some providers demand it), `tls=0` (a store
on the local network), `timeout=` (seconds for connecting and for each read, 10 when not given).

Nothing is ever public: no ACL is set, no address is given out (`url` is refused). Whole files in memory, as
`portal.storage` wants them. Whatever goes wrong is a `StoreFault` whose text is a sentence without keys or file names.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

OPTIONS = {"region", "prefix", "style", "tls", "timeout"}
GONE = {"NoSuchKey", "404", "NotFound"}
KEY_PROBLEMS = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "InvalidToken", "ExpiredToken", "403"}


class StoreFault(OSError):
    """The store did not do it. The text says why, and what an administrator can look at."""


@dataclass(frozen=True)
class Address:
    """STORAGE_URL taken apart."""

    endpoint: str
    bucket: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    region: str = "us-east-1"
    prefix: str = ""
    style: str = "path"
    timeout: float = 10.0  # seconds

    @classmethod
    def parsed(cls, url: str) -> Self:
        """Raises `ImproperlyConfigured`, never with the secret in it."""
        try:
            return cls(**_parts(url))
        except ValueError as error:
            shape = "s3://KEY:SECRET@host/bucket?region=…"
            raise ImproperlyConfigured(f"STORAGE_URL is not of the form {shape}: {error}.") from None


def _parts(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    bucket, options = parts.path.strip("/"), dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password):
        raise ValueError("scheme, host, key or secret is missing")
    if not bucket or "/" in bucket:
        raise ValueError("the path must be the name of one bucket")
    if unknown := set(options) - OPTIONS:
        raise ValueError(f"unknown option {', '.join(sorted(unknown))}")
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    scheme = "http" if options.pop("tls", "1") == "0" else "https"
    if "timeout" in options:
        options["timeout"] = float(options["timeout"])  # type: ignore[assignment]
    keys = {"key": unquote(parts.username), "secret": unquote(parts.password)}
    return {"endpoint": f"{scheme}://{host}", "bucket": bucket, **keys, **options}


@deconstructible
class S3Storage(Storage):
    """Save, open, delete, exists; nothing else is needed, and nothing else is offered."""

    def __init__(self, url: str) -> None:
        self.address = Address.parsed(url)

    @cached_property
    def client(self) -> Any:
        """One per process: its connections are kept, and it may be used by several threads."""
        where = self.address
        return boto3.session.Session().client(
            "s3", endpoint_url=where.endpoint, region_name=where.region,
            aws_access_key_id=where.key, aws_secret_access_key=where.secret,
            config=Config(
                signature_version="s3v4", s3={"addressing_style": where.style},
                connect_timeout=where.timeout, read_timeout=where.timeout,
                retries={"mode": "standard", "total_max_attempts": 2},
                # Stores other than Amazon's refuse the newer checksum trailers; our files carry their own seal.
                request_checksum_calculation="when_required", response_checksum_validation="when_required",
            ),
        )  # fmt: skip

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("Files of the store are read whole, or saved whole.")
        return ContentFile(self._ask("get_object", name, read=True), name=name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        content.seek(0)
        self._ask("put_object", name, Body=content.read(), ContentType="application/octet-stream")
        return name

    def delete(self, name: str) -> None:
        """Removing what is gone already is no error."""
        self._ask("delete_object", name)

    def exists(self, name: str) -> bool:
        try:
            self._ask("head_object", name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        return int(self._ask("head_object", name)["ContentLength"])

    def _ask(self, verb: str, name: str, *, read: bool = False, **more: Any) -> Any:
        """One call; raises `FileNotFoundError` or `StoreFault`."""
        key = f"{self.address.prefix}/{name}".lstrip("/")
        try:
            answer = getattr(self.client, verb)(Bucket=self.address.bucket, Key=key, **more)
            return answer["Body"].read() if read else answer
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in GONE:
                raise FileNotFoundError("There is no such file in the store.") from None
            raise StoreFault(self._sentence(code)) from None
        except (ConnectTimeoutError, ReadTimeoutError):
            raise StoreFault(f"The store did not answer within {self.address.timeout:g} seconds.") from None
        except BotoCoreError as error:
            raise StoreFault(f"The store cannot be reached ({type(error).__name__}).") from None

    def _sentence(self, code: str) -> str:
        if code == "NoSuchBucket":
            return f"The store has no bucket {self.address.bucket}. Make it, or correct STORAGE_URL."
        if code in KEY_PROBLEMS:
            return "The store refuses our key. Check key, secret and rights in STORAGE_URL."
        return f"The store answered {code or 'without a code'}."
