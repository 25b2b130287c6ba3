"""Finding articles by words, in both languages at once: keywords weigh most, then the title, then the steps.

Chinese is written without blanks, so a run of Chinese is compared by its pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from support.models import Article

MOST = 500  # articles that are looked through; a help page has dozens
FAR_BEHIND = 3  # an article with less than this part of the best one's points is left out
LONGEST = 300  # characters of the words that are compared
_WORD = re.compile(r"[a-z0-9]{2,}|[\u3400-\u9fff\U00020000-\U0003ffff]+")


def search(words: str, most: int = 20) -> list[Article]:
    """The published articles that fit, best first; none when nothing fits. One query."""
    wanted = words[:LONGEST].casefold()
    terms = frozenset(_terms(wanted))
    if not terms:
        return []
    rated = [(score(article, wanted, terms), article) for article in Article.objects.filter(published=True)[:MOST]]
    rated.sort(key=lambda pair: -pair[0])  # stable: the editors' order where two fit alike
    least = max(1, rated[0][0] // FAR_BEHIND) if rated else 1
    return [article for points, article in rated[:most] if points >= least]


def score(article: Article, wanted: str, terms: frozenset[str]) -> int:
    """How well an article fits; 0 means not at all."""
    keywords = f"{article.keywords_zh}\n{article.keywords_en}".casefold().splitlines()
    titles = f"{article.title_zh} {article.title_en}".casefold()
    steps = f"{article.steps_zh} {article.steps_en}".casefold()
    named = sum(4 for keyword in keywords if keyword and keyword in wanted)
    return named + sum(3 * (term in titles) + (term in steps) for term in terms)


def _terms(words: str) -> Iterator[str]:
    for run in _WORD.findall(words):
        if run.isascii() or len(run) < 2:
            yield run
        else:
            yield from (run[place : place + 2] for place in range(len(run) - 1))
