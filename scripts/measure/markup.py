"""Valid HTML on every page in both languages, by html-validate."""

import collections
import json
import subprocess
import tempfile
from pathlib import Path

from accessibility import LANGUAGES, report
from pages import Page
from site_under_test import HERE, Site, browser, tool


def check(site: Site, pages: list[Page]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        names = saved(site, pages, Path(folder))
        found = faults(Path(folder), names)
    report(found)
    print(f"html: {len(names)} documents")
    return sum(map(len, found.values()))


def saved(site: Site, pages: list[Page], folder: Path) -> dict[str, str]:
    """Every page as a file; file name -> page."""
    names: dict[str, str] = {}
    with browser() as one:
        for language in LANGUAGES:
            for number, page in enumerate(pages):
                context = site.context(
                    one, page.role, locale=language, extra_http_headers={"Accept-Language": language}
                )
                name = f"{language}-{number}.html"
                (folder / name).write_text(context.request.get(page.path).text())
                names[name] = f"{language} {page}"
                context.close()
    return names


def faults(folder: Path, names: dict[str, str]) -> dict[str, list[str]]:
    command = [tool("html-validate/bin/html-validate.mjs"), "--config", HERE / "htmlvalidate.json"]
    done = subprocess.run(["node", *command, "--formatter", "json", folder], capture_output=True, text=True)
    found: dict[str, list[str]] = collections.defaultdict(list)
    for result in json.loads(done.stdout or "[]"):
        where = names[Path(result["filePath"]).name]
        for one in result["messages"]:
            words = " ".join(one["message"].split())[:150]
            found[one["ruleId"]].append(f"{where}:{one['line']} {words}")
    return found
