"""The measured part of watch_list.py. Needs django.setup() before, and an empty PostgreSQL."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from onboarding.formats.likeness import compare
from onboarding.formats.watch_line import Listed
from onboarding.models import User, WatchEntry, WatchKey, WatchList
from onboarding.screening.watching import Subject, matches
from onboarding.tasks import list_imports

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲建国文辉力志峰燕波斌浩鹏飞宇婷雪琳晨阳雨"
ASKED, READ_THROUGH = 200, 10  # merchants with two people each
Found = set[tuple[str, int]]


def measure(*sizes: int) -> None:
    call_command("migrate", verbosity=0)
    found = [(size, *of_length(size)) for size in sorted(sizes)]
    (least, first_kept, first_asked), *others = found
    for size, kept, asked in others:
        print(f"{size / least:.0f} times the entries: {kept / first_kept:.1f} times the time to keep them,", end=" ")
        print(f"{asked / first_asked:.2f} times the time of a question")


def of_length(number: int) -> tuple[float, float]:
    """(seconds to keep a list of this length, seconds to ask about a merchant with two people)."""
    rng = random.Random(1)
    row = new_list(number)
    kept, _nothing = seconds(lambda: keep(row, listed(rng, number)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    asked = [people(rng, one) for one in range(ASKED)]
    took, near = seconds(lambda: [by_keys(one, row) for one in asked])
    through, all_near = seconds(lambda: [by_reading(one, row) for one in asked[:READ_THROUGH]])
    if near[:READ_THROUGH] != all_near:
        raise SystemExit("The keys do not find what comparing with every entry finds.")
    report(row, number, kept, took / ASKED, through / READ_THROUGH, sum(map(len, near)))
    return kept, took / ASKED


def report(row: WatchList, number: int, kept: float, asked: float, through: float, near: int) -> None:
    keys = WatchKey.objects.filter(watchlist=row).count()
    print(f"\n{number:,} entries, {keys:,} keys: kept in {kept:.1f} s ({1000 * kept / number:.2f} ms each)")
    print(
        f"a merchant: {1000 * asked:.1f} ms by the keys, {1000 * through:.1f} ms by reading the list through,", end=" "
    )
    print(f"ratio {through / asked:.1f}; {near / ASKED:.1f} near entries each", flush=True)


def new_list(number: int) -> WatchList:
    user = User.objects.create(username=f"bench-{number}")
    return WatchList.objects.create(code=f"bench-{number}", name="bench", uploaded_by=user, nearness="similar")


def listed(rng: random.Random, number: int) -> list[Listed]:
    day = timezone.localdate()
    return [Listed(f"N{one}", "person", name(rng), "x", day, (), (f"B{one:08d}",)) for one in range(number)]


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2, 2, 2))))


def people(rng: random.Random, number: int) -> list[Subject]:
    return [Subject(f"person:{number}-{two}", "person", name(rng), None, number) for two in range(2)]


def keep(row: WatchList, entries: list[Listed]) -> None:
    """As the import does it, transaction by transaction."""
    counts = {"added": 0, "changed": 0}
    for start in range(0, len(entries), list_imports.AT_ONCE):
        list_imports._batch(row, entries[start : start + list_imports.AT_ONCE], {}, counts)


def by_keys(asked: list[Subject], row: WatchList) -> Found:
    return {(one.subject.key, one.entry.pk) for one in matches(asked, [row.pk])}


def by_reading(asked: list[Subject], row: WatchList) -> Found:
    """What one would do without keys: fetch every entry and compare its name."""
    entries = list(WatchEntry.objects.filter(watchlist=row).values_list("pk", "name"))
    tried = ((subject.key, key, compare(subject.name, name, "person")) for subject in asked for key, name in entries)
    return {(subject, key) for subject, key, like in tried if like and like.is_similar}


def seconds(work: Callable[[], list[Found] | None]) -> tuple[float, list[Found]]:
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer or []
