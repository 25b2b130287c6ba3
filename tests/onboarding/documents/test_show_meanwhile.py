"""A page is asked for while something happens to its paper: the page, or 404, and never a fault of ours."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from onboarding.documents import changes, intake, viewing
from onboarding.holdings import FILES
from onboarding.models import Access, Case, Document, DocumentKind, Page
from onboarding.services import purging, rotating, shredding
from portal.storage import private_files
from tests import make, people
from tests.onboarding.documents import samples
from tests.onboarding.privacy.test_rotate_keys import K2

pytestmark = pytest.mark.django_db
NAMES = ("document_page", "document_thumbnail")


@pytest.fixture
def document(case, licence, liu) -> Document:
    return intake.take(case, licence, samples.jpeg(), by=liu, step="identity")


@pytest.fixture(params=NAMES)
def url(request, document):
    return reverse(request.param, args=[document.pk, 1])


@pytest.fixture
def ask(client, url, liu, monkeypatch):
    """`ask(between)`: ask for the page; `between` happens after its row was found and before its file is read."""
    client.force_login(liu)
    client.raise_request_exception = False

    def go(between):
        real = viewing.opened

        def opened(page, **options):
            between()
            return real(page, **options)

        monkeypatch.setattr(viewing, "opened", opened)
        return client.get(url)

    return go


def is_shown(answer) -> bool:
    return answer.status_code == 200 and answer.content.startswith(b"\xff\xd8")


def test_it_is_replaced_meanwhile(ask, case, licence, liu, document):
    assert is_shown(ask(lambda: intake.take(case, licence, samples.jpeg(7), by=liu, step="identity")))
    assert Document.objects.filter(replaced_at=None).get() != document


def test_it_is_removed_meanwhile(ask, document, liu, client, url):
    """Who asked a moment before still sees it; the next one does not."""
    assert is_shown(ask(lambda: changes.remove(document, by=liu, step="identity")))
    assert client.get(url).status_code == 404
    changes.restore(document, DocumentKind.objects.get(pk=document.kind), by=liu, step="identity")
    assert client.get(url).status_code == 200


def test_it_is_turned_meanwhile(ask, document, liu):
    assert is_shown(ask(lambda: changes.turn(document.pages.get(), 90, by=liu, step="identity")))


def test_its_keys_are_rotated_meanwhile(settings, ask, document):
    """The file has another name a moment later; the old one stays for a while, for those who read it just now."""
    old = document.pages.get()

    def rotate():
        settings.DATA_KEYS = [K2, *settings.DATA_KEYS]
        for held in FILES:
            list(rotating.rotate_files(held, 10))
        new = Page.objects.get()
        assert new.file != old.file and new.thumbnail != old.thumbnail
        shredding.shred_due()

    assert is_shown(ask(rotate))


def test_it_is_purged_meanwhile(ask, case, client, url):
    def purge():
        make.put(Case.objects.get(pk=case.pk), "withdrawn")
        assert purging.purge(case.pk, "asked", now=timezone.now())
        assert shredding.shred_due() > 0

    assert ask(purge).status_code == 404
    assert client.get(url).status_code == 302, "the account went with its last case: sign in"
    client.force_login(people.reviewer())
    assert client.get(url).status_code == 404 and not Page.objects.exists()
    assert not Access.objects.exists(), "nobody saw it"


def damaged(name: str) -> None:
    private_files.storage.delete(name)
    private_files.storage.save(name, ContentFile(b"k1.not what was sealed"))


@pytest.mark.parametrize("what", [private_files.delete, damaged])
def test_its_file_is_gone_or_damaged(ask, document, what):
    page = document.pages.get()
    answer = ask(lambda: [what(name) for name in (page.file, page.thumbnail)])
    assert answer.status_code == 404 and not Access.objects.exists()


def test_its_row_names_no_file(ask, client, url):
    Page.objects.update(file="", thumbnail="../x")
    assert ask(lambda: None).status_code == 404


def test_a_store_that_does_not_answer_says_so(ask, monkeypatch):
    """Neither 404, for the paper is there, nor a fault: come again."""

    def away(name, mode):
        raise OSError("the disk is away")

    answer = ask(lambda: monkeypatch.setattr(private_files.storage, "open", away))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
