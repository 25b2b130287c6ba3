"""Retakes the pictures of the README: python3 scripts/bootstrap.py screenshots [name …]. Needs a Chromium.

Starts a demonstration of its own (or uses the one at SITE), signs in as its people and writes
docs/pictures/<name>.<zh or en>.png with few colours, so that the pictures stay small.
"""

import contextlib
import dataclasses
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts" / "measure"))

import site_under_test  # noqa: E402  # the folder is no package: `scripts/measure` runs as a program

PICTURES = ROOT / "docs" / "pictures"
LANGUAGES = {"zh": "zh-hans", "en": "en"}  # ending of the file: what the cookie says
DESKTOP, PHONE = (1280, 800), (390, 780)
COLOURS = 256
MOST = 1_500_000  # bytes of all pictures together


@dataclasses.dataclass(frozen=True)
class Shot:
    """The page at `path`, or the one behind links whose addresses match `links`, one after the other."""

    name: str
    role: str
    path: str
    links: tuple[str, ...] = ()
    size: tuple[int, int] = DESKTOP


CHANGE = r"^KT-[^/]+/change/"
REVIEW = "/admin/onboarding/case/?at=identity_review"
SHOTS = (
    Shot("front", "", "/", size=(1280, 860)),
    Shot("case", "merchant 10", "/home/"),
    Shot("workbench", "staff reviewer", REVIEW, (CHANGE,), (1440, 900)),
    Shot("queue", "staff reviewer", "/admin/onboarding/case/", size=(1440, 900)),
    Shot("rehearsal", "staff reviewer", "/rehearsal/"),
    Shot("case-phone", "merchant 6", "/home/", size=PHONE),
    Shot("papers-phone", "merchant 6", "/home/", (r"/documents/id_portrait/$",), PHONE),
    Shot("visit-phone", "staff technician", "/field/", (r"^/field/visits/\d+/$",), PHONE),
)


def main(wanted: list[str]) -> int:
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    PICTURES.mkdir(parents=True, exist_ok=True)
    with site_under_test.browser() as browser, somewhere() as url:
        sessions = {shot.role: signed_in(browser, url, shot.role) for shot in shots}
        site = site_under_test.Site(url, sessions)
        for shot in shots:
            for language, data in taken(site, browser, shot):
                (PICTURES / f"{shot.name}.{language}.png").write_bytes(few_colours(data))
                print(f"docs/pictures/{shot.name}.{language}.png", flush=True)
    total = sum(file.stat().st_size for file in PICTURES.glob("*.png"))
    print(f"{total / 1000:.0f} kB in all")
    return 1 if total > MOST else 0


@contextlib.contextmanager
def somewhere() -> Iterator[str]:
    """The address of a demonstration: the one at SITE, or one of our own until we are done."""
    if given := os.environ.get("SITE"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="kaitong-pictures-") as data, site_under_test.started(data) as url:
        yield url


def signed_in(browser: Browser, url: str, role: str) -> dict | None:
    return site_under_test.session(browser, url, site_under_test.logins()[role]) if role else None


def taken(site: "site_under_test.Site", browser: Browser, shot: Shot) -> Iterator[tuple[str, bytes]]:
    """The page in both languages."""
    width, height = shot.size
    scale = 2 if shot.size == PHONE else 1
    for language, chosen in LANGUAGES.items():
        options = {"viewport": {"width": width, "height": height}, "device_scale_factor": scale}
        context = site.context(browser, shot.role, **options)
        context.add_cookies([{"name": "django_language", "value": chosen, "url": site.url}])
        page = context.new_page()
        reach(page, shot)
        page.wait_for_load_state("networkidle")
        yield language, page.screenshot()
        context.close()


def reach(page: Page, shot: Shot) -> None:
    page.goto(shot.path)
    for wanted in shot.links:
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        found = next((link for link in links if re.search(wanted, link)), None)
        if found is None:
            raise SystemExit(f"{shot.name}: no link like {wanted} on {page.url}")
        page.goto(urljoin(page.url, found))


def few_colours(data: bytes) -> bytes:
    """A palette instead of true colours: a quarter of the size; rounds of k-means keep large grounds as they are."""
    out = io.BytesIO()
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
