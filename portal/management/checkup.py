"""What `manage.py doctor` looks at: each question answers with sentences, well or not, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from onboarding.services import tallies
from portal import crypto, health
from portal.management import catalogues


@dataclass(frozen=True)
class Finding:
    """One sentence; `well` says whether it is good news."""

    well: bool
    sentence: str


def good(sentence: str) -> Finding:
    return Finding(True, sentence)


def bad(sentence: str) -> Finding:
    return Finding(False, sentence)


def database() -> Iterator[Finding]:
    if not health.works("database"):
        yield bad("The database does not answer. Is it running, and is DATABASE_URL right?")
        return
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield bad(f"The database answers, but {len(waiting)} migrations wait. Run `manage.py migrate`.")
    else:
        yield good(f"The database ({connection.vendor}) answers and every migration is applied.")


def cache() -> Iterator[Finding]:
    try:
        health.heartbeat_age()
    except Exception as error:  # the cache may be a table, Redis or Memcached, each with errors of its own
        why = type(error).__name__
        yield bad(f"The cache does not answer ({why}). Run `manage.py createcachetable`, check CACHE_URL.")
    else:
        yield good("The cache answers.")


def broker() -> Iterator[Finding]:
    if health.works("broker"):
        yield good("The broker answers.")
    else:
        yield bad("The broker does not answer. Is it running, and is BROKER_URL right? Until then the sweeps wait too.")


def storage() -> Iterator[Finding]:
    if health.works("storage"):
        yield good("Files can be written, read and removed in the private storage.")
    else:
        yield bad(f"The private storage takes no files. May this user write to {settings.VAR}?")


def worker() -> Iterator[Finding]:
    age = health.heartbeat_age() if health.works("worker") else None
    if age is not None:
        yield good(f"A worker was at work {age:.0f} seconds ago.")
    else:
        yield bad(
            f"No worker was at work in the last {health.OLDEST_BEAT} seconds: nothing is sent or checked. Start "
            "`celery -A portal worker` and `celery -A portal beat` (`make run` starts both)."
        )


def secrets() -> Iterator[Finding]:
    if crypto.decrypt(crypto.encrypt(b"kaitong", "doctor"), "doctor") != b"kaitong":
        yield bad("What is encrypted with DATA_KEYS does not open again. Check DATA_KEYS.")
    kept = Path(settings.VAR) / "secrets.json"
    if settings.DEBUG:
        yield good(f"The secrets are kept in {kept}. Without this file, stored personal data cannot be read again.")
    else:
        yield good("SECRET_KEY, DATA_KEYS, INDEX_KEY and ANCHOR_KEY are set in the environment.")
    if settings.DEBUG and kept.exists() and kept.stat().st_mode & 0o077:
        yield bad(f"Other users of this machine may read {kept}. Run `chmod 600 {kept}`.")


def translations() -> Iterator[Finding]:
    root = Path(settings.BASE_DIR) / "locale"
    waiting = catalogues.stale(root)
    if waiting:
        yield bad(f"{len(waiting)} translation files are not compiled. Run `manage.py messages --compile`.")
    else:
        yield good("The translations are compiled.")


def deployment() -> Iterator[Finding]:
    if settings.EMBEDDED:
        yield good("This is an embedded installation: outside parties are simulated, mails go to the outbox page.")
        return
    serious = [issue for issue in run_checks(include_deployment_checks=True) if issue.level >= WARNING]
    for issue in serious:
        yield bad(f"{issue.id}: {issue.msg}")
    simulated = sorted(name for name, adapter in settings.GATEWAYS.items() if adapter == "simulator")
    if simulated:
        yield bad(f"Still simulated: {', '.join(simulated)}. Set GATEWAY_{simulated[0].upper()} and the others.")
    if not (settings.SEAL_PKCS12 and Path(settings.SEAL_PKCS12).exists()):
        yield bad("No agreement can be signed: set SEAL_PKCS12 to the PKCS #12 file of the seal, and SEAL_PASSWORD.")


def calendar() -> Iterator[Finding]:
    """Promises are counted in Chinese working days, which the State Council fixes year by year."""
    path = Path(settings.BASE_DIR) / "onboarding" / "data" / "calendar.csv"
    years = {line[:4] for line in path.read_text().splitlines() if line[:4].isdecimal()}
    today = timezone.localdate()
    wanted = {str(today.year)} | ({str(today.year + 1)} if today.month == 12 else set())
    if wanted <= years:
        yield good(f"The working calendar covers {' and '.join(sorted(wanted))}.")
    else:
        yield bad(f"The working calendar lacks {' and '.join(sorted(wanted - years))}: promises count plain weekdays.")


def counts() -> Iterator[Finding]:
    """The counts of the review queue are kept, not counted (onboarding.services.tallies)."""
    try:
        wrong = tallies.drift()
    except DatabaseError:  # `database` has said what is wrong there
        return
    if wrong:
        yield bad(f"{len(wrong)} counts of the review queue do not fit the cases. Run `manage.py recount`.")
    else:
        yield good("The counts of the review queue fit the cases.")


QUESTIONS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database,
    cache,
    broker,
    storage,
    worker,
    secrets,
    translations,
    calendar,
    counts,
    deployment,
)
