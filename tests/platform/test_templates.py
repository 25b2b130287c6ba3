"""Every template of ours: it compiles, what it refers to exists, and nothing in it breaks the strict policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import FilterExpression, Node
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode
from django.urls import get_resolver

from portal.management.commands.messages import APPS
from portal.management.extraction import template_files

ROOT = Path(settings.BASE_DIR)
FILES = list(template_files(ROOT, [ROOT / app for app in APPS]))
PAGES = [path for path in FILES if path.suffix == ".html" and "emails" not in path.parts]
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event handler": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[\w:-]*)\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "a data: image": re.compile(r"\bsrc\s*=\s*[\"']?data:", re.I),
}
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def nodes(path: Path) -> list[Node]:
    return list(engines["django"].from_string(path.read_text()).template.nodelist.get_nodes_by_type(Node))


def constant(expression) -> str | None:
    return expression.var if isinstance(expression, FilterExpression) and isinstance(expression.var, str) else None


def known(name: str, resolver=None) -> bool:
    resolver = resolver or get_resolver()
    namespace, _, rest = name.partition(":")
    if not rest:
        return namespace in resolver.reverse_dict
    return namespace in resolver.namespace_dict and known(rest, resolver.namespace_dict[namespace][1])


def test_there_are_templates():
    assert PAGES


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_compiles_and_refers_to_what_exists(path):
    missing = []
    for node in nodes(path):
        if isinstance(node, URLNode) and node.asvar is None and (name := constant(node.view_name)):
            missing += [] if known(name) else [f"no address is named {name}"]
        if isinstance(node, IncludeNode | ExtendsNode):
            wanted = constant(node.template if isinstance(node, IncludeNode) else node.parent_name)
            missing += [f"no template {wanted}"] if wanted and not exists(wanted) else []
        if isinstance(node, StaticNode) and (file := constant(node.path)):
            missing += [] if finders.find(file) else [f"no static file {file}"]
    assert not missing


def exists(name: str) -> bool:
    return any(Path(folder, *name.split("/")).is_file() for folder in engines["django"].template_dirs)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_keeps_the_strict_policy(path):
    source = COMMENT.sub("", path.read_text())
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(source)] == []
