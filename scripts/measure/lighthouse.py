"""Lighthouse as on a mobile phone, on merchants' and technicians' pages: one run a page, figures beside limits."""

import collections
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from accessibility import report
from pages import Page
from site_under_test import CHROMIUM, FLAGS, Site, tool

FLOORS = {"performance": 95, "accessibility": 100, "best-practices": 100}
CEILINGS = {"largest-contentful-paint": 1800, "cumulative-layout-shift": 0.02}  # milliseconds; no unit
WHOSE = ("merchant", "staff technician")
MISSING = "/nowhere/"  # answers 404, which Lighthouse does not measure


def check(site: Site, pages: list[Page]) -> int:
    found: dict[str, list[str]] = collections.defaultdict(list)
    seen = [page for page in pages if (not page.role or page.role.startswith(WHOSE)) and page.path != MISSING]
    print(f"{len(seen)} pages: performance, accessibility, best practices, largest paint in ms, shift", flush=True)
    for page in seen:
        told = run(site, page)
        print(line(told, page), flush=True)
        for rule in broken(told):
            found[rule].append(str(page))
    report(found)
    print(f"lighthouse: {len(seen)} pages")
    return sum(map(len, found.values()))


def run(site: Site, page: Page, tries: int = 3) -> dict[str, Any]:
    """What Lighthouse tells; asked again when its own recording failed, which says nothing about the page."""
    with tempfile.NamedTemporaryFile(suffix=".json") as told:  # a pipe loses what node has not written at its exit
        command = [*lighthouse(site, page), f"--output-path={told.name}"]
        subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, "CHROME_PATH": CHROMIUM})
        found = json.loads(Path(told.name).read_text() or '{"categories": {}, "audits": {}, "runtimeError": {}}')
    return dict(found) if tries <= 1 or "runtimeError" not in found else run(site, page, tries - 1)


def lighthouse(site: Site, page: Page) -> list[str]:
    """The command, as somebody who is signed in."""
    state = site.sessions.get(page.role, {"cookies": []})
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in state["cookies"])
    return [
        "node", str(tool("lighthouse/cli/index.js")), f"{site.url}{page.path}", "--quiet", "--output=json",
        f"--only-categories={','.join(FLOORS)}", f"--chrome-flags=--headless {' '.join(FLAGS)}",
        "--disable-storage-reset", f"--extra-headers={json.dumps({'Cookie': cookies, 'Accept-Language': 'zh-CN'})}",
    ]  # fmt: skip


def line(told: dict[str, Any], page: Page) -> str:
    scores = " ".join(f"{round(100 * (told['categories'].get(name, {}).get('score') or 0)):3}" for name in FLOORS)
    figures = " ".join(f"{told['audits'].get(name, {}).get('numericValue', 0):8.2f}" for name in CEILINGS)
    return f"{scores} {figures}  {page}"


def broken(told: dict[str, Any]) -> list[str]:
    """The limits that this page breaks, and the audits behind a category that is not full."""
    found = [
        f"{name} below {floor}"
        for name, floor in FLOORS.items()
        if 100 * (told["categories"].get(name, {}).get("score") or 0) < floor
    ]
    found += [
        f"{name} above {most}"
        for name, most in CEILINGS.items()
        if told["audits"].get(name, {}).get("numericValue", 9e9) > most
    ]
    return found + [f"audit {name}" for name in failing(told)]


def failing(told: dict[str, Any]) -> list[str]:
    weighed = ("accessibility", "best-practices")
    refs = [one["id"] for name in weighed for one in told["categories"].get(name, {}).get("auditRefs", [])
            if one["weight"]]  # fmt: skip
    return [name for name in refs if (told["audits"][name].get("score") or 0) < 1
            and told["audits"][name]["scoreDisplayMode"] in ("binary", "numeric")]  # fmt: skip
