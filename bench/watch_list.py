"""How long a watch-list takes: to read a file in, and to ask about one merchant, as the list grows.

    DATABASE_URL=… python bench/watch_list.py [entries …]        (default 1000 10000)

Makes its rows in the database it is given and takes them away again. Prints seconds, and the ratio between sizes.
"""

from __future__ import annotations

import os
import random
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from onboarding.formats.watch_line import Listed  # noqa: E402
from onboarding.models import User, WatchKey, WatchList  # noqa: E402
from onboarding.screening.watching import Subject, matches  # noqa: E402
from onboarding.tasks import list_imports  # noqa: E402

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲建国文辉力志峰燕波斌浩鹏飞宇婷雪琳晨阳雨"
ASKED = 200


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2, 2, 2))))


def measured(number: int) -> tuple[float, float]:
    """(seconds to keep a list of this length, milliseconds to ask about a merchant with two names)."""
    rng = random.Random(1)
    day = django.utils.timezone.localdate()
    listed = [Listed(f"N{one}", "person", name(rng), "x", day, (), (f"B{one:08d}",)) for one in range(number)]
    with transaction.atomic():
        user = User.objects.create(username=f"bench-{number}")
        row = WatchList.objects.create(code=f"bench-{number}", name="bench", uploaded_by=user, nearness="similar")
        began = time.perf_counter()
        for start in range(0, number, list_imports.AT_ONCE):
            counts = {"added": 0, "changed": 0}
            list_imports._batch(row, listed[start : start + list_imports.AT_ONCE], {}, counts)
        kept = time.perf_counter() - began
        if connection.vendor == "postgresql":
            connection.cursor().execute(
                "ANALYZE onboarding_watchkey, onboarding_watchidentifier, onboarding_watchentry"
            )
        began = time.perf_counter()
        for one in range(ASKED):
            people = [Subject(f"person:{one}-{two}", "person", name(rng), None, one) for two in range(2)]
            matches(people, [row.pk])
        asked = (time.perf_counter() - began) / ASKED * 1000
        keys = WatchKey.objects.filter(watchlist=row).count()
        print(f"{number:>7} entries, {keys} keys: kept in {kept:.1f} s, {asked:.2f} ms a merchant")
        transaction.set_rollback(True)
    return kept, asked


def main(sizes: list[int]) -> None:
    found = [measured(size) for size in sizes]
    for size, (_kept, asked) in zip(sizes[1:], found[1:], strict=True):
        print(f"{size / sizes[0]:.0f} times the entries: {asked / found[0][1]:.2f} times the time of a question")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [1_000, 10_000])
