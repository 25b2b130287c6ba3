"""Every verb and every fact tells somebody, or says why nobody: walked over the machines and the source itself."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template

from desk.letters import catalogue, reach
from devices import flow as devices
from onboarding.flow import VERBS, agreement
from onboarding.notices import ONE_IS_ENOUGH, TOLD, UNTOLD
from onboarding.services import SYSTEM, record
from support import flow as support
from tests import make, people

APPS = ("onboarding", "devices", "support", "desk")
FOLDERS = {path.name for path in (Path(settings.BASE_DIR) / "templates/emails").iterdir() if path.is_dir()}


def calls(*names: str):
    """Every call of such a function in our sources."""
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
                    yield node


def facts() -> set[str]:
    """The facts that are recorded and that a merchant may read."""
    found = set()
    for call in calls("record"):
        internal = any(word.arg == "public" for word in call.keywords)
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) and not internal:
            found.add(f"fact:{call.args[1].value}")
    return found


def test_every_verb_tells_or_says_why_not():
    assert set(VERBS) - set(TOLD) - set(UNTOLD) == set()


def test_every_public_fact_tells_or_says_why_not():
    assert len(facts()) > 20, "the walk finds them"
    assert facts() - set(TOLD) - set(UNTOLD) == set()


def test_nothing_is_told_and_not_told_and_every_reason_is_a_sentence():
    assert set(TOLD) & set(UNTOLD) == set()
    assert all(str(why).endswith((".", "。")) for why in UNTOLD.values())
    assert set(TOLD) >= ONE_IS_ENOUGH


def test_internal_verbs_never_tell():
    assert [name for name, verb in VERBS.items() if verb.internal and name in TOLD] == []


def machines() -> set[type]:
    """The models of the flows of every app, without the case's own."""
    modules = (devices, support, agreement)
    found = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    return {one for one in found if one.__name__.endswith("Flow")}


def test_the_small_machines_are_all_there():
    assert set(reach.HEARD) == machines()
    moved = {base for model in apps.get_models() for base in model.__mro__ if base.__name__.endswith("Flow")}
    assert machines() <= moved


@pytest.mark.parametrize("machine", sorted(reach.HEARD, key=lambda one: one.__name__), ids=lambda one: one.__name__)
def test_every_door_of_a_small_machine_tells_or_says_why_not(machine):
    heard = reach.HEARD[machine]
    assert set(heard) == reach.doors(machine)
    for told in heard.values():
        assert catalogue.find(told) if isinstance(told, str) else str(told).endswith((".", "。"))


def test_every_folder_of_words_is_a_letter_with_all_its_parts():
    assert {one.name for one in catalogue.letters()} == FOLDERS
    parts = {"mail": ("subject.txt", "body.txt", "body.html"), "sms": ("sms.txt",)}
    for one in catalogue.letters():
        for channel in one.channels:
            for part in parts[channel]:
                get_template(f"emails/{one.name}/{part}")


def test_whatever_is_sent_without_a_verb_is_in_the_catalogue():
    told = {str(call.args[0].value) for call in calls("tell", "_tell") if isinstance(call.args[0], ast.Constant)}
    assert told >= {"sign_in_code", "claim_link", "export_ready", "ticket_late"}
    assert {name for name in told if catalogue.find(name) is None} == set()


@pytest.mark.django_db
def test_where_one_message_is_enough_the_sms_is_for_those_without_a_mail_address():
    case = make.case("delivery", by=people.merchant(email=""))
    both = make.case("delivery", by=people.merchant())
    for one in (case, both):
        record(one.pk, "shipped", by=SYSTEM, data={"terminals": 1})
    channels = [sorted(one.entries.last().notices.values_list("channel", flat=True)) for one in (case, both)]
    assert channels == [["sms"], ["mail"]]


@pytest.mark.django_db
def test_an_appointment_goes_by_both():
    case = make.case("delivery", by=people.merchant())
    moment = "2026-11-30T14:00:00+08:00"
    entry = record(case.pk, "visit_booked", by=SYSTEM, data={"visit": 1, "starts_at": moment, "ends_at": moment})
    assert sorted(entry.notices.values_list("channel", flat=True)) == ["mail", "sms"]
