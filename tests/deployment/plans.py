"""What Dockerfile and docker-compose.yml say, as Python: the tests check it and run it without an engine."""

import json
import re
from pathlib import Path

import yaml

BASE = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::?([-?])([^}]*))?\}")


def compose() -> dict:
    return yaml.safe_load((BASE / "docker-compose.yml").read_text())


def service(name: str) -> dict:
    return compose()["services"][name]


def instructions() -> list[tuple[str, str]]:
    """(word, rest) of every line of the Dockerfile, continued lines joined, comments dropped."""
    text = re.sub(r"^#.*\n", "", (BASE / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    found = (line.split(None, 1) for line in text.splitlines() if line.strip())
    return [(word, re.sub(r"\s+", " ", rest)) for word, rest in found]


def last(word: str) -> str:
    """The instruction that counts: the last one of the final stage."""
    return [rest for found, rest in instructions() if found == word][-1]


def serving() -> list[str]:
    """The web server's command."""
    return json.loads(last("CMD"))


def probe() -> list[str]:
    """The web server's health check."""
    return json.loads(last("HEALTHCHECK").partition("CMD")[2])


def built() -> list[list[str]]:
    """The commands that make the image, one list of words each."""
    runs = " && ".join(rest for word, rest in instructions() if word == "RUN")
    return [command.split() for command in runs.split("&&")]


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for word, rest in instructions() if word == "ENV" for pair in rest.split())


def filled(text: str, values: dict[str, str]) -> str:
    """`${NAME}`, `${NAME:-default}` and `${NAME:?sentence}` as compose fills them; KeyError for a demanded one."""

    def value(match: re.Match) -> str:
        name, kind, default = match.groups()
        return values.get(name) or (default if kind == "-" else values[name])

    return VARIABLE.sub(value, text)


def environment(name: str, values: dict[str, str]) -> dict[str, str]:
    """What a service gets: the image's values, the file .env, then its own."""
    own = {key: filled(str(value), values) for key, value in service(name).get("environment", {}).items()}
    return {**image_environment(), **values, **own}
