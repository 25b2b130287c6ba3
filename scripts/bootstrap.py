#!/usr/bin/env python3
"""Starts Kaitong from a fresh clone: python3 scripts/bootstrap.py run | test | check | measure | screenshots | install.

Standard library only, and parseable by old Pythons (3.6), so that it can say in a sentence what is missing. It makes
.venv, installs requirements.lock with hashes checked (again only when a lock has changed), then hands over. The
recogniser of papers (requirements-ocr.lock) comes with it; OCR=0 leaves it out, and everything is typed by hand.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
OCR_LOCK = ROOT / "requirements-ocr.lock"
STAMP = VENV / "kaitong-requirements"
PYTHON = VENV / "bin" / "python"
NO_NETWORK = (
    "NewConnectionError",
    "Failed to establish a new connection",
    "name resolution",
    "ConnectTimeout",
    "ReadTimeout",
    "timed out",
    "ProxyError",
    "Network is unreachable",
    "Connection refused",
)


class Stop(Exception):
    """Something is missing; the text says what to do."""


def main(arguments):
    command = arguments[0] if arguments else "run"
    if command not in COMMANDS:
        print(__doc__.splitlines()[0])
        return 2
    try:
        check_python(arguments)
        check_folders()
        install()
        return COMMANDS[command](arguments[1:])
    except Stop as reason:
        print("\n%s\n" % reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# What must be there ----------------------------------------------------------------------------------------------
def check_python(arguments):
    """Python 3.11 or newer; an older one looks for a newer beside it and hands over."""
    if os.name == "nt":
        raise Stop("Kaitong runs on Linux and macOS. On Windows, open a WSL terminal and run the same command there.")
    if sys.version_info[:2] >= OLDEST:
        return
    for minor in range(14, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer and not subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL):
            os.execv(newer, [newer, str(Path(__file__).resolve())] + arguments)
    raise Stop(
        "Kaitong needs Python %d.%d or newer; this is Python %d.%d (%s). Install a newer Python (Debian and Ubuntu: "
        "`sudo apt-get install python3 python3-venv`; others: python.org), then run the same command again."
        % (OLDEST + tuple(sys.version_info[:2]) + (sys.executable,))
    )


def check_folders():
    """The clone and VAR_DIR must be writable."""
    if not may_write(ROOT):
        raise Stop(
            "This folder is read-only: %s. Copy it to a folder of your own and run the command there. (To keep only "
            "the data elsewhere, set VAR_DIR, for example VAR_DIR=$HOME/kaitong-data.)" % ROOT
        )
    data = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    if not may_write(data):
        raise Stop("Kaitong cannot write its data to %s. Set VAR_DIR to a folder that you may write to." % data)


def may_write(folder):
    """True when a file can be made there, or in the nearest parent that exists. Asks the disk: root is told lies."""
    while not folder.exists():
        folder = folder.parent
    probe = folder / (".kaitong-probe-%d" % os.getpid())
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


# Installing ------------------------------------------------------------------------------------------------------
def install():
    """Make .venv and install the locked packages, when they are not there yet."""
    locks = wanted_locks()
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    wanted = "%s %d.%d" % ((digest,) + tuple(sys.version_info[:2]))
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted and runs(PYTHON):
        return
    make_venv()
    print("Installing packages into .venv (once, about a minute) ...", flush=True)
    for lock in locks:
        install_lock(lock)
    STAMP.write_text(wanted)


def wanted_locks():
    """The packages, and the recogniser of papers unless OCR=0."""
    return [LOCK] if os.environ.get("OCR", "1") == "0" else [LOCK, OCR_LOCK]


def install_lock(lock):
    """Exactly what this lock names; each lock is whole, so nothing is resolved."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2"]
    flags = ["--no-deps", "--require-hashes", "--no-input", "-r", str(lock)]
    done = subprocess.run(pip + flags, stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode:
        raise Stop(explain(done.stderr))


def make_venv():
    if PYTHON.exists() and runs(PYTHON):
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Stop(
            "This Python cannot make virtual environments. On Debian and Ubuntu: `sudo apt-get install python3-venv`, "
            "then run the same command again."
        )
    print("Making a virtual environment in .venv ...", flush=True)
    shutil.rmtree(str(VENV), ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if done.returncode:
        raise Stop("A virtual environment could not be made in .venv:\n%s" % done.stdout.strip()[-800:])


def runs(python):
    """True when this interpreter starts and is the version that we run; a moved folder breaks it."""
    code = "import sys; sys.exit(sys.version_info[:2] != (%d, %d))" % tuple(sys.version_info[:2])
    try:
        return subprocess.call([str(python), "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def explain(words):
    """pip's complaint as a sentence."""
    if any(sign in words for sign in NO_NETWORK):
        return (
            "The packages could not be fetched: there is no network, or the package index does not answer. Connect "
            "to the network (behind a proxy set HTTPS_PROXY) and run the same command again."
        )
    if "DO NOT MATCH THE HASHES" in words:
        return "A package is not the one that requirements.lock names, so nothing was installed:\n%s" % words[-800:]
    if "No space left" in words:
        return "The disk is full. Kaitong's packages need about 900 MB in %s." % VENV
    return "The packages could not be installed:\n%s" % words.strip()[-1500:]


# Commands --------------------------------------------------------------------------------------------------------
def run(arguments):
    """Web, worker and beat until Ctrl-C. Takes this process over, so that signals reach it."""
    sys.stdout.flush()
    os.chdir(str(ROOT))
    os.execv(str(PYTHON), [str(PYTHON), str(ROOT / "manage.py"), "dev"] + arguments)


def test(arguments):
    """The suite on PostgreSQL, then its smoke part on SQLite; with arguments, only what they name."""
    pytest = [str(PYTHON), "-m", "pytest"]
    if arguments:
        return call(pytest + arguments)
    first = call(pytest + ["-n", "2", "--dist", "loadgroup", "-q"])
    print("\nThe smoke part on SQLite:", flush=True)
    second = call(pytest + ["-q", "-m", "sqlite"], TEST_ENGINE="sqlite")
    return first or second


def check(arguments):
    """Everything that reads the code without running it."""
    tools = VENV / "bin"
    manage = [str(PYTHON), "manage.py"]
    steps = [
        [str(tools / "ruff"), "check"],
        [str(tools / "ruff"), "format", "--check"],
        [str(tools / "mypy")],
        [str(tools / "lint-imports")],
        manage + ["makemigrations", "--check", "--dry-run"],
        manage + ["messages", "--check"],
    ]
    failed = [" ".join(step) for step in steps if call(step)]
    for step in failed:
        print("failed: %s" % step.replace(str(ROOT) + os.sep, ""), file=sys.stderr)
    return 1 if failed else 0


def call(command, **environment):
    print("$ %s" % " ".join(command).replace(str(ROOT) + os.sep, ""), flush=True)
    return subprocess.call(command, cwd=str(ROOT), env=dict(os.environ, **environment))


def measure(arguments):
    """Accessibility, markup, layout and speed of every page of a demonstration; needs Node and a Chromium."""
    return call([str(PYTHON), str(ROOT / "scripts" / "measure")] + arguments)


def screenshots(arguments):
    """The README's pictures again, from a demonstration of its own; needs a Chromium."""
    return call([str(PYTHON), str(ROOT / "scripts" / "screenshots.py")] + arguments)


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "measure": measure,
    "screenshots": screenshots,
    "install": lambda arguments: 0,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
