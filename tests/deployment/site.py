"""The whole installation of docker-compose.yml without an engine: its own commands, on private ports, over HTTP."""

import base64
import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.deployment import machines, plans, seal, sink
from tests.portal.storage import bucket

NAME = "portal.example"
TOOLS = Path(sys.executable).parent
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


def dotenv(password: str, mail: str) -> dict[str, str]:
    """What an operator puts into .env; the sweep is quicker than usual, so that a drill does not wait for it."""
    made = {name: secrets.token_urlsafe(60) for name in ("SECRET_KEY", "INDEX_KEY", "ANCHOR_KEY")}
    data = f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    names = {"ALLOWED_HOSTS": NAME, "SITE_URL": f"https://{NAME}", "POSTGRES_PASSWORD": password, "DATA_KEYS": data}
    return {**made, **names, "EMAIL_URL": mail, "GATEWAY_MAIL": "smtp", "SWEEP_SECONDS": "3"}


class Site:
    """A running installation."""

    def __init__(self, home: Path, env: dict[str, str], mails: sink.Sink, port: int) -> None:
        self.home, self.env, self.mails, self.port = home, env, mails, port
        self.processes: dict[str, subprocess.Popen] = {}
        self.bucket: bucket.Bucket | None = None

    def run(self, command: list[str], **more: str) -> subprocess.CompletedProcess:
        """A command of the compose file or the image to its end; its words are kept as a log."""
        done = subprocess.run(
            native(command), cwd=plans.BASE, env={**self.env, **more}, capture_output=True, text=True, timeout=200
        )
        (self.home / f"run-{len(list(self.home.glob('run-*')))}.log").write_text(done.stdout + done.stderr)
        assert done.returncode == 0, f"{' '.join(command)}: {(done.stdout + done.stderr)[-6000:]}"
        return done

    @contextlib.contextmanager
    def serving(self, name: str, command: list[str]) -> Iterator[None]:
        with machines.running(native(command), self.home / f"{name}.log", self.env, plans.BASE) as process:
            self.processes[name] = process
            yield

    def visitor(self) -> httpx.Client:
        """A browser behind the proxy that has ended HTTPS."""
        headers = {"Host": NAME, "X-Forwarded-Proto": "https", "Accept-Language": "zh-CN"}
        base = f"http://127.0.0.1:{self.port}"
        client = httpx.Client(base_url=base, headers=headers, timeout=30, trust_env=False)

        def with_cookies(request: httpx.Request) -> None:  # the client would keep secure ones back: no HTTPS here
            request.headers["Cookie"] = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)

        client.event_hooks["request"].append(with_cookies)
        return client

    def ready(self) -> bool:
        with contextlib.suppress(httpx.HTTPError), self.visitor() as client:
            return client.get("/readyz").status_code == 200
        return False

    def logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted(self.home.glob("*.log")))

    def kill(self, name: str) -> None:
        """kill -9 of a process with its children."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)


def native(command: list[str]) -> list[str]:
    """The image's program as it lies here."""
    program = "python" if command[0] == "python" else command[0]
    return [str(TOOLS / program), *command[1:]]


@contextlib.contextmanager
def store(home: Path) -> Iterator[bucket.Bucket]:
    """A server that speaks S3, in a process of its own, with a bucket that only the portal's key opens."""
    port = machines.free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with machines.running(command, home / "store.said", dict(os.environ)):
        machines.until(lambda: machines.answers(port), "the store of files")
        yield bucket.Bucket(f"127.0.0.1:{port}")


@contextlib.contextmanager
def up(*, in_bucket: bool = False) -> Iterator[Site]:
    """PostgreSQL, Redis, migrate, web, two workers, beat: in the order of the compose file, all gone at the end.

    Private files lie in the volume, or with `in_bucket` behind a STORAGE_URL.
    """
    password = secrets.token_urlsafe(20)
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(machines.folder())
        (home / "data").mkdir()  # the image's /data
        seal.make(home / "data" / "seal.p12", "of the drill")
        database = stack.enter_context(machines.postgres(password))
        queue = stack.enter_context(machines.redis(plans.service("redis")["command"]))
        mails = stack.enter_context(sink.listening())
        kept = stack.enter_context(store(home)) if in_bucket else None
        values = {**dotenv(password, mails.url), **({"STORAGE_URL": kept.url()} if kept else {})}
        site = Site(home, environment(home, values, database, queue), mails, machines.free_port())
        site.bucket = kept
        site.run(["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"])
        site.run(["python", "manage.py", "collectstatic", "--noinput"])
        site.run(plans.service("migrate")["command"])
        for name, command in commands(site.port).items():
            stack.enter_context(site.serving(name, command))
        machines.until(site.ready, f"/readyz: {site.logs()[-3000:]}")
        yield site


def environment(home: Path, values: dict[str, str], database: str, queue: str) -> dict[str, str]:
    """The compose file's environment of a service, with this machine's addresses in place of the services' names."""
    env = plans.environment("web", values)
    env["DATABASE_URL"] = env["DATABASE_URL"].replace("@postgres/", f"@{database}/")
    for name in ("BROKER_URL", "CACHE_URL"):
        env[name] = env[name].replace("redis:6379", queue)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    files = {"VAR_DIR": home / "data", "STATIC_ROOT": home / "static", "SEAL_PKCS12": home / "data" / "seal.p12"}
    ours = {name: str(path) for name, path in files.items()}
    return {**env, **kept, **ours, "SEAL_PASSWORD": "of the drill", "HOSTNAME": "drill"}


def commands(port: int) -> dict[str, list[str]]:
    """Who runs: the image's web server on our port, the compose file's worker twice, its beat."""
    web = ["127.0.0.1:" + str(port) if word == "0.0.0.0:8000" else word for word in plans.serving()]
    worker = plans.service("worker")["command"]
    workers = {name: [*worker, "-n", f"celery@{name}"] for name in ("first", "second")}
    return {"web": web, **workers, "beat": plans.service("beat")["command"]}
