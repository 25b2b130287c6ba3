"""docs/duties.md and the marks in the tests name the same duties."""

import re

from django.conf import settings

LINE = re.compile(r"^\| ([a-z-]+) \| ", re.M)
MARK = re.compile(r"""mark\.duty\(["']([a-z-]+)["']\)""")


def test_every_duty_is_proved_and_every_mark_is_a_duty():
    listed = set(LINE.findall((settings.BASE_DIR / "docs/duties.md").read_text(encoding="utf-8"))) - {"id"}
    tests = (path for path in (settings.BASE_DIR / "tests").rglob("test_*.py"))
    marked = {duty for path in tests for duty in MARK.findall(path.read_text(encoding="utf-8"))}
    assert listed == marked
