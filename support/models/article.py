"""An article of the help pages."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.words import pick


class Article(models.Model):
    """How to do or mend one thing, step by step. Public; edited in the admin. Lists are kept one item a line."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    category_zh = models.CharField(_("category (Chinese)"), max_length=40)
    category_en = models.CharField(_("category (English)"), max_length=60)
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True, default="")
    keywords_zh = models.TextField(_("keywords (Chinese), one a line"), blank=True, default="")
    keywords_en = models.TextField(_("keywords (English), one a line"), blank=True, default="")
    steps_zh = models.TextField(_("steps (Chinese), one a line"))
    steps_en = models.TextField(_("steps (English), one a line"), blank=True, default="")
    note_zh = models.TextField(_("note (Chinese)"), blank=True, default="")
    note_en = models.TextField(_("note (English)"), blank=True, default="")
    published = models.BooleanField(_("published"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("help article")
        verbose_name_plural = _("help articles")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return pick(self, "title")

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def steps(self) -> list[str]:
        """The steps in the reader's language."""
        return pick(self, "steps").splitlines()
