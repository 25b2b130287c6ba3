"""Nobody but the services fires a verb or writes a state: looked for in the source, since Python cannot forbid it."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from onboarding.flow import VERBS

APPS = ("portal", "onboarding", "devices", "support", "desk")
FILES = [
    path for app in APPS for path in sorted((settings.BASE_DIR / app).rglob("*.py")) if "migrations" not in path.parts
]
OTHER_MACHINES = ("devices", "support")  # their own nouns have a state too, moved by their own services
CASE_DOORS = set(VERBS) - {"close", "resume", "withdraw"}  # these three are names of other things as well


def place(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def test_there_are_files_to_look_at():
    assert len(FILES) > 100


@pytest.mark.parametrize("app", APPS)
def test_verbs_of_a_case_are_fired_by_services_only(app):
    found = [
        f"{place(path)}:{call.lineno} .{call.func.attr}()"
        for path in FILES
        if place(path).startswith(f"{app}/") and not place(path).startswith("onboarding/flow")
        for call in calls(path)
        if call.func.attr in CASE_DOORS and isinstance(call.func.value, ast.Name) and call.func.value.id == "case"
        or call.func.attr == "fire" and isinstance(call.func.value, ast.Name) and call.func.value.id == "flow"
    ]  # fmt: skip
    allowed = [one for one in found if one.startswith("onboarding/services/")]
    machines = [one for one in found if app in OTHER_MACHINES]
    assert found == allowed + machines, "call services.advance(case_id, verb, by=…)"


def test_nobody_updates_a_state_past_the_machine():
    """QuerySet.update(state=…), bulk_update([…, "state"]) and Case(state=…) all bypass its protection."""
    found = [
        f"{place(path)}:{call.lineno}"
        for path in FILES
        if not place(path).startswith(OTHER_MACHINES)
        for call in calls(path)
        if call.func.attr in ("update", "update_or_create", "create", "get_or_create")
        and any(keyword.arg in ("state", "stage") for keyword in call.keywords)
        and not place(path).startswith("portal/")  # the simulated parties have states of their own
    ]
    assert found == []


def test_only_the_flow_knows_the_machines_library():
    found = {
        place(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django_fsm")
        or isinstance(node, ast.Import) and any(name.name.startswith("django_fsm") for name in node.names)
    }  # fmt: skip
    assert {one for one in found if "/flow" not in one} == set()


def test_no_case_is_refreshed():
    """`refresh_from_db` leaves a protected state stale: a case is fetched again."""
    found = [
        f"{place(path)}:{call.lineno}"
        for path in FILES
        for call in calls(path)
        if call.func.attr == "refresh_from_db"
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "case"
    ]
    assert found == []
