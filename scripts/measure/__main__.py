"""Measures every page of a running demonstration: python3 scripts/bootstrap.py measure [what ...]

what: axe (accessibility), html (valid markup), layout (320 px, 200 % text, targets, weight), lighthouse (mobile).
Starts a demonstration of its own in a temporary folder; SITE=http://localhost:8000 measures one that runs already.
ONLY=merchant keeps the pages whose role or address contains that word, VIEW="dark 360" one of the four views of axe.
Needs Node and a Chromium. Exit code 1 when a limit is broken.
"""

import os
import sys
import time

import accessibility
import layout
import lighthouse
import markup
from pages import Page, crawl
from site_under_test import Site, running

CHECKS = {
    "html": markup.check,
    "layout": layout.check,
    "axe": accessibility.check,
    "lighthouse": lighthouse.check,
}


def main(asked: list[str]) -> int:
    unknown = set(asked) - set(CHECKS)
    if unknown:
        print(__doc__)
        return 2
    with running() as site:
        pages = chosen(site)
        return 1 if sum([run(name, site, pages) for name in asked or CHECKS]) else 0


def chosen(site: Site) -> list[Page]:
    only = os.environ.get("ONLY", "")
    pages = [page for page in crawl(site) if only in f"{page.role} {page.path}"]
    print(f"{len(pages)} pages of {len({page.role for page in pages})} roles at {site.url}", flush=True)
    return pages


def run(name: str, site: Site, pages: list[Page]) -> int:
    """One check over all pages; how many limits were broken."""
    began = time.monotonic()
    print(f"\n== {name}", flush=True)
    broken = CHECKS[name](site, pages)
    print(f"{name}: {broken} found in {time.monotonic() - began:.0f} s", flush=True)
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
