"""Watch-lists for tests: a file uploaded, read and published as people do it."""

import csv
import io

from onboarding import tasks
from onboarding.models import Case, WatchHit, WatchList
from onboarding.services.watching import publish_list, upload_list
from tests import people

HEADINGS = ("编号", "类型", "姓名或名称", "别名", "证件号码", "原因", "列入日期", "来源")
NUMBER, USCC = "11010519491231002X", "91110000600037341L"  # of make.person and make.merchant


def line(
    number="W-1", kind="个人", name="样本甲", aliases="", identifiers="", reason="lends_accounts", day="2026-03-13"
):
    return (number, kind, name, aliases, identifiers, reason, day, "样本")


def file_of(*lines, headings=HEADINGS, encoding="utf-8-sig") -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows([headings, *lines])
    return kept.getvalue().encode(encoding)


def uploaded(*lines, by=None, code="sample", data=None, nearness="any") -> WatchList:
    fields = {"code": code, "name": "样本名单", "source": "样本", "nearness": nearness}
    row = upload_list(data or file_of(*lines), by=by or people.risk_officer(), fields=fields)
    tasks.import_lists()
    return WatchList.objects.get(pk=row.pk)


def published(*lines, **more) -> WatchList:
    row = uploaded(*lines, **more)
    assert row.status == "draft", row.faults
    return publish_list(row.pk, by=people.risk_officer())


def hit(case: Case, name: str = "刘小蛮") -> WatchHit:
    """A possible match by name with 刘小满, found when the list was published."""
    published(line(name=name))
    tasks.rescreen()
    return WatchHit.objects.filter(case=case).first()
