"""A list walked from page to page by its own links, to its end and back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from django.test import Client

Show = Callable[[Any], list[Any]]


def walked(client: Client, url: str, show: Show) -> list[Any]:
    """What `show` finds in the contexts of all pages; the way back, where there is one, has to show the same."""
    pages, last, leads_back = _followed(client, url, show, ("next_url", "older_url"))
    if leads_back:
        assert _followed(client, last, show, ("previous_url",))[0] == pages[::-1]
    return [row for page in pages for row in page]


def _followed(client: Client, url: str, show: Show, names: tuple[str, ...]) -> tuple[list[list[Any]], str, bool]:
    """(rows page by page, the address of the last page, whether its kind of list leads back)."""
    pages = []
    while True:
        context = client.get(url).context
        pages.append(show(context))
        beside = next((context[name] for name in names if context.get(name)), "")
        if not beside:
            return pages, url, "previous_url" in context
        url = urljoin(url, beside)
