"""Every field of every form alone with a hostile value: never a 500; a refusal stands at its field, the rest stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from tests.forms.test_fields import UNSEEN, VALUES
from tests.forms.walk import Found, Scenes, is_page, lost, read_page, says_at, send, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("forms"), pytest.mark.timeout(900)]
ALONE = ("nul", "script", "huge")  # of each sort one; eight of them found no more in a quarter of an hour
LEFT_OUT = {
    "__prefix__": "a row that a script copies; it is not sent",
    "new_password1": "a password may hold anything; its repetition speaks when the two differ",
}


def test_each_field_alone(scenes: Scenes):
    problems = []
    for key, (scene, _url, form) in scenes.forms.items():
        if "changelist" in key or form.method != "post":
            continue
        client = scene.client()
        for name, label in product(filter(looked_at, form.seen_texts()), ALONE):
            with undone():
                answer = send(client, form, **{name: VALUES[label]})
                problems += [f"{key}: {name} with {label}: {told}" for told in wrong(answer, form, name, label)]
    assert not problems, "\n".join(problems)


def looked_at(name: str) -> bool:
    return not any(one in name for one in LEFT_OUT)


def wrong(answer, form: Found, name: str, label: str) -> Iterator[str]:
    if answer.status_code >= 500:
        yield str(answer.status_code)
    if not is_page(answer):
        return
    page = read_page(answer)
    if VALUES["script"].encode() in answer.content:
        yield "unescaped"
    if label in UNSEEN and not says_at(page, form, name):
        yield "no sentence at its field"
    if gone := lost(page, form, form.sent(), name):
        yield f"lost {gone}"
