"""The marks of pages: a store that is away for a while costs no page its mark; a page that is gone has none."""

import pytest
from django.core.files.base import ContentFile

from onboarding.documents import intake
from onboarding.models import Page, PageBand, PageMark
from onboarding.screening import alike
from onboarding.tasks import marks
from portal.storage import private_files
from tests.onboarding.documents import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(case, licence, liu) -> list[Page]:
    licence.max_pages = 2
    for seed in range(2):
        intake.take(case, licence, samples.jpeg(seed), by=liu, step="identity")
    return list(Page.objects.order_by("pk"))


def bits(page: Page) -> str | None:
    return PageMark.objects.get(page=page).bits


def kept(page: Page) -> set[int]:
    rows = list(PageBand.objects.filter(page=page.pk).values_list("band", flat=True))
    assert len(rows) == len(set(rows)) > 0, "each once"
    return set(rows)


def test_a_page_that_the_store_does_not_give_waits_and_the_others_go_on(pages, monkeypatch):
    first, second = pages
    real = private_files.storage.open

    def away(name, mode):
        if name == first.thumbnail:
            raise OSError("the disk is away")
        return real(name, mode)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(private_files.storage, "open", away)
        assert marks() == 1
    assert bits(first) is None and bits(second)
    assert marks() == 1 and bits(first)
    assert kept(first) == alike.bands([int(bits(first), 16)])


def gone(page: Page) -> None:
    private_files.delete(page.thumbnail)


def damaged(page: Page) -> None:
    private_files.storage.delete(page.thumbnail)
    private_files.storage.save(page.thumbnail, ContentFile(b"not what was sealed"))


def no_name(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(thumbnail="")


@pytest.mark.parametrize("what", [gone, damaged, no_name])
def test_a_page_that_is_gone_has_none_and_is_not_tried_for_ever(pages, what):
    what(pages[0])
    assert marks() == 2
    assert bits(pages[0]) == "" and bits(pages[1])
    assert marks() == 0


def test_done_twice_at_once_it_is_written_once(pages, monkeypatch):
    """Another worker has the same page in hand, and is quicker."""
    real, begun = private_files.read, []

    def slow(name, context):
        if not begun:
            begun.append(name)
            assert marks() == 2
        return real(name, context)

    monkeypatch.setattr(private_files, "read", slow)
    marks()
    assert all(kept(page) == alike.bands([int(bits(page), 16)]) for page in pages)
