"""Private files in a bucket of a real S3 server: whole, encrypted, not public; each fault is a sentence."""

import io
import time

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.test import override_settings

from portal import crypto, health, safety, storage
from portal.s3 import Address, S3Storage, StoreFault
from tests.portal.storage import bucket as server


@pytest.fixture(scope="module")
def bucket():
    with server.served() as made:
        yield made


@pytest.fixture
def files(bucket):
    return storage.PrivateFiles(S3Storage(bucket.url()))


ACTS = {
    "save": lambda store: store.save("private/new", ContentFile(b"x")),
    "read": lambda store: store.open("private/none"),
    "exists": lambda store: store.exists("private/none"),
    "delete": lambda store: store.delete("private/none"),
}


def test_round_trip_encrypted_and_not_public(files, bucket):
    name = files.save(b"licence of Liu", "Document.1")
    assert files.exists(name)
    assert files.read(name, "Document.1") == b"licence of Liu"
    with files.storage.open(name) as raw:
        sealed = raw.read()
    assert b"licence" not in sealed
    assert files.storage.size(name) == len(sealed)
    with pytest.raises(crypto.Undecryptable):
        files.read(name, "Document.2")
    assert httpx.get(f"{bucket.base}/{server.BUCKET}/{name}").status_code == 403
    with pytest.raises(NotImplementedError):
        files.storage.url(name)


def test_removed(files):
    name = files.save(b"x", "here")
    files.delete(name)
    files.delete(name)
    assert not files.exists(name)
    with pytest.raises(storage.Missing):
        files.read(name, "here")


def test_nothing_is_overwritten(bucket):
    store = S3Storage(bucket.url(more="&prefix=one"))
    first, second = store.save("a/same", ContentFile(b"1")), store.save("a/same", io.BytesIO(b"2"))
    assert first != second
    assert (store.open(first).read(), store.open(second).read()) == (b"1", b"2")
    assert not S3Storage(bucket.url(more="&prefix=two")).exists(first), "folders of a bucket are apart"


@pytest.mark.parametrize("size", [0, 1, 8 * 1024 * 1024])
def test_empty_and_large(files, size):
    data = b"\xff" * size
    assert files.read(files.save(data, "size"), "size") == data


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("wrong", [{"key": "AKIASOMEBODYELSE"}, {"secret": "not-the-secret"}])
def test_wrong_key_is_a_sentence_without_it(bucket, act, wrong):
    with pytest.raises(StoreFault, match="refuses our key") as fault:
        ACTS[act](S3Storage(bucket.url(**wrong)))
    assert not any(value in str(fault.value) for value in (*wrong.values(), bucket.key, bucket.secret))
    assert fault.value.__cause__ is None


@pytest.mark.parametrize("act", ["save", "read", "delete"])
def test_missing_bucket_is_named(bucket, act):
    with pytest.raises(StoreFault, match="no bucket elsewhere"):
        ACTS[act](S3Storage(bucket.url(bucket="elsewhere")))


@pytest.mark.parametrize("act", ACTS)
def test_silence_ends_with_a_sentence(act):
    began = time.monotonic()
    with server.silent() as host, pytest.raises(StoreFault, match="did not answer within 0.3 seconds"):
        ACTS[act](S3Storage(f"s3://k:s@{host}/papers?tls=0&timeout=0.3"))
    assert time.monotonic() - began < 5


def test_nobody_there_is_unreachable():
    files = storage.PrivateFiles(S3Storage("s3://k:s@127.0.0.1:9/papers?tls=0&timeout=1"))
    with pytest.raises(storage.Unreachable, match="cannot be reached"):
        files.save(b"x", "here")


def test_health_finds_the_bucket(bucket, monkeypatch):
    with override_settings(STORAGES={"default": {"BACKEND": "portal.s3.S3Storage", "OPTIONS": {"url": bucket.url()}}}):
        assert health.works("storage")
    gone = {"default": {"BACKEND": "portal.s3.S3Storage", "OPTIONS": {"url": bucket.url(bucket="gone")}}}
    with override_settings(STORAGES=gone):
        assert not health.works("storage")


@pytest.mark.parametrize(
    "url",
    [
        "https://k:topsecret@host/b", "s3://host/b", "s3://k:topsecret@host", "s3://k:topsecret@host/b/c",
        "s3://k:topsecret@host/b?colour=red", "s3://k:topsecret@host:port/b", "s3://k:topsecret@host/b?timeout=soon",
    ],
)  # fmt: skip
def test_wrong_address_is_refused_without_telling_the_secret(url):
    with pytest.raises(ImproperlyConfigured, match=r"s3://KEY:SECRET@host") as fault:
        S3Storage(url)
    assert "topsecret" not in str(fault.value)


def test_address():
    made = Address.parsed("s3://a%2Fb:c%3A%40d@oss.example/papers?region=cn-east-1&style=virtual&prefix=live")
    assert (made.endpoint, made.bucket, made.key, made.secret) == ("https://oss.example", "papers", "a/b", "c:@d")
    assert (made.region, made.style, made.prefix) == ("cn-east-1", "virtual", "live")
    assert "c:@d" not in repr(made)


def test_people_read_a_kind_page_while_the_store_is_away(rf):
    answer = safety.PermissionsPolicy(lambda request: None).process_exception(rf.get("/"), storage.Unreachable("Away."))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "暂时存取不了文件" in answer.content.decode()
    assert safety.PermissionsPolicy(lambda request: None).process_exception(rf.get("/"), ValueError()) is None
