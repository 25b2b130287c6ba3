"""What README and docs/ point to exists: links, pictures, paths, make's targets, commands."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|json|csv|toml|lock|po|css)")
TOPS = {entry.name for entry in ROOT.iterdir()} - {"var"}


def _paths(text: str) -> set[str]:
    """What stands in `code` and looks like a file or folder of this repository; `<step>` stands for any name."""
    words = {re.sub(r"<\w+>", "*", word) for code in CODE.findall(text) for word in code.split()}
    plain = {word for word in words if PATH.fullmatch(word.replace("*", "x"))}
    return {word for word in plain if word.split("/")[0] in TOPS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = [link for link in LINK.findall(page.read_text()) if not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_exist(page):
    assert [path for path in _paths(page.read_text()) if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page):
    text, makefile = page.read_text(), (ROOT / "Makefile").read_text()
    named = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert named - set(get_commands()) == set()
    targets = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.M)[0].split())
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.M)) <= targets
    assert set(re.findall(r"scripts/bootstrap\.py ([a-z]+)", text)) <= targets


def test_both_readmes_name_the_same():
    english, chinese = (page.read_text() for page in PAGES[:2])
    only = [sorted(_paths(one) - _paths(other)) for one, other in ((english, chinese), (chinese, english))]
    assert only == [[], []]
    pictures = [re.findall(r"docs/pictures/([\w-]+)\.(\w\w)\.png", text) for text in (english, chinese)]
    assert {name for name, _tongue in pictures[0]} == {name for name, _tongue in pictures[1]}
    assert {tongue for _name, tongue in pictures[0]} == {"en"} and {tongue for _name, tongue in pictures[1]} == {"zh"}


def test_pictures_are_small():
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert sum(file.stat().st_size for file in pictures) <= 1_500_000
    shown = PAGES[0].read_text() + PAGES[1].read_text()
    assert [file.name for file in pictures if f"docs/pictures/{file.name}" not in shown] == []
