"""What a person's eyes and fingers meet: nothing sticks out at 320 px or at 200 % text, targets, cut words, weight."""

import collections
import itertools

from accessibility import LANGUAGES, report
from pages import Page
from playwright.sync_api import Page as Tab
from site_under_test import Site, browser

WEIGHT = 150_000  # bytes of a first load
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


def check(site: Site, pages: list[Page]) -> int:
    found: dict[str, list[str]] = collections.defaultdict(list)
    with browser() as one:
        for language, (width, times) in itertools.product(LANGUAGES, SIZES):
            for role, group in itertools.groupby(pages, lambda page: page.role):
                context = site.context(one, role, locale=language, viewport={"width": width, "height": 800})
                tab = context.new_page()
                for page in group:
                    tab.goto(page.path)
                    for rule, target in looked(tab, page, width, times):
                        found[rule].append(f"{language} {page}: {target}")
                context.close()
        weigh(site, pages, one, found)
    report(found)
    return sum(map(len, found.values()))


def looked(tab: Tab, page: Page, width: int, times: int) -> list[tuple[str, str]]:
    if times > 1:
        tab.evaluate(f"document.documentElement.style.fontSize = '{times * 100}%'")
    name = f"{width} px, text × {times}"
    found = [(f"{name}: too wide", one) for one in tab.evaluate(WIDE)]
    found += [(f"{name}: cut", one) for one in tab.evaluate(CUT)]
    if (width, times) == (360, 1) and page.role.startswith(TOUCHED[:3]):
        found += [(f"{name}: target below {TARGET} px", one) for one in tab.evaluate(SMALL)]
    return found


def weigh(site: Site, pages: list[Page], one: object, found: dict[str, list[str]]) -> None:
    """Bytes over the wire of a first load, in a browser that has nothing yet."""
    most = (0, "")
    for page in pages:
        context = site.context(one, page.role)
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda told, sizes=sizes: sizes.append(int(told["encodedDataLength"])))
        tab.goto(page.path, wait_until="networkidle")
        most = max(most, (sum(sizes), str(page)))
        if sum(sizes) > WEIGHT:
            found["heavier than 150 kB"].append(f"{page}: {sum(sizes) // 1000} kB")
        context.close()
    print(f"heaviest: {most[0] // 1000} kB {most[1]}")
