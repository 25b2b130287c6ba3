"""One vocabulary for how something stands: nobody writes these words by hand, and each has one tone."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.urls import reverse
from django.utils.translation import override

from onboarding.flow.status import STATUSES, YOUR_TURN
from onboarding.pages import rail
from tests import make

ROOT = Path(settings.BASE_DIR)
RETIRED = {"To do", "With us", "Finished", "Waiting for you", "Returned · your turn"}
OWN = {"onboarding/flow/status.py", "onboarding/models/document.py"}  # a paper's own state, which migrations name


def words() -> set[str]:
    with override("en"):
        return {str(one.word) for one in STATUSES.values()} | RETIRED


def test_no_template_writes_a_status_by_hand():
    found = []
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in (".html", ".txt"):
            texts = re.findall(r'{%\s*translate "([^"]+)"', path.read_text())
            found += [f"{path.name}: {text}" for text in texts if text in words()]
    assert found == []


def test_no_module_writes_a_status_by_hand():
    found = []
    for app in ("onboarding", "devices", "support", "desk"):
        for path in (ROOT / app).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if "migrations" not in path.parts and name not in OWN:
                found += [f"{name}: {text}" for text in texts_of(path) if text in words()]
    assert found == []


def texts_of(path: Path) -> list[str]:
    """Everything between _( and ) in a module."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    marked = (node for node in calls if getattr(node.func, "id", "") in ("_", "gettext", "gettext_lazy") and node.args)
    return [node.args[0].value for node in marked if isinstance(node.args[0], ast.Constant)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_words_are_short_and_differ(language):
    with override(language):
        found = [str(one.word) for one in STATUSES.values()]
    assert len(set(found)) == len(found)
    assert max(map(len, found)) <= (8 if language == "zh-hans" else 20)


def test_a_template_asks_for_a_word_or_a_badge():
    with override("en"):
        source = '{% load onboarding %}{% status "our_turn" %}{% status_badge "done" %}'
        drawn = engines["django"].from_string(source).render()
    assert drawn.startswith("Our turn") and 'class="tag ok"' in drawn and "Done" in drawn


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_rail_card_list_and_map_say_the_same(client, language):
    case = make.case("identity_returned")
    client.force_login(case.opened_by)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("case", args=[case.ref])).content.decode()
    with override(language):
        word = str(YOUR_TURN.word)
        assert str(rail(case)[1].word) == word
        returned = str(STATUSES["returned_yours"].word)
    assert page.count(word) >= 2 and page.count(returned) >= 2
    for old in ("To do", "With us", "轮到您", "轮到我们", "退回补正"):
        assert old not in page


@pytest.mark.django_db
def test_a_live_case_says_once_that_it_takes_cards(client):
    case = make.case("live")
    client.force_login(case.opened_by)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("case", args=[case.ref])).content.decode()
    page = page[page.index("<main") :]
    assert page.count("You can take payments.") == 1 and 'class="need us split"' not in page
