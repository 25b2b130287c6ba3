"""axe-core on every page, in both languages, light and dark, on a phone and on a desk: no violation at all."""

import collections
import itertools
import os

from pages import Page
from playwright.sync_api import Page as Tab
from site_under_test import Site, browser, tool

LANGUAGES = ("zh-CN", "en")
SCHEMES = ("light", "dark")
WIDTHS = (360, 1280)
VIEWS = [
    one
    for one in itertools.product(LANGUAGES, SCHEMES, WIDTHS)
    if set(os.environ.get("VIEW", "").split()) <= set(map(str, one))  # VIEW="en dark 360" keeps one of the eight
]
STILL = "*{transition:none!important;animation:none!important}"


def check(site: Site, pages: list[Page]) -> int:
    """Prints each violation once with the places it stands at; how many there are."""
    axe = tool("axe-core/axe.min.js").read_text()
    found: dict[str, list[str]] = collections.defaultdict(list)
    seen = 0
    with browser() as one:
        for language, scheme, width in VIEWS:
            for role, group in itertools.groupby(pages, lambda page: page.role):
                view = {"width": width, "height": 800}
                context = site.context(one, role, locale=language, color_scheme=scheme, viewport=view, bypass_csp=True)
                tab = context.new_page()
                for page in group:
                    seen += 1
                    for rule, target in violations(tab, page, axe):
                        found[rule].append(f"{language} {scheme} {width} {page}: {target}")
                context.close()
    report(found)
    print(f"axe: {seen} views of {len(pages)} pages")
    return sum(map(len, found.values()))


def violations(tab: Tab, page: Page, axe: str) -> list[tuple[str, str]]:
    tab.goto(page.path, wait_until="load")
    tab.add_style_tag(content=STILL)
    tab.evaluate(axe)
    result = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (f"{one['id']}: {one['help']}", f"{node['target']} {node['failureSummary'].splitlines()[-1].strip()[:160]}")
        for one in result["violations"]
        for node in one["nodes"]
    ]


def report(found: dict[str, list[str]], most: int = 12) -> None:
    for rule, places in sorted(found.items(), key=lambda pair: -len(pair[1])):
        print(f"{len(places):5} {rule}")
        for place in places[:most]:
            print(f"        {place}")
