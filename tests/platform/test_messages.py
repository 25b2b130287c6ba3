"""The translations are complete in both languages, and the tool that keeps them finds and checks what it should."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.conf import settings
from django.core.management import call_command

from portal.management import catalogues, extraction
from portal.management.catalogues import Found


def python(source: str) -> set[tuple[str, str, str]]:
    return {(text.context, text.msgid, text.plural) for text in extraction.python_texts(dedent(source), "x.py")}


def template(source: str) -> set[tuple[str, str, str]]:
    texts = extraction.template_texts("{% load i18n %}" + source, "x.html")
    return {(text.context, text.msgid, text.plural) for text in texts}


def test_complete_in_both_languages(capsys):
    call_command("messages", check=True)


def test_python_texts_under_any_name():
    found = python(
        """
        from django.utils import translation
        from django.utils.translation import gettext, gettext_lazy as _, ngettext as many, pgettext, gettext_noop
        _("a"), gettext("b" "c"), many("%(n)s day", "%(n)s days", n), pgettext("short", "Mon"), gettext_noop("d")
        translation.gettext("e"), gettext(name), other("f")
        """
    )
    assert found == {
        ("", "a", ""),
        ("", "bc", ""),
        ("", "%(n)s day", "%(n)s days"),
        ("short", "Mon", ""),
        ("", "d", ""),
        ("", "e", ""),
    }


def test_text_that_is_put_together_is_refused():
    with pytest.raises(extraction.BadText, match="x.py:2"):
        python('from django.utils.translation import gettext\ngettext(f"hello {name}")')


def test_template_texts_as_they_are_looked_up():
    assert template('{% translate "Home" context "menu" %}') == {("menu", "Home", "")}
    assert template('{% if x %}{% translate "100% safe" %}{% endif %}') == {("", "100%% safe", "")}
    assert template("{% blocktranslate trimmed %}\n  Hello\n  {{ name }}\n{% endblocktranslate %}") == {
        ("", "Hello %(name)s", "")
    }
    block = "{% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    assert template(block) == {("", "%(n)s row", "%(n)s rows")}
    assert template('{{ title|default:_("None yet") }}') == {("", "None yet", "")}


TEXTS = {("", "Hello %(name)s"): Found("", {"a.py"}, True), ("", "%(n)s day"): Found("%(n)s days", {"a.py"}, True)}


def made(tmp_path: Path, language: str, known: dict[str, str]) -> list[str]:
    path = catalogues.path_of(tmp_path, language)
    catalogues.save(catalogues.updated(catalogues.load(path, language), TEXTS, known, {}), path)
    return list(catalogues.faults(catalogues.load(path, language), TEXTS, language))


def test_english_writes_itself(tmp_path):
    assert made(tmp_path, "en", {}) == []


def test_missing_and_wrong_placeholders_are_named(tmp_path):
    faults = made(tmp_path, "zh_Hans", {"Hello %(name)s": "您好 %(nmae)s"})
    assert len(faults) == 2
    assert "not translated: '%(n)s day'" in faults[0]
    assert "the placeholders differ" in faults[1]


def test_translations_stay_and_what_is_gone_goes(tmp_path):
    known = {"Hello %(name)s": "您好 %(name)s", "%(n)s day": "%(n)s 天", "old": "旧"}
    assert made(tmp_path, "zh_Hans", known) == []
    assert made(tmp_path, "zh_Hans", {}) == []
    assert "旧" not in catalogues.path_of(tmp_path, "zh_Hans").read_text()


def test_compiled_when_newer(tmp_path):
    made(tmp_path, "zh_Hans", {})
    assert len(catalogues.compile_stale(tmp_path)) == 1
    assert catalogues.compile_stale(tmp_path) == []


def test_compiled_before_the_tests():
    assert catalogues.stale(Path(settings.BASE_DIR) / "locale") == []
