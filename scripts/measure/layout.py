"""What a person's eyes and fingers meet: nothing sticks out at 320 px or at 200 % text, targets, cut words, weight."""

import collections
import functools
import gzip
import itertools
import re
import urllib.request

from accessibility import LANGUAGES, report
from pages import Page
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request
from site_under_test import Site, browser

WEIGHT = 150_000  # bytes of a first load
PAPER = re.compile(r"/documents/\d+/pages/")  # the picture that a reviewer came to read, in full
TARGET = 44  # pixels, on pages that are touched
TOUCHED = ("merchant", "staff technician", "agent", "")
SIZES = ((320, 1), (360, 1), (360, 2), (1280, 2))  # width in pixels, text in times
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1
    && !one.closest("[data-scrolls], .scroll, .grid-wrap, svg"));
  return (wide.length ? wide : [document.body]).slice(0, 3).map(one => "sticks out " + one.outerHTML.slice(0, 90));
}"""
CUT = """() => [...document.querySelectorAll("a, button, .tag, h1, h2, h3, dt, dd, th, label, p, li, b, span")]
  .filter(one => one.childElementCount === 0 && one.textContent.trim() && one.clientWidth && !one.closest(".vh, .skip")
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
  ).slice(0, 5).map(one => "cut " + one.outerHTML.slice(0, 90))"""
SMALL = f"""() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .map(one => [one, (one.closest("label") || (one.id && document.querySelector(`label[for="${{one.id}}"]`))
    || one)]).map(([one, label]) => [one, one.getBoundingClientRect(), label.getBoundingClientRect()])
  .filter(([one, box, label]) => box.width && getComputedStyle(one).visibility === "visible"
    && !(one.tagName === "A" && getComputedStyle(one).display === "inline") && !one.closest(".skip, .vh, .toast")
    && Math.max(box.height, label.height) < {TARGET} - 0.5)
  .slice(0, 8)
  .map(([one, box]) => `${{Math.round(box.width)}} x ${{Math.round(box.height)}} ` + one.outerHTML.slice(0, 90))"""


class Scale:
    """Bytes over the wire of a first load; the papers that one came to read are apart."""

    def __init__(self) -> None:
        self.most = (0, "")

    def weighed(self, page: Page, came: list[Request]) -> list[tuple[str, str]]:
        """Something where the page is too heavy."""
        total = sum(bytes_of(each) for each in came if not PAPER.search(each.url))
        self.most = max(self.most, (total, str(page)))
        return [("heavier than 150 kB", f"{total // 1000} kB")] if total > WEIGHT else []


def check(site: Site, pages: list[Page]) -> int:
    found: dict[str, list[str]] = collections.defaultdict(list)
    scale = Scale()
    with browser() as one:
        for language in LANGUAGES:
            for role, group in itertools.groupby(pages, lambda page: page.role):
                context = site.context(one, role, locale=language)
                tab = never_keeping(context.new_page())
                for page in group:
                    for rule, target in looked(tab, page, scale):
                        found[rule].append(f"{language} {page}: {target}")
                        print(f"{rule}: {language} {page}: {target}", flush=True)
                context.close()
            print(f"{language} is through", flush=True)
    report(found)
    print(f"heaviest: {scale.most[0] // 1000} kB {scale.most[1]}")
    return sum(map(len, found.values()))


def never_keeping(tab: Tab) -> Tab:
    """Every page is loaded as if it were the first one of an empty browser."""
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")  # without it the next line is heard and does nothing
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return tab


def looked(tab: Tab, page: Page, scale: Scale) -> list[tuple[str, str]]:
    """One page on the scale and in every size, loaded once."""
    came: list[Request] = []
    hear = lambda request: came.append(request)  # noqa: E731  # the browser's driver wants a plain function
    tab.on("requestfinished", hear)
    tab.goto(page.path, wait_until="load")
    found = [each for width, times in SIZES for each in sized(tab, page, width, times)]
    tab.remove_listener("requestfinished", hear)
    return found + scale.weighed(page, came)


def sized(tab: Tab, page: Page, width: int, times: int) -> list[tuple[str, str]]:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.evaluate(f"document.documentElement.style.fontSize = '{times * 100}%'")
    name = f"{width} px, text × {times}"
    found = [(f"{name}: too wide", one) for one in tab.evaluate(WIDE)]
    found += [(f"{name}: cut", one) for one in tab.evaluate(CUT)]
    if (width, times) == (360, 1) and page.role.startswith(TOUCHED[:3]):
        found += [(f"{name}: target below {TARGET} px", one) for one in tab.evaluate(SMALL)]
    return found


def bytes_of(request: Request) -> int:
    """Headers and body over the wire."""
    sizes = request.sizes()
    body = sent(request.url) if "/static/" in request.url else sizes["responseBodySize"]
    return sizes["responseHeadersSize"] + body


@functools.cache
def sent(url: str) -> int:
    """As an installation sends it: there WhiteNoise compresses styles, scripts and drawings, in a demonstration not."""
    with urllib.request.urlopen(url) as answer:
        data = answer.read()
    return min(len(data), len(gzip.compress(data)))
