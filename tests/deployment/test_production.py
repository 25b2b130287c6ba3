"""The installation of docker-compose.yml, run natively in production settings, and one case carried through it.

`.ci/production` runs this; `make test` leaves it out. PostgreSQL and Redis are Debian's.
"""

import base64
import hashlib
import hmac
import json
import re
import struct
import time

import pytest

from tests.deployment import machines, plans, site
from tests.portal.storage import bucket

pytestmark = [pytest.mark.deployment, pytest.mark.timeout(400)]
PAGES = {  # role: where its day begins
    "reviewer": "/admin/", "senior_reviewer": "/admin/", "warehouse_clerk": "/desk/warehouse/",
    "dispatcher": "/desk/dispatch/", "technician": "/field/", "support_agent": "/desk/tickets/", "auditor": "/desk/",
    "risk_officer": "/desk/", "operations_manager": "/desk/", "administrator": "/admin/",
}  # fmt: skip
POLICY = "default-src 'none'"


@pytest.fixture(scope="module", params=["volume", "bucket"])
def running(request):
    """The whole drill twice: private files in the volume, and in a bucket behind STORAGE_URL."""
    with site.up(in_bucket=request.param == "bucket") as made:
        yield made
        groups = {name: process.pid for name, process in made.processes.items()}
    assert not [name for name, group in groups.items() if machines.alive(group)], "every process is gone"
    assert not made.home.exists()


@pytest.fixture(scope="module")
def walked(running):
    """What the walk says of itself, once the case is live; the first worker was killed on the way."""
    victim = running.processes["first"].pid
    done = running.run(["python", "-m", "tests.deployment.walk", str(victim)])
    return json.loads(done.stdout.splitlines()[-1])


def test_all_parts_answer(running):
    machines.until(running.ready, "/readyz: each server process remembers its own answer for some seconds", 30)
    machines.until(lambda: probed(running), "the probe, which an engine also repeats", 30)


def probed(running) -> bool:
    try:
        return bool(running.run(plans.probe(), PORT=str(running.port)))
    except AssertionError:
        return False


def test_the_worker_is_asked_as_the_compose_file_asks(running):
    shell = plans.service("worker")["healthcheck"]["test"][1].replace("$$HOSTNAME", "first")
    running.run(shell.split())


def test_plain_http_goes_to_https(running):
    with running.visitor() as client:
        answer = client.get("/", headers={"X-Forwarded-Proto": "http"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{site.NAME}/")


def test_another_name_is_refused(running):
    with running.visitor() as client:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_static_files_carry_their_digest(running):
    with running.visitor() as client:
        names = set(re.findall(r'"(/static/[^"#]+)', client.get("/").text))
        assert names
        for name in names:
            assert re.search(r"\.[0-9a-f]{12}\.\w+$", name), name
            answer = client.get(name)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]


def test_simulators_have_no_pages(running):
    with running.visitor() as client:
        assert {client.get(path).status_code for path in ("/outbox/", "/rehearsal/", "/pay/x/")} == {404}


def test_the_case_is_live_although_a_worker_was_killed(running, walked):
    assert running.processes["first"].poll() is not None
    assert [running.processes[name].poll() for name in ("web", "second", "beat")] == [None, None, None]
    assert walked["damaged"] == 0
    running.run(["python", "manage.py", "verify_timeline"])
    assert machines.until(running.ready, "the other worker's heartbeat")


def test_every_mail_arrived_once(running, walked):
    assert set(walked["mails"]) == {"sent"}
    ids = [mail["Message-ID"] for mail in running.mails.mails]
    assert len(set(ids)) == len(walked["mails"])
    assert len(ids) - len(set(ids)) <= 1, "only the one that a killed worker was sending may come twice"
    assert {walked["owner"]} <= {mail["To"] for mail in running.mails.mails}
    assert all(mail.is_multipart() for mail in running.mails.mails)


def test_the_merchant_by_http(running, walked):
    with running.visitor() as client:
        assert checked(client.get("/")).status_code == 200
        enter(client, walked["owner"])
        for path in ("/home/", f"/cases/{walked['ref']}/", "/tickets/", f"/documents/{walked['document']}/"):
            assert checked(client.get(path, follow_redirects=True)).status_code == 200, path
        picture = client.get(f"/documents/{walked['document']}/pages/1/")
        assert picture.headers["content-type"] == "image/jpeg"
        assert "no-store" in checked(picture).headers["cache-control"]
        assert client.get("/desk/").status_code == 404


@pytest.mark.parametrize("role", PAGES)
def test_staff_by_http(running, walked, role):
    email, secret = walked["staff"][role]
    with running.visitor() as client:
        enter(client, email, secret)
        answer = checked(client.get(PAGES[role], follow_redirects=True))
        assert answer.status_code == 200
        assert answer.url.path == PAGES[role]
        if role == "reviewer":
            assert checked(client.get(f"/admin/onboarding/case/{walked['case']}/change/")).status_code == 200


def test_a_stranger_by_http(running, walked):
    with running.visitor() as client:
        for path in (f"/cases/{walked['ref']}/", f"/documents/{walked['document']}/pages/1/", "/desk/", "/admin/"):
            assert checked(client.get(path)).status_code in (302, 404), path


def test_papers_lie_where_they_belong_and_are_served_from_there(running, walked):
    folder = running.home / "data" / "files"
    if running.bucket is None:
        assert any(path.is_file() for path in folder.rglob("*")), "in the volume"
        return
    names, client, name = running.bucket.names(), running.bucket.client(), page_file(running, walked["document"])
    assert not folder.exists() and name in names and len(names) > 10, "in the bucket and nowhere else"
    sealed = client.get_object(Bucket=bucket.BUCKET, Key=name)["Body"].read()
    assert sealed and not sealed.startswith(b"\xff\xd8"), "and no picture to whoever looks into it"
    with running.visitor() as visitor:
        enter(visitor, walked["owner"])
        page = f"/documents/{walked['document']}/pages/1/"
        assert visitor.get(page).status_code == 200
        client.delete_object(Bucket=bucket.BUCKET, Key=name)
        assert visitor.get(page).status_code != 200, "it came from there"
        client.put_object(Bucket=bucket.BUCKET, Key=name, Body=sealed)
        assert visitor.get(page).status_code == 200


def page_file(running, document: int) -> str:
    """The name under which the first page of a paper is kept."""
    asked = f"from onboarding.models import Page; print(Page.objects.get(document={document}, number=1).file)"
    return running.run(["python", "manage.py", "shell", "-v", "0", "-c", asked]).stdout.split()[-1]


def test_headers_of_every_kind_of_answer(running, walked):
    """Public, merchant, staff, error and static: each with the whole set."""
    with running.visitor() as client:
        front = checked(client.get("/"))
        static = re.search(r'"(/static/[^"#]+\.css)', front.text)[1]
        for path, status in ((static, 200), ("/nowhere/", 404), ("/livez", 200), ("/accounts/login/", 200),
                             ("/claim/x/", 404), ("/static/nothing.css", 404)):  # fmt: skip
            assert checked(client.get(path)).status_code == status, path
        assert checked(client.post("/accounts/login/", data={})).status_code == 403, "without its token"
        assert checked(client.delete("/")).status_code in (403, 405)
        assert checked(client.get("/", headers={"Host": "evil.example"})).status_code == 400
        enter(client, walked["owner"])
        assert checked(client.get(f"/cases/{walked['ref']}/")).status_code == 200
        assert "private" in client.get(f"/cases/{walked['ref']}/").headers.get("cache-control", "private")
    with running.visitor() as client:
        email, secret = walked["staff"]["call_centre_agent"]  # nobody of PAGES: a code of the second factor counts once
        enter(client, email, secret)
        assert checked(client.get("/desk/")).status_code == 200


def test_no_address_with_a_key_in_any_log(running, walked):
    with running.visitor() as client:
        client.get("/claim/17:mPq83kd0aL2xv9QwErTyUi/?mobile=19000000001")
    said = machines.until(lambda: "/claim/<key>/" in running.logs() and running.logs(), "the line of that request", 10)
    assert "mPq83kd0aL2xv9QwErTyUi" not in said


def test_no_personal_word_in_any_log(running, walked):
    said = running.logs()
    assert "simulated person" in said, "the logs are those of the workers"
    shown = said.replace(json.dumps(walked["personal"])[1:-1], "")  # the walk's own report
    for value in walked["personal"]:
        assert value and value.removeprefix("+86") not in shown
    assert not re.search(r"(?<!\d)(?:\+86)?190\d{8}(?!\d)", shown), "a mobile number"


# Signing in ----------------------------------------------------------------------------------------------------------


def enter(client, email: str, secret: str = "") -> None:
    """By e-mail and password, and with the code of the app where there is one."""
    answer = post(client, "/accounts/login/", login=email, password="kaitong-demo")
    if secret:
        assert answer.headers["location"].startswith("/accounts/2fa/authenticate/"), answer.headers
        answer = post(client, "/accounts/2fa/authenticate/", code=code(secret))
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.text)[-1500:]
    cookies = {cookie.name: cookie for cookie in client.cookies.jar}
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(cookies)
    for name in ("__Host-sessionid", "__Host-csrftoken"):
        assert cookies[name].secure and cookies[name].has_nonstandard_attr("HttpOnly")
        assert cookies[name].get_nonstandard_attr("SameSite") == "Lax"


def post(client, path: str, **values: str):
    """A form as a browser sends it."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).text)
    assert token, f"no form on {path}"
    headers = {"Referer": f"https://{site.NAME}{path}"}
    return client.post(path, data={**values, "csrfmiddlewaretoken": token[1]}, headers=headers)


def code(secret: str) -> str:
    """Six digits of this half minute (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), moment, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def checked(answer):
    """The same answer, once its headers are those that every page must have."""
    assert POLICY in answer.headers["content-security-policy"], answer.url  # django-csp gives no fixed order
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer.headers["permissions-policy"].startswith("camera=(self), geolocation=(self)")
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    return answer
