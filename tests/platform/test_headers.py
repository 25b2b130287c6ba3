"""What every answer carries, and what a browser may do with our cookies, in the settings of production."""

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import reverse

from desk.demo import papers
from onboarding.documents import intake
from onboarding.models import DocumentKind
from portal import safety
from portal.models import SimulatedMessage
from tests import make, people
from tests.journey.shop import ABOUT

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PRODUCTION = {
    "HTTPS": True, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "LANGUAGE_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-sessionid", "CSRF_COOKIE_NAME": "__Host-csrftoken", "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SECURE_HSTS_PRELOAD": True,
}  # fmt: skip
EVERYWHERE = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Permissions-Policy": safety.PERMISSIONS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def production(settings):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    return settings


def directives(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, _space, values in parts}


def asked(path: str, user=None):
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(path, secure=True)
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE, path
    assert directives(answer)["default-src"] == "'none'"
    return answer


def test_public_and_missing_pages(production):
    for path, status in ((reverse("front"), 200), (reverse("account_login"), 200), ("/nothing/", 404), ("/livez", 200)):
        answer = asked(path)
        assert answer.status_code == status
        assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "status"), [("/static/css/portal.css", 200), ("/static/nothing.svg", 404)])
def test_static_files(production, path, status):
    """A drawing may hold a script: the policy stands there as well."""
    answer = asked(path)
    assert answer.status_code == status and "unsafe" not in answer["Content-Security-Policy"]


def test_merchant_page(production):
    owner = people.liu()
    case = make.case("identity", by=owner)
    answer = asked(reverse("case", args=[case.ref]), owner)
    assert answer.status_code == 200
    assert directives(answer)["script-src"] == directives(answer)["style-src"] == "'self'"


def test_admin(production, settings):
    settings.STAFF_SECOND_FACTOR = False
    answer = asked(reverse("admin:index"), people.reviewer())
    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_picture_of_a_paper(production):
    owner = people.liu()
    case = make.case("identity", by=owner)
    kind = DocumentKind.objects.get(code="id_portrait")
    file = papers.upload("a.jpg", papers.draw("id_portrait", ABOUT, 1))
    document = intake.take(case, kind, file, by=owner, step="identity")
    answer = asked(reverse("document_page", args=[document.pk, 1]), owner)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in directives(answer)


def test_mail_in_the_outbox(production):
    mail = SimulatedMessage.objects.create(
        channel="mail", client_ref="m", message_id="<m@x>", to="liu@example.com", subject="a", text="a", html="<p>a</p>"
    )
    answer = asked(reverse("outbox_html", args=[mail.pk]))
    assert "sandbox" in directives(answer)
    assert "script-src" not in directives(answer)


def test_cookies(production):
    client = Client()
    answer = client.get(reverse("account_login"), secure=True)
    token, login = answer.cookies["__Host-csrftoken"], people.liu().email
    entered = client.post(reverse("account_login"), {"login": login, "password": people.PASSWORD}, secure=True)
    for cookie in (token, entered.cookies["__Host-sessionid"]):
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert (cookie["path"], cookie["domain"]) == ("/", ""), "what the prefix __Host- demands"


def test_language_cookie(production):
    answer = Client().post(reverse("language"), {"language": "en"}, secure=True)
    cookie = answer.cookies[live.LANGUAGE_COOKIE_NAME]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"


def test_what_a_page_may_use():
    allowed = [part for part in safety.PERMISSIONS.split(", ") if part.endswith("=(self)")]
    assert [name.partition("=")[0] for name in allowed] == list(safety.OURS)
    assert all(part.endswith(("=(self)", "=()")) for part in safety.PERMISSIONS.split(", "))
