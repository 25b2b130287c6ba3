"""`manage.py dev`: the whole portal on this machine, web, worker and beat, until Ctrl-C."""

import errno
import fcntl
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command

from portal.management import catalogues, lan, people
from portal.management.processes import Family, Stopped, stop_on_signals

FIRST_PAGE = 90  # seconds the web server may take to answer


class Command(BaseCommand):
    """Prepare the database and translations, start the three processes, say where to look, watch over them."""

    help = "Start web, worker and beat; PORT (8000) and VAR_DIR (var) choose where; LAN=1 serves phones."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        port = chosen_port(os.environ.get("PORT", "8000"))
        addresses, on_network = list(free_addresses(port)), lan.asked(port)
        family = Family()
        stop_on_signals()
        try:
            with alone():
                prepare(self)
                start(family, port, addresses, on_network)
                self.stdout.write("Starting ...")
                await_first_page(family, port)
                self.welcome(port, on_network)
                watch(family)
        except Stopped:
            self.stdout.write("\nStopping ...")
        finally:
            family.stop()
        self.stdout.write("Stopped.")

    def welcome(self, port: int, on_network: lan.Lan | None = None) -> None:
        """The address, and one line per role that can sign in."""
        lines = ["", f"Kaitong 开通 is running at http://localhost:{port}/   (Ctrl-C stops it)", ""]
        lines += [on_network.welcome()] if on_network else []
        who = people.sign_ins()
        if who:
            lines += ["Who can sign in (role, name, password):", *people.table(who), ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


# Where -----------------------------------------------------------------------------------------------------------
def chosen_port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}. Try PORT=8000.")
    return int(text)


def free_addresses(port: int) -> Iterator[str]:
    """The addresses of this machine to listen on; a taken port is a sentence."""
    for kind, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(kind, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise CommandError(refusal(port, error.errno)) from None
            continue  # no IPv6 on this machine
        yield f"[{host}]:{port}" if kind == socket.AF_INET6 else f"{host}:{port}"


def refusal(port: int, number: int) -> str:
    other = 8000 if number == errno.EACCES else 8001 if port == 8000 else port + 1
    why = "is taken by another program" if number == errno.EADDRINUSE else "may only be opened by root"
    return f"Port {port} {why}. Choose another one, for example: PORT={other} make run"


@contextmanager
def alone() -> Iterator[None]:
    """Holds a lock on VAR_DIR: two starts would share one database, one queue and one beat."""
    with open(settings.VAR / "dev.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"Kaitong already runs with the data in {settings.VAR}. Stop it first, or start a second one with "
                "data of its own: VAR_DIR=/another/folder PORT=8001 make run"
            ) from None
        yield


# Before ----------------------------------------------------------------------------------------------------------
def prepare(command: BaseCommand) -> None:
    """Translations, tables, and people to sign in with when nobody is there yet."""
    catalogues.compile_stale(settings.BASE_DIR / "locale")
    command.stdout.write("Preparing the database ...")
    call_command("prepare", verbosity=0)
    if not get_user_model()._default_manager.exists():
        command.stdout.write("Making people and cases to try things with ...")
        call_command("demo")


# The three processes ---------------------------------------------------------------------------------------------
def start(family: Family, port: int, addresses: list[str], on_network: lan.Lan | None = None) -> None:
    env = child_environment(port, on_network)
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "portal"]  # without its banner
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    family.start("web server", gunicorn(addresses), env)
    if on_network:
        secured = [*gunicorn([f"0.0.0.0:{on_network.port}"]), *on_network.binds]
        family.start("web server of the network", secured, env | on_network.environment())
    family.start("worker", [*celery, "worker", "-c", "2", *quiet], env)
    family.start("beat", [*celery, "beat"], env)


def gunicorn(addresses: list[str]) -> list[str]:
    binds = [part for address in addresses for part in ("--bind", address)]
    options = ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning", "--no-control-socket"]
    shared = ["--config", str(settings.BASE_DIR / "gunicorn.conf.py")]
    return [sys.executable, "-W", "ignore", "-m", "gunicorn", "portal.wsgi:application", *shared, *binds, *options]


def child_environment(port: int, on_network: lan.Lan | None = None) -> dict[str, str]:
    """As in production with DEBUG off, so that people see our own pages; the kept secrets are handed on. Links in QR
    codes and mails lead to the address that a phone can open, where there is one."""
    return {
        "DEBUG": "0",
        "EMBEDDED": "1",
        "SITE_URL": on_network.url if on_network else f"http://localhost:{port}",
        "LOG_LEVEL": "ERROR",
        **os.environ,
        "SECRET_KEY": settings.SECRET_KEY,
        "DATA_KEYS": ",".join(settings.DATA_KEYS),
        "INDEX_KEY": settings.INDEX_KEY,
        "ANCHOR_KEY": settings.ANCHOR_KEY,
    }


# Watching --------------------------------------------------------------------------------------------------------
def await_first_page(family: Family, port: int) -> None:
    deadline = time.monotonic() + FIRST_PAGE
    while time.monotonic() < deadline:
        complain(family)
        if answers(f"http://127.0.0.1:{port}/"):
            return
        time.sleep(0.2)
    raise CommandError(f"The web server did not answer within {FIRST_PAGE} seconds; its words stand above.")


def answers(address: str) -> bool:
    """Whether a page comes, whatever it says; a 500 is an answer too, and its trace stands in the terminal."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def watch(family: Family) -> None:
    while True:
        complain(family)
        time.sleep(0.5)


def complain(family: Family) -> None:
    name = family.ended()
    if name is not None:
        code = family.children[name].returncode
        raise CommandError(f"The {name} ended by itself (code {code}); the others are stopped too. Run it again.")
