"""A demonstration to measure, the people who sign in to it, and the tools from npm."""

import contextlib
import dataclasses
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TOOLS = ROOT / "var" / "measure"
STARTED = 600  # seconds that a first start with its demonstration may take
PASSWORD = "kaitong-demo"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
STAFF = ("reviewer", "senior", "warehouse", "dispatch", "technician", "trainer", "support", "callcentre", "risk")
STAFF += ("operations", "auditor", "admin")


@dataclasses.dataclass(frozen=True)
class Site:
    """Where it runs; `sessions`: role -> the cookies of somebody who is signed in (Playwright's storage state)."""

    url: str
    sessions: dict[str, dict]

    def context(self, browser: Browser, role: str, **options: object) -> BrowserContext:
        """A browser of somebody in `role`; "" is a stranger."""
        context = browser.new_context(base_url=self.url, storage_state=self.sessions.get(role), **options)
        context.set_default_timeout(30_000)
        return context


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        raise SystemExit("No Chromium here: install the package `chromium`, or set CHROMIUM to its path.")
    with sync_playwright() as play:
        one = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@contextlib.contextmanager
def running() -> Iterator[Site]:
    """The demonstration at SITE, or one of our own until we are done."""
    if given := os.environ.get("SITE"):
        yield Site(given, signed_in(given))
        return
    with tempfile.TemporaryDirectory(prefix="kaitong-measure-") as data, started(data) as url:
        yield Site(url, signed_in(url))


@contextlib.contextmanager
def started(data: str) -> Iterator[str]:
    """`manage.py dev` on a free port with its data in `data`; its words go to a file there."""
    port = free_port()
    env = {**os.environ, "PORT": str(port), "VAR_DIR": data}
    command = [sys.executable, str(ROOT / "manage.py"), "dev"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        wait_until_it_runs(process)
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def wait_until_it_runs(process: subprocess.Popen[str]) -> None:
    signal.alarm(STARTED)  # the default action ends us: nothing to measure then
    assert process.stdout
    for line in process.stdout:
        if "is running at" in line:
            signal.alarm(0)
            return
    raise SystemExit("The demonstration did not start.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# People ----------------------------------------------------------------------------------------------------------
def logins() -> dict[str, str]:
    """Role -> e-mail. Merchants stand in different states, so each of them is a role of its own."""
    staff = {f"staff {name}": f"{name}@kaitong.example" for name in STAFF}
    merchants = {f"merchant {number}": f"merchant{number}@example.com" for number in range(2, 60)}
    return {"merchant 1": "liu@example.com", **staff, "agent": "agent@partner.example", **merchants}


def signed_in(url: str) -> dict[str, dict]:
    """Everybody of the demonstration, by the form, as people do; who is not there is left out."""
    found: dict[str, dict] = {}
    with browser() as one:
        for role, email in logins().items():
            if state := session(one, url, email):
                found[role] = state
            elif role.startswith("merchant"):
                break  # the merchants are numbered
    return found


def session(one: Browser, url: str, email: str) -> dict | None:
    context = one.new_context(base_url=url)
    form = context.request.get("/accounts/login/").text()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    sent = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
    for _try in range(5):
        answer = context.request.post("/accounts/login/", form=sent, headers={"Referer": f"{url}/accounts/login/"})
        if answer.status != 429:
            break
        context.new_page().wait_for_timeout(20_000)  # the limit of sign-ins per address
    names = {cookie["name"] for cookie in context.cookies()}
    state = dict(context.storage_state()) if any("sessionid" in name for name in names) else None
    context.close()
    return state


# Tools -----------------------------------------------------------------------------------------------------------
def tool(path: str) -> Path:
    """A file of node_modules, installed on first use."""
    wanted = json.loads((HERE / "package.json").read_text())
    kept = TOOLS / "package.json"
    if not kept.exists() or json.loads(kept.read_text()) != wanted or not (TOOLS / "node_modules").exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        shutil.copy(HERE / "package.json", kept)
        subprocess.run(["npm", "install", *quiet], cwd=TOOLS, check=True)
    return TOOLS / "node_modules" / path
