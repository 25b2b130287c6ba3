"""The measured part of transitions.py: one engine, three copies of its database. Needs django.setup() before."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import shutil
import sqlite3
import statistics
import sys
import time
from pathlib import Path

import psycopg2
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection

from onboarding import notices, screening
from onboarding.models import Case, Merchant, User
from onboarding.rules import registry
from onboarding.services import add_member, advance, moves, open_case
from tests.onboarding.machine.test_stateful import WORLD, World

IN_TURN = 4
COPIES = ("base", "recorded", "advance", "plain")
JOURNEY = (
    ("complete_registration", "owner"), ("submit_identity", "owner"), ("approve_identity", "reviewer"),
    ("submit_application", "owner"), ("approve_application", "reviewer"), ("sign_agreement", "owner"),
    ("place_order", "owner"),
)  # fmt: skip
Statement = tuple[str, tuple | None]


# One engine ------------------------------------------------------------------------------------------------------


def measure(cases: int) -> None:
    """Prints the numbers of the engine that DATABASE_URL names."""
    stand_ins()
    engine = Engine(connection)
    engine.make_base(cases)
    scripts = engine.record()
    report(connection.vendor, scripts, *engine.race(scripts))


def stand_ins() -> None:
    """Facts as met, nothing from other apps, no doorbell: see transitions.py."""
    world = World()
    world.done = set(WORLD) - {"straight", "marks"}
    met = world.facts()._parts
    registry._gatherers.update({part: (lambda case, value=value: value) for part, value in met.items()})
    moves.consequences = lambda verb: []
    moves.still_checking = moves.score_due = lambda case: False  # every check has answered, and says what the facts say
    notices.ring = screening.ring = lambda task: None


@dataclasses.dataclass
class Engine:
    """The copies of one database and how to reach them."""

    connection: object

    def make_base(self, cases: int) -> None:
        """Tables, reference data, and `cases` cases that have just been opened; then the copies."""
        if self.connection.vendor == "postgresql":
            self.on_server('CREATE DATABASE "base"')
        call_command("migrate", verbosity=0)
        call_command("load_reference", stdout=io.StringIO())
        owner, _reviewer = make_people()
        for number in range(cases):
            merchant = Merchant.objects.create(type="enterprise", name=f"bench {number}")
            add_member(merchant, owner)
            open_case(merchant, by=owner)
        self.connection.close()
        for copy in COPIES[1:]:
            self.copy(copy)

    def copy(self, name: str) -> None:
        if self.connection.vendor == "postgresql":
            self.on_server(f'CREATE DATABASE "{name}" TEMPLATE "base"')
        else:
            shutil.copy(self.connection.settings_dict["NAME"], self.path(name))

    def path(self, name: str) -> str:
        return str(Path(self.connection.settings_dict["NAME"]).with_name(name))

    def use(self, name: str) -> None:
        """Let Django work on this copy."""
        self.connection.close()
        server = self.connection.vendor == "postgresql"
        self.connection.settings_dict["NAME"] = name if server else self.path(name)

    def on_server(self, statement: str) -> None:
        driver = self.driver("postgres")
        driver.cursor().execute(statement)
        driver.close()

    def driver(self, name: str):
        """A bare connection without transactions of its own, set up as Django sets up ours."""
        if self.connection.vendor == "postgresql":
            settings = self.connection.settings_dict
            bare = psycopg2.connect(host=settings["HOST"], user=settings["USER"], dbname=name)
            bare.autocommit = True
            return bare
        bare = sqlite3.connect(self.path(name), isolation_level=None, timeout=20)
        bare.executescript(self.connection.settings_dict["OPTIONS"]["init_command"])
        return bare

    def record(self) -> list[list[Statement]]:
        """The statements of each case's journey, in the form of the driver."""
        self.use("recorded")
        return [recorded(self.connection, case_id) for case_id in case_ids()]

    def race(self, scripts: list[list[Statement]]) -> tuple[list[Lap], list[Lap]]:
        """In turns: a few cases through `advance`, as many through the driver."""
        self.use("advance")
        driver, ids = self.driver("plain"), case_ids()
        ours, plain = [], []
        for start in range(0, len(ids), IN_TURN):
            ours.append(timed(lambda turn=ids[start : start + IN_TURN]: [journey(one) for one in turn]))
            plain.append(timed(lambda turn=scripts[start : start + IN_TURN]: [replay(driver, one) for one in turn]))
        driver.close()
        self.connection.close()
        return ours[1:], plain[1:]  # the first turn warms both up


def make_people() -> tuple[object, object]:

    owner = User.objects.create(username="owner", email="owner@example.com", mobile="+8613800138000")
    reviewer = User.objects.create(username="reviewer", email="reviewer@example.com")
    reviewer.groups.set(Group.objects.filter(name="reviewer"))
    return owner, reviewer


def case_ids() -> list[int]:

    return list(Case.objects.order_by("pk").values_list("pk", flat=True))


def journey(case_id: int) -> None:
    """Registration to live: seven verbs by people, six by the system. Users are read anew, as in a request."""
    who = {user.username: user for user in User.objects.all()}
    for verb, name in JOURNEY:
        case = advance(case_id, verb, by=who[name])
    assert case.state == "live", case.state


def recorded(connection, case_id: int) -> list[Statement]:
    script: list[Statement] = []
    lite = connection.vendor == "sqlite"

    def note(execute, sql, params, many, context):
        if not sql.startswith("BEGIN"):
            script.append((sql % (("?",) * len(params)) if lite and params else sql, tuple(params) if params else None))
        return execute(sql, params, many, context)

    begin, commit = connection.set_autocommit, connection.commit

    def noted_begin(on: bool, *args, **kwargs) -> None:
        if not on:
            script.append(("BEGIN IMMEDIATE" if lite else "BEGIN", None))
        begin(on, *args, **kwargs)

    def noted_commit() -> None:
        commit()
        script.append(("COMMIT", None))

    connection.set_autocommit, connection.commit = noted_begin, noted_commit
    with connection.execute_wrapper(note), contextlib.ExitStack() as stack:
        stack.callback(lambda: (delattr(connection, "set_autocommit"), delattr(connection, "commit")))
        journey(case_id)
    return script


def replay(driver, script: list[Statement]) -> None:
    cursor = driver.cursor()
    for sql, params in script:
        cursor.execute(sql, params) if params else cursor.execute(sql)
        if cursor.description:
            cursor.fetchall()


# Numbers -----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Lap:
    """Wall clock and CPU of this process, seconds."""

    wall: float
    cpu: float


def timed(work) -> Lap:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Lap(time.perf_counter() - wall, time.process_time() - cpu)


def report(vendor: str, scripts: list[list[Statement]], ours: list[Lap], plain: list[Lap]) -> None:
    transitions = sum(sql == "COMMIT" for sql, _params in scripts[0])
    moves = len(ours) * IN_TURN * transitions
    print(f"\n{vendor}: {len(ours) * IN_TURN} cases, {transitions} transitions and {len(scripts[0])} statements each")
    print(f"{'':24}{'per second':>12}{'ms each':>10}{'CPU ms each':>13}")
    for name, laps in (("advance", ours), ("the same as plain SQL", plain)):
        wall, cpu = sum(lap.wall for lap in laps), sum(lap.cpu for lap in laps)
        print(f"{name:24}{moves / wall:>12.0f}{1000 * wall / moves:>10.2f}{1000 * cpu / moves:>13.2f}")
    ratios = sorted(plain_lap.wall / our_lap.wall for our_lap, plain_lap in zip(ours, plain, strict=True))
    print(
        f"ratio (1.00 = as fast as plain SQL): {statistics.median(ratios):.2f}, turns {ratios[0]:.2f}-{ratios[-1]:.2f}"
    )
    sys.stdout.flush()
