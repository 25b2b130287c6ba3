"""What every test may ask for: a database, a browser, a real worker's environment.

The database comes from tests/settings.py (PostgreSQL, or SQLite with TEST_ENGINE=sqlite). Browser tests are skipped
where there is no Chromium.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from onboarding.management.commands import load_reference
from onboarding.models import CalendarDay
from tests import in_flight, restoring
from tests.log_guard import every_line, no_line_tells  # noqa: F401  fixtures of every test

SQLITE = os.environ.get("TEST_ENGINE") == "sqlite"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
TRANSACTIONAL = {"transactional_db", "live_server", "django_db_reset_sequences"}

settings.register_profile(
    "kaitong",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("kaitong")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and SQLITE:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; this run is on SQLite"))
        if {"page", "browser", "new_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if _transactional(item):  # a flush would take the rows of our migrations (groups, tables) away for good
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def _transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return bool(asked or TRANSACTIONAL & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The reference tables are there in every test, and all rows of the start come back after every test that commits.

    Without PostgreSQL Django's own way does it, slowly: a flush, the rows of the migrations, and the tables again. It
    keeps those rows on the connection. While Playwright's loop is alive, Django counts this thread as asynchronous and
    takes a second connection, which would know nothing of them: so they are kept on the class.
    """
    first = connections["default"]
    with django_db_blocker.unblock():
        load_reference.load()
        quickly = restoring.possible()
        if quickly:
            restoring.keep()
            TransactionTestCase._fixture_teardown = lambda _self: restoring.put_back()
    kept = "[]" if quickly else first.__dict__.get("_test_serialized_contents", "[]")
    first._test_serialized_contents = type(first)._test_serialized_contents = kept


@pytest.fixture(autouse=True)
def _reference_after_flush(request: pytest.FixtureRequest) -> None:
    """Where a test that commits is followed by a flush, the next one begins without the tables."""
    if not restoring.ready() and _transactional(request.node):
        request.getfixturevalue("transactional_db")
        if not CalendarDay.objects.exists():
            load_reference.load()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No rate limit, one-time code or heartbeat of another test."""
    cache.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the run."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: install the package `chromium`, or set CHROMIUM to its path")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, live_server):
    """`new_page(width=1280, height=900, locale="zh-CN", **context)`: a fresh visitor; relative addresses work.

    A script error, an answer of 500 or a breach of the Content-Security-Policy on one of the pages fails the test.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def make(width: int = 1280, height: int = 900, locale: str = "zh-CN", **options) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(base_url=live_server.url, locale=locale, viewport=viewport, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
        page.on("console", lambda line: _note(problems, page, line))
        page.on("response", lambda answer: _note_status(problems, answer))
        return page

    yield make
    for context in contexts:
        context.close()
    _answered()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page) -> Page:
    """A visitor's page on a desk screen, in Chinese."""
    return new_page()


def _answered() -> None:
    """Wait for requests that a closed page has left behind: a flush beside them would lock the database up, and take
    away the case whose page they are just drawing."""
    in_flight.requests.ends(10)
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _try in range(100):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state IN ('active', 'idle in transaction')"
            )
            if cursor.fetchone()[0] == 0:
                return
            cursor.execute("SELECT pg_sleep(0.05)")


def _note(problems: list[str], page: Page, line) -> None:
    if line.type == "error" and "Content Security Policy" in line.text:
        problems.append(f"policy broken on {page.url}: {line.text}")


def _note_status(problems: list[str], answer) -> None:
    if answer.status >= 500:
        problems.append(f"answer {answer.status} on {answer.url}")


@pytest.fixture
def process_env(transactional_db) -> dict[str, str]:
    """The environment of a real worker or server process that must see this test's own database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{database['NAME']}"
    kept = {name: value for name, value in os.environ.items() if name != "CACHE_URL"}
    return {**kept, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}
