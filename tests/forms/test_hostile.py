"""Every form of the portal with hostile values in all its texts at once, as people of every role see it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.forms import BaseForm, JSONField
from django.urls import get_resolver

from onboarding.registration.second_factor import Guarded
from portal import typed
from tests.forms.walk import Found, Scenes, is_page, send, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("forms"), pytest.mark.timeout(900)]
HOSTILE = {
    "nul": "a\x00b", "control": "a\x07b", "c1": "a\x85b", "turned": "abc\u202edef", "isolate": "\u2066abc\u2069",
    "mark": "\u200fabc", "zero width": "a\u200bb", "bom": "\ufeffabc", "lost": "a\ufffdb",
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE x;--", "long": "长" * 20_000, "han": "𠮷䶮㛃", "dots": "买买提·艾力•麦麦提",
    "emoji": "👩🏽‍🌾🍜",
    "huge": "9" * 400, "nan": "NaN", "infinite": "1e400", "far": "9999999-99-99", "power": "²", "arabic": "١٢٣",
    "json": '["\\u0000", "\\ud842", 1e400]', "deep": "[" * 5000, "empty": "",
}  # fmt: skip
REFUSED = {"nul", "control", "c1", "turned", "isolate", "mark", "zero width", "bom", "lost"}
IN_WALK = (  # one of a kind; each of them alone is looked at below, and in single fields in test_fields
    "nul", "turned", "lost", "script", "sql", "long", "han", "emoji", "huge", "nan", "far", "power",
    "json", "deep", "empty",
)  # fmt: skip

FEW = ("nul", "lost", "huge")  # for the lists of the admin, which are all Django's own form


def test_no_form_breaks_and_each_refusal_stands_at_its_field(scenes: Scenes):
    """Each form with each value in all its texts: never a 500, never a page that is silent about what it refuses."""
    forms, problems = scenes.forms, []
    assert len(forms) > 200
    for key, (scene, _url, form) in forms.items():
        client, names = scene.client(), form.texts()
        for label in FEW if "changelist" in key else IN_WALK if names else ():
            with undone():
                answer = send(client, form, **dict.fromkeys(names, HOSTILE[label]))
                problems += [f"{one}: {key} with {label}" for one in wrong(answer, form, label)]
    assert not problems, "\n".join(problems)


def wrong(answer, form: Found, label: str) -> Iterator[str]:
    if answer.status_code >= 500:
        yield str(answer.status_code)
    if not is_page(answer):
        return
    if HOSTILE["script"].encode() in answer.content:
        yield "unescaped"
    if form.method == "post" and form.seen_texts() and label in REFUSED and not speaks(answer):
        yield "no sentence"


def speaks(answer) -> bool:
    return any(one in answer.content for one in (b'aria-invalid="true"', b"errorlist", b"errsum"))


# What is typed, alone ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["𠮷䶮㛃", "买买提·艾力", "a·b•c‧d", "O’Brien", " 刘小满\t"])
def test_rare_characters_and_dots_stay_in_a_name(text):
    assert typed.problem(text, name=True) is None


@pytest.mark.parametrize("label", sorted(REFUSED))
@pytest.mark.parametrize("kind", [{}, {"lines": True}, {"strict": True}, {"name": True}], ids=str)
def test_what_nobody_can_see_is_refused_everywhere(label, kind):
    assert typed.sentence(HOSTILE[label], **kind)


def test_half_a_character_is_refused():
    """It comes through JSON only; a form's text has lost it on the way already."""
    assert typed.sentence("a\ud842b") and typed.sentence("a\udfb7")


def test_emoji_belong_in_free_text_and_not_in_a_name():
    assert typed.sentence(HOSTILE["emoji"]) is None and typed.sentence(HOSTILE["emoji"], lines=True) is None
    assert "\U0001f35c" in str(typed.sentence("小满🍜", name=True).messages)
    assert typed.sentence("a\nb") and typed.sentence("a\n\tb", lines=True) is None


def test_every_form_of_ours_looks_at_what_is_typed():
    """Also a form that no page of the world shows. What a passkey answers is JSON of the browser's: nobody types it."""
    get_resolver().url_patterns  # noqa: B018  # brings in every view and its forms
    houses = ("portal.", "onboarding.", "devices.", "support.", "desk.")
    blind = [
        one
        for one in below(BaseForm)
        if one.__module__.startswith(houses) and not issubclass(one, (typed.Typed, Guarded))
    ]
    assert blind == []


def below(kind: type) -> set[type]:
    return {kind, *(deep for one in kind.__subclasses__() for deep in below(one))}


@pytest.mark.parametrize("text", ["NaN", "[1e400]", '{"a": "\\u0000"}', '{"\\u202e": 1}', '["\\ud842"]'])
def test_what_json_hides_is_refused_at_its_field(text):
    class Form(typed.Form):
        data = JSONField()

    assert Form({"data": text}).errors["data"] and Form({"data": '["𠮷", 1.5, null]'}).is_valid()
