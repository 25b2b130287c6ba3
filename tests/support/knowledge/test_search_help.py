"""The help pages: loaded once, found in both languages, public, and never upset by what people type."""

import pytest
from django.core.management import call_command

from onboarding import data
from support import knowledge
from support.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def articles():
    knowledge.load()


def test_loading_again_keeps_what_was_edited():
    Article.objects.filter(slug="printer-jam").update(title_zh="改过的标题")
    call_command("load_articles")
    assert Article.objects.get(slug="printer-jam").title_zh == "改过的标题"
    assert Article.objects.count() == len(data.document("articles.json")["articles"])


@pytest.mark.parametrize("words", ["打印机卡纸了怎么办", "卡纸", "printer jam", "PRINTER"])
def test_found_in_both_languages(client, words):
    assert knowledge.search(words)[0].slug == "printer-jam"
    assert "/help/printer-jam/" in client.get("/help/", {"q": words}).content.decode()


def test_every_article_is_found_by_its_titles():
    for article in Article.objects.all():
        assert article in knowledge.search(article.title_zh)[:3]
        assert article in knowledge.search(article.title_en)[:3]


@pytest.mark.parametrize("words", ["", "  ", "x" * 10_000, "a\0b", "𠮷䶮㛃😀", "<b>", "٣"])
def test_odd_words(client, words):
    assert client.get("/help/", {"q": words}).status_code == 200


def test_public_pages_in_both_languages(client):
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        page = client.get("/help/").content.decode()
        for article in Article.objects.all():
            assert article.get_absolute_url() in page
            assert client.get(article.get_absolute_url()).status_code == 200


def test_what_is_not_published_does_not_exist(client):
    Article.objects.filter(slug="printer-jam").update(published=False)
    assert client.get("/help/printer-jam/").status_code == client.get("/help/nothing/").status_code == 404
    assert "printer-jam" not in client.get("/help/", {"q": "卡纸"}).content.decode()
