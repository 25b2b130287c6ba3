"""The articles that ship with Kaitong, into the table that people edit."""

from __future__ import annotations

from typing import Any

from onboarding import data
from support.models import Article


def load() -> None:
    """Add the articles that are not there yet; what somebody edited stays. Again is safe."""
    rows = data.document("articles.json")["articles"]
    Article.objects.bulk_create([_article(order, row) for order, row in enumerate(rows)], ignore_conflicts=True)


def _article(order: int, row: dict[str, Any]) -> Article:
    plain = ("category_zh", "category_en", "title_zh", "title_en", "note_zh", "note_en")
    lists = ("keywords_zh", "keywords_en", "steps_zh", "steps_en")
    return Article(
        slug=row["id"],
        order=order,
        **{name: row[name] or "" for name in plain},
        **{name: "\n".join(row[name]) for name in lists},
    )
