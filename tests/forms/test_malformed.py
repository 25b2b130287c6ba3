"""Requests that no browser of ours would send: a form page, or a page of ours with 4xx, and never a 500."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.forms.walk import Found, Scenes, form_at, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("forms"), pytest.mark.timeout(900)]
URLENCODED = "application/x-www-form-urlencoded"
FORMS = [  # scene, page, where it goes, a field that tells the form
    ("registration", "registration", "complete_registration", ""),
    ("identity", "identity_person", "identity_person", ""),
    ("application", "application_turnover", "application_turnover", ""),
    ("application", "application_account", "application_account", ""),
    ("merchant", "open_ticket", "open_ticket", ""),
    ("merchant", "members", "members", ""),
    ("call_centre_agent", "phone", "phone", ""),
    ("ordering", "order", "order", "way"),
    ("reviewer", "admin:mark", "admin:mark", ""),
    ("stranger", "start", "start", ""),
    ("administrator", "admin:support_article_add", "admin:support_article_add", ""),
    ("administrator", "admin:onboarding_merchantcategory_add", "admin:onboarding_merchantcategory_add", ""),
    ("administrator", "admin:devices_devicemodel_add", "admin:devices_devicemodel_add", ""),
    ("administrator", "admin:onboarding_feeplan_add", "admin:onboarding_feeplan_add", ""),
]
BOUNDARY = "multipart/form-data; boundary=xxxx"
PART = b'--xxxx\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


def raw(body: bytes, kind: str = URLENCODED) -> Callable:
    return lambda client, form: client.generic("POST", form.action, body, content_type=kind)


def every(value: object) -> Callable:
    """The same value in each field, also in those where one only chooses."""
    return lambda client, form: client.post(form.action, dict.fromkeys(form.kinds, value))


def texts_as_files(client: Client, form: Found):
    files = {name: SimpleUploadedFile("x.txt", b"\xff\x00") for name in form.kinds if name != "csrfmiddlewaretoken"}
    return client.post(form.action, files)


def encoded(value: bytes) -> Callable:
    def body(client: Client, form: Found):
        return raw(b"&".join(name.encode() + b"=" + value for name in form.kinds))(client, form)

    return body


def without_management(client: Client, form: Found):
    kept = {name: one for name, one in form.values.items() if not name.endswith("_FORMS")}
    return client.post(form.action, kept)


def with_wild_management(client: Client, form: Found):
    changed = {name: ["9" * 30] for name in form.kinds if name.endswith("_FORMS")}
    return client.post(form.action, form.sent(**changed))


MALFORMED: dict[str, Callable] = {
    "nothing": raw(b""),
    "another kind": raw(b'{"a": [1]}', "application/json"),
    "no kind": raw(b"a=b", ""),
    "unknown charset": raw(b"a=b", f"{URLENCODED}; charset=x-none"),
    "utf-16": raw("subject=长".encode("utf-16"), f"{URLENCODED}; charset=utf-16"),
    "no boundary": raw(b"--xxxx\r\n", "multipart/form-data"),
    "bad boundary": raw(b"--xxxx--", "multipart/form-data; boundary=\xe9\xff".encode("latin-1").decode("latin-1")),
    "long boundary": raw(b"--xxxx--", "multipart/form-data; boundary=" + "x" * 5000),
    "another boundary": raw(PART % (b"text", b"a") + b"--xxxx--", "multipart/form-data; boundary=yyyy"),
    "cut in a head": raw(b'--xxxx\r\nContent-Disposition: form-data; na', BOUNDARY),
    "cut in a value": raw((PART % (b"text", b"a"))[:-2], BOUNDARY),
    "cut base64": raw(
        b'--xxxx\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nQ\r\n--xxxx--',
        BOUNDARY,
    ),
    "no name": raw(b"--xxxx\r\nContent-Disposition: form-data\r\n\r\na\r\n--xxxx--\r\n", BOUNDARY),
    "not utf-8": encoded(b"%FF%FE%C3"),
    "bytes": encoded(b"\xff\xfe\xc3\x28"),
    "half a character": encoded(b"%ED%A1%82"),
    "an escaped NUL": encoded(b"%00"),
    "a broken escape": encoded(b"%%%zz"),
    "beyond 64 bit": every(str(2**64)), "negative": every(str(-(2**63) - 1)), "5,000 digits": every("9" * 5000),
    "nan": every("NaN"), "infinite": every("-Infinity"), "1e400": every("1e400"), "1e9": every("1e999999999"),
    "far day": every("9999999-01-01"), "no day": every("2026-02-30"), "zero day": every("0000-00-00"),
    "another choice": every("no_such_choice"), "several": every(["a", "b", "1"]), "list": every(["", "", ""]),
    "files for texts": texts_as_files,
    "no management form": without_management,
    "wild management form": with_wild_management,
    "10,000 fields": raw(urlencode([(f"f{number}", "1") for number in range(10_000)]).encode()),
    "one field 10,000 times": raw(b"&".join([b"text=1"] * 10_000)),
    "too much": raw(b"text=" + b"a" * (3 * 1024 * 1024)),
    "200 files": raw(
        b"".join(
            b'--xxxx\r\nContent-Disposition: form-data; name="f%d"; filename="a"\r\n\r\na\r\n' % number
            for number in range(200)
        ) + b"--xxxx--\r\n",
        BOUNDARY,
    ),
}  # fmt: skip
TOO_MUCH = {"10,000 fields", "one field 10,000 times", "too much", "200 files"}


@pytest.mark.parametrize(("scene", "page", "to", "having"), FORMS, ids=[one[2] for one in FORMS])
def test_a_malformed_request_gets_a_page_of_ours(scenes: Scenes, scene, page, to, having):
    client, problems = scenes.of(scene).client(), []
    form = form_at(client, address(scenes, scene, page), to, having)
    for label, act in MALFORMED.items():
        with undone():
            answer = act(client, form)
            problems += [f"{label}: {one}" for one in wrong(answer, label)]
    assert not problems, "\n".join(problems)


def address(scenes: Scenes, scene: str, page: str) -> str:
    if page == "admin:mark":
        return reverse(page, args=[scenes.of(scene).case.ref]) + "?item=field:merchant.name"
    without = page in ("phone", "start") or page.startswith("admin:")
    return reverse(page, args=[] if without else [scenes.of(scene).case.ref])


def wrong(answer, label: str) -> list[str]:
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code == 302 and label not in TOO_MUCH:
        return []
    if answer.status_code not in (200, 400, 403, 413):
        return [str(answer.status_code)]
    ours = kind.startswith("text/html") and b'class="' in answer.content and b"</html>" in answer.content
    if label in TOO_MUCH and answer.status_code not in (400, 413):
        return [f"{answer.status_code} for too much"]
    return [] if ours else [f"{answer.status_code} is no page of ours"]


# Addresses for scripts ----------------------------------------------------------------------------------------------

BODIES = {
    "empty": b"", "no json": b"{", "another shape": b"[1, 2]", "null": b"null", "not utf-8": b"\xff\xfe", "NaN": b"NaN",
    "deep": b"[" * 100_000, "huge number": b'{"state": ' + b"9" * 5000 + b"}", "NUL": b'{"client_ref": "\\u0000"}',
    "half a character": b'{"client_ref": "\\ud842"}',
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_malformed_notice_of_a_payment_is_refused(scenes: Scenes, body: bytes):
    answer = scenes.of("stranger").client().post("/payments/notice/", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_malformed_answer_of_a_passkey_is_refused(scenes: Scenes, body: bytes):
    client = scenes.of("stranger").client()
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": body.decode("latin-1")})
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "query", ["", "?size=-1&offset=0", "?size=9&offset=1e9", "?size=²&offset=0", "?size=1&offset=7"]
)
def test_a_malformed_piece_of_a_file_is_refused(scenes: Scenes, query: str):
    scene = scenes.of("identity")
    address = reverse("identity_document_piece", args=[scene.case.ref, "business_licence", "0123456789abcdef"])
    answer = scene.client().post(address + query, b"\x00\xff", content_type="application/octet-stream")
    assert 400 <= answer.status_code < 500 and answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", ["", "x", "//evil.example/", "/%00", "/cases/KT-0000-0000/registration/", "\ud842"])
def test_a_draft_of_no_page_of_theirs_is_refused(scenes: Scenes, path: str):
    body = urlencode({"path": path, "sign": "x"}, errors="surrogatepass")
    answer = scenes.of("identity").client().post(reverse("keep_draft"), body, content_type=URLENCODED)
    assert answer.status_code in (400, 404)
