"""Dockerfile and docker-compose.yml name only what is there, demand their secrets, and run as nobody special."""

import ast
import importlib
import json
import re

import pytest
from celery import Celery
from django.core.management import get_commands

from portal.management.commands.prepare import STEPS
from tests.deployment import plans

OURS = ("migrate", "web", "worker", "beat")
SECRETS = ("SECRET_KEY", "DATA_KEYS", "INDEX_KEY", "ANCHOR_KEY", "POSTGRES_PASSWORD")
STANDARD = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "HOSTNAME", "PORT", "POSTGRES_PASSWORD"}


@pytest.fixture(scope="module")
def known():
    """The variables that portal/settings.py reads."""
    tree = ast.parse((plans.BASE / "portal" / "settings.py").read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    return {arg.value for node in calls if isinstance(arg := node.args[0], ast.Constant) and isinstance(arg.value, str)}


def commands():
    for name in OURS:
        yield plans.service(name).get("command", plans.serving())
    yield plans.probe()
    yield plans.service("worker")["healthcheck"]["test"][1].split()
    yield from plans.built()


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_exists(command):
    words = [word for word in command if "=" not in word or word.startswith("-")]
    if words[:2] == ["python", "manage.py"]:
        assert words[2] in get_commands()
    elif words[0] == "celery":
        assert isinstance(importlib.import_module(words[words.index("-A") + 1]).celery.app, Celery)
        assert words[words.index("-A") + 2] in ("worker", "beat", "inspect")
    elif words[0] == "gunicorn":
        module, name = words[1].split(":")
        assert callable(getattr(importlib.import_module(module), name))
    elif words[:2] == ["python", "scripts/probe.py"]:
        assert (plans.BASE / words[1]).exists()
    elif words[:4] == ["python", "-m", "compileall", "-q"]:
        assert all((plans.BASE / folder / "__init__.py").exists() for folder in words[4:])
        assert {"portal", "onboarding", "devices", "support", "desk"} == set(words[4:])
    elif words[0] == "[":  # the recogniser, unless it was left out
        assert (plans.BASE / words[-1]).exists() and "/venv/bin/pip" in words
    else:
        assert words[0] in ("python", "/venv/bin/pip", "useradd", "install", "export")


def test_every_file_copied_exists():
    copied = [rest for word, rest in plans.instructions() if word == "COPY" and "--from" not in rest]
    assert copied
    for rest in copied:
        assert all((plans.BASE / source).exists() for source in rest.split()[:-1])


def test_the_image_leaves_out_what_it_must_not_hold():
    ignored = (plans.BASE / ".dockerignore").read_text().split()
    assert {".git", ".env", "var", ".venv", "tests"} <= set(ignored)
    needed = {"portal", "templates", "static", "locale", "manage.py", "scripts", "requirements.lock"}
    assert not needed & set(ignored)


def test_every_variable_is_read_by_the_settings(known):
    named = set(plans.image_environment()) | set(
        re.findall(r"\$\{(\w+)", (plans.BASE / "docker-compose.yml").read_text())
    )
    for name in OURS:
        named |= set(plans.service(name)["environment"])
    assert named <= known | STANDARD, named - known - STANDARD
    assert set(SECRETS[:4]) <= known


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_demanded_and_not_inside(name):
    for found in OURS:
        text = plans.service(found)["environment"].get(name)
        assert text is None or text.startswith(f"${{{name}:?")
    values = dict.fromkeys((*SECRETS, "ALLOWED_HOSTS", "SITE_URL"), "x")
    plans.environment("web", values)
    with pytest.raises(KeyError, match=name):
        plans.environment("web", {key: value for key, value in values.items() if key != name})
    assert name not in plans.image_environment()


def test_the_values_of_the_build_do_not_outlive_it():
    """Collecting needs settings: they are set by `export` in one RUN, which leaves nothing in the image."""
    exported = next(command for command in plans.built() if command[0] == "export")
    assert {"SECRET_KEY=build", "INDEX_KEY=build", "ANCHOR_KEY=build"} <= set(exported)
    assert [rest for word, rest in plans.instructions() if word == "ARG"] == ["OCR=1"]  # no secret among them


def test_nobody_is_root():
    words = [word for word, _rest in plans.instructions()]
    assert plans.last("USER") == "kaitong"
    assert words.index("USER") < words.index("CMD")
    assert "USER" not in words[words.index("USER") + 1 :]
    assert not any(plans.service(name).get("privileged") or plans.service(name).get("user") for name in OURS)
    assert all("no-new-privileges:true" in plans.service(name)["security_opt"] for name in OURS)


def test_data_lies_in_volumes():
    volumes = plans.compose()["volumes"]
    assert plans.last("VOLUME") == plans.image_environment()["VAR_DIR"] == "/data"
    for name in OURS:
        assert plans.service(name)["volumes"] == ["files:/data"]
    for name in ("postgres", "redis"):
        volume, place = plans.service(name)["volumes"][0].split(":")
        assert volume in volumes and place in ("/var/lib/postgresql/data", "/data")
        assert "ports" not in plans.service(name), "nobody outside reaches it"


def test_health_checks():
    assert "--interval" in plans.last("HEALTHCHECK")
    for name in ("worker", "postgres", "redis"):
        assert plans.service(name)["healthcheck"]["test"]
    for name in ("migrate", "beat"):  # one ends, the other answers nobody: /readyz misses its heartbeat
        assert plans.service(name)["healthcheck"] == {"disable": True}


def test_order_of_starting():
    for name in ("web", "worker", "beat"):
        waits = plans.service(name)["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["postgres"]["condition"] == waits["redis"]["condition"] == "service_healthy"
    assert plans.service("migrate")["command"] == ["python", "manage.py", "prepare"]
    assert {name for name, _more in STEPS} <= set(get_commands())


def test_the_stages_take_one_python():
    bases = {rest.split()[0] for word, rest in plans.instructions() if word == "FROM"}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.1[1-9]-slim", bases.pop())
    assert "--require-hashes" in json.dumps(plans.built())
