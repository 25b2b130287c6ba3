"""The pages of what does not work: ours, in the reader's language, with every header, and they tell nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from onboarding.registration.account_views import too_many
from portal import views
from portal.storage import Unreachable
from tests import people

pytestmark = pytest.mark.django_db
HEADERS = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Permissions-Policy")
LANGUAGES = ["zh-hans", "en"]
WORDS = {  # status -> the heading in Chinese stands in the catalogue; in English here
    400: "We could not read this request",
    403: "This page is not open to you",
    "csrf": "Please send the form once more",
    404: "There is no such page",
    405: "This address does not work that way",
    413: "That was too large",
    429: "Too many tries in a short time",
}


def browser(who: str, language: str, by: str, **options) -> Client:
    """A browser of nobody, a merchant or an administrator that asks for a language by its header or its cookie."""
    client = Client(raise_request_exception=False, **options)
    if by == "cookie":
        client.cookies["django_language"] = language
    else:
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    if who != "nobody":
        client.force_login({"merchant": people.merchant, "administrator": people.administrator}[who]())
    return client


def met(client: Client, trouble, monkeypatch):
    """The answer of an address that runs into this trouble."""
    if trouble == "csrf":
        return client.post(reverse("language"), {"language": "en"})
    if trouble == 413:
        return client.post(reverse("language"), {"language": "x" * 3_000_000})
    if trouble == 405:
        return client.get(reverse("language"))
    if trouble == 403:
        return client.get(reverse("front"))
    if trouble == 429:
        return client.get(reverse("front"))
    return client.get({400: "/help/%00/", 404: "/cases/KT-0000-0000/no-such-page/"}[trouble])


@pytest.fixture
def broken_front(monkeypatch):
    """The front page answers as `view` does."""

    def breaks(view) -> None:
        pattern = next(one for one in views_of("front"))
        monkeypatch.setattr(pattern, "callback", view)

    return breaks


def views_of(name: str):
    from portal.urls import urlpatterns

    return (one for one in urlpatterns if getattr(one, "name", "") == name)


@pytest.mark.parametrize("by", ["header", "cookie"])
@pytest.mark.parametrize("who", ["nobody", "merchant", "administrator"])
@pytest.mark.parametrize("trouble", list(WORDS))
def test_trouble_in_both_languages(trouble, who, by, broken_front, monkeypatch):
    if trouble in (403, 429):
        broken_front(views.forbidden if trouble == 403 else too_many)
    shown = {}
    for language in LANGUAGES:
        client = browser(who, language, by, enforce_csrf_checks=trouble == "csrf")
        shown[language] = answer = met(client, trouble, monkeypatch)
        assert answer.status_code == (403 if trouble == "csrf" else trouble)
        assert all(header in answer.headers for header in HEADERS), answer.headers
        assert f'lang="{answer.headers["Content-Language"]}"'.lower() in answer.content.decode().lower()
        assert b"<main" in answer.content and b"Traceback" not in answer.content
    assert WORDS[trouble] in shown["en"].content.decode()
    assert WORDS[trouble] not in shown["zh-hans"].content.decode()


@pytest.mark.parametrize("who", ["nobody", "merchant"])
@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (Unreachable, 503)])
def test_a_fault_of_ours_has_all_headers_and_both_languages(error, status, who, broken_front):
    def breaks(request):
        raise error("the secret reason")

    broken_front(breaks)
    answer = browser(who, "en", "header").get(reverse("front"))
    assert answer.status_code == status
    assert all(header in answer.headers for header in HEADERS)
    assert b'lang="en"' in answer.content and b'lang="zh-Hans"' in answer.content
    assert b"secret reason" not in answer.content


def test_the_admin_has_the_same_pages():
    client = browser("administrator", "en", "header")
    assert b"There is no such page" in client.get("/admin/no-such-app/").content
    assert b"could not read" in client.get("/admin/onboarding/entry/%00/change/").content
    clerk = Client(raise_request_exception=False)
    clerk.force_login(people.reviewer())
    clerk.cookies["django_language"] = "en"
    refused = clerk.get("/admin/auth/group/")
    assert (refused.status_code, b"not open to you" in refused.content) == (403, True)
