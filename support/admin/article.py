"""Help articles, edited here and read by everybody."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from support.models import Article


@admin.register(Article)
class ArticleAdmin(Table):
    list_display = ("title_zh", "title_en", "category_zh", "published", "updated_at")
    list_filter = ("published", "category_zh")
    search_fields = ("title_zh", "title_en", "keywords_zh", "keywords_en")
    prepopulated_fields = {"slug": ("title_en",)}
