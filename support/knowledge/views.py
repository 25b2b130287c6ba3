"""The public help pages."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from onboarding.words import pick
from support.knowledge.finding import MOST, search
from support.knowledge.forms import SearchForm
from support.models import Article


@require_safe
def help_pages(request: HttpRequest) -> HttpResponse:
    """Search by words; without words every article by category."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = search(words) if words else []
    context = {"form": form, "words": words, "found": found, "groups": [] if found else categories()}
    return render(request, "support/knowledge/help.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    found = get_object_or_404(Article, slug=slug, published=True)
    return render(request, "support/knowledge/article.html", {"article": found, "category": pick(found, "category")})


def categories() -> list[tuple[str, list[Article]]]:
    """The published articles by category, in the editors' order. One query."""
    articles = list(Article.objects.filter(published=True)[:MOST])
    places = {category: place for place, category in enumerate(dict.fromkeys(one.category_zh for one in articles))}
    articles.sort(key=lambda one: places[one.category_zh])
    return [(pick(rows[0], "category"), rows) for rows in _runs(articles)]


def _runs(articles: list[Article]) -> list[list[Article]]:
    return [list(rows) for _name, rows in groupby(articles, key=lambda one: one.category_zh)]
