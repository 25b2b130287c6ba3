"""Every page that somebody can reach by links from where they begin, one for each kind of address."""

import dataclasses
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIRequestContext
from site_under_test import Site, browser

STARTS = ("/", "/home/", "/desk/", "/field/", "/agent/", "/admin/", "/start/", "/help/", "/plans/", "/terminals/")
STRANGER = (*STARTS, "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/privacy/", "/nowhere/")
OWN = re.compile(r"^/(home/|cases/<ref>/)$")  # look different in every state, so each merchant's is kept
SKIP = re.compile(r"/(logout|jsi18n|metrics|livez|readyz|static)/?|\.(svg|pdf|ics|zip|csv)$|/html/$|documents/<n>/")
KINDS = (  # what differs between two addresses of one page
    (re.compile(r"\b(KT|TK)-\w{4}-\w{4}\b", re.I), "<ref>"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "<ref>"),
    (re.compile(r"/(learn|pay|claim)/[^/]+/"), r"/\1/<key>/"),
    (re.compile(r"/[^/]+/(change|delete|history)/$"), r"/<row>/\1/"),
    (re.compile(r"/(documents|papers)/[a-z_]+/$"), r"/\1/<kind>/"),
    (re.compile(r"/(help|rehearsal)/[\w-]+/$"), r"/\1/<name>/"),
    (re.compile(r"/\d+/"), "/<n>/"),
)
STAFFS_OWN = ("/desk/", "/field/", "/cases/", "/agent/", "/admin/onboarding/case/")  # by role
MAIN = re.compile(r"<main\b|id=\"content\"")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')


@dataclasses.dataclass(frozen=True)
class Page:
    """One page for one role; `kind` is its address without what names a row."""

    role: str
    path: str
    kind: str
    sends: bool = False  # whether it holds a form of its own: a step looks different while it is open

    def __str__(self) -> str:
        return f"{self.role or 'nobody'} {self.path}"


def kind_of(path: str) -> str:
    for pattern, name in KINDS:
        path = pattern.sub(name, path)
    return path


def crawl(site: Site) -> list[Page]:
    """The pages, merchants' steps once for all merchants, the rest once for each role."""
    seen: set[tuple[str, str]] = set()
    found: list[Page] = []
    with browser() as one:
        for role in ("", *site.sessions):
            context = site.context(one, role)
            found += _of(role, site, context.request, seen)
            context.close()
    return found


def _of(role: str, site: Site, ask: APIRequestContext, seen: set[tuple[str, str]]) -> Iterator[Page]:
    queue = list(STARTS if role else STRANGER)
    asked: set[str] = set()
    for path in queue:
        kind = kind_of(path)
        if kind in asked or SKIP.search(kind) or (shared(role, path) and key(Page(role, path, kind, True)) in seen):
            continue
        asked.add(kind)
        answer = ask.get(path, max_redirects=0)
        if answer.status in (301, 302):
            queue.append(urlsplit(answer.headers["location"]).path)
        elif "text/html" in answer.headers.get("content-type", "") and (answer.ok or path == "/nowhere/"):
            text = answer.text()
            queue += links(text, path)
            page = Page(role, path, kind, 'method="post"' in MAIN.split(text)[-1])
            if key(page) not in seen:
                seen.add(key(page))
                yield page


def key(page: Page) -> tuple[str, str, bool]:
    """Pages with the same key are one page to us: merchants share their steps, the staff the admin."""
    return (crowd(page.role) if shared(page.role, page.path) else page.role, page.kind, page.sends)


def shared(role: str, path: str) -> bool:
    return not OWN.match(kind_of(path)) if role.startswith("merchant") else not path.startswith(STAFFS_OWN)


def crowd(role: str) -> str:
    return role.split(" ")[0]


def links(text: str, path: str) -> list[str]:
    """Paths on this site that the page links to, without their queries."""
    there = (urlsplit(urljoin(path, href.replace("&amp;", "&"))) for href in LINK.findall(text))
    return list(dict.fromkeys(one.path for one in there if not one.netloc and one.path.startswith("/")))
