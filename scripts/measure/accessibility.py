"""axe-core on every page, in both languages, light and dark, on a phone and on a desk: no violation at all.

Drawings are asked by ourselves: axe does not look at the contrast of text in them.
"""

import collections
import itertools
import os
from pathlib import Path

from pages import Page
from playwright.sync_api import Page as Tab
from site_under_test import Site, browser, tool

LANGUAGES = ("zh-CN", "en")
SCHEMES = ("light", "dark")
WIDTHS = (360, 1280)
VIEWS = [
    one
    for one in itertools.product(SCHEMES, WIDTHS)
    if not os.environ.get("VIEW") or " ".join(map(str, one)) == os.environ["VIEW"]  # VIEW="dark 360" keeps one of four
]
STILL = "*{transition:none!important;animation:none!important}"
DRAWN = Path(__file__).with_name("drawn.js").read_text()
FAINT = "drawn-text: text of a drawing must stand out from what lies under it"


def check(site: Site, pages: list[Page]) -> int:
    """Prints each violation once with the places it stands at; how many there are."""
    axe = tool("axe-core/axe.min.js").read_text()
    found: dict[str, list[str]] = collections.defaultdict(list)
    with browser() as one:
        for language in LANGUAGES:
            for role, group in itertools.groupby(pages, lambda page: page.role):
                context = site.context(one, role, locale=language, bypass_csp=True)
                tab = context.new_page()
                for page in group:
                    for rule, target in violations(tab, page, axe):
                        found[rule].append(f"{language} {target}")
                context.close()
            print(f"{language} is through", flush=True)
    report(found)
    print(f"axe: {len(LANGUAGES) * len(VIEWS)} views of {len(pages)} pages")
    return sum(map(len, found.values()))


def violations(tab: Tab, page: Page, axe: str) -> list[tuple[str, str]]:
    """Of one page in every view, loaded once."""
    tab.goto(page.path, wait_until="load")
    tab.add_style_tag(content=STILL)
    tab.evaluate(axe)
    return [each for scheme, width in VIEWS for each in viewed(tab, page, scheme, width)]


def viewed(tab: Tab, page: Page, scheme: str, width: int) -> list[tuple[str, str]]:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    result = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
    view = f"{scheme} {width} {page}"
    return [
        (f"{one['id']}: {one['help']}", f"{view}: {node['target']} {advice(node)}")
        for one in result["violations"]
        for node in one["nodes"]
    ] + [(FAINT, f"{view}: {place}") for place in tab.evaluate(DRAWN)]


def advice(node: dict[str, str]) -> str:
    return node["failureSummary"].splitlines()[-1].strip()[:160]


def report(found: dict[str, list[str]], most: int = 12) -> None:
    for rule, places in sorted(found.items(), key=lambda pair: -len(pair[1])):
        print(f"{len(places):5} {rule}")
        for place in places[:most]:
            print(f"        {place}")
