"""Debian's PostgreSQL and Redis with data, ports and lives of their own: nothing of the system's is touched."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 60  # seconds


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as ear:
        return ear.getsockname()[1]


def until(condition, what: str, seconds: float = PATIENCE):
    """What `condition` gives once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain for {what}"
        time.sleep(0.1)
    return found


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def folder(owner: str | None = None) -> Iterator[Path]:
    """A folder below /tmp, where another user may walk to it."""
    made = Path(tempfile.mkdtemp(prefix="kaitong-drill-", dir="/tmp"))
    try:
        if owner:
            shutil.chown(made, owner)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextlib.contextmanager
def postgres(password: str) -> Iterator[str]:
    """host:port of a fresh server with the database and user `kaitong`; root starts it as `postgres` or `nobody`."""
    owner = _owner() if os.getuid() == 0 else None
    as_owner = {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}
    port = free_port()
    with folder(owner) as home:
        secret = home / "password"
        secret.write_text(password)
        secret.chmod(0o644)

        def run(program: str, *arguments: str) -> None:
            command = [str(_binaries() / program), *arguments]
            with (home / "said").open("ab") as said:
                os.fchmod(said.fileno(), 0o666)
                done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, **as_owner)
            assert done.returncode == 0, (home / "said").read_text()[-3000:]

        run("initdb", "-D", f"{home}/data", "-U", "kaitong", "--auth=scram-sha-256", f"--pwfile={secret}",
            "--encoding=utf8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c fsync=off"
        run("pg_ctl", "-D", f"{home}/data", "-w", "-t", "60", "-l", f"{home}/log", "-o", options, "start")
        try:
            where = ("-h", "127.0.0.1", "-p", str(port), "-U", "kaitong")
            env = {**os.environ, "PGPASSWORD": password}
            subprocess.run([_binaries() / "createdb", *where, "kaitong"], env=env, check=True)
            yield f"127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", f"{home}/data", "-w", "-m", "fast", "stop")


def _binaries() -> Path:
    found = [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    assert found, "PostgreSQL is not installed: apt-get install postgresql"
    return max(found, key=lambda path: int(path.parent.name))


def _owner() -> str:
    return "postgres" if any(user.pw_name == "postgres" for user in pwd.getpwall()) else "nobody"


@contextlib.contextmanager
def redis(command: list[str]) -> Iterator[str]:
    """host:port of a fresh Redis, started by the compose file's own command."""
    port = free_port()
    with folder() as home:
        more = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--daemonize", "no"]
        with running([*command, *more], home / "log", dict(os.environ)):
            until(lambda: answers(port), "Redis")
            yield f"127.0.0.1:{port}"


@contextlib.contextmanager
def running(command: list[str], log: Path, env: dict[str, str], cwd: Path | None = None) -> Iterator[subprocess.Popen]:
    """A process in a group of its own; all of the group is gone at the end."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=env, cwd=cwd, stdout=out, stderr=out, start_new_session=True)
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen, seconds: float = 20) -> None:
    """Politely, then not; the leader first, so that it can end its children itself."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
    until(lambda: not alive(process.pid), "the group to end", 10)


def alive(group: int) -> bool:
    """Whether a process of this group runs; those that only wait for their parent to look do not count."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            state, _parent, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
            if int(pgrp) == group and state not in "ZX":
                return True
    return False
