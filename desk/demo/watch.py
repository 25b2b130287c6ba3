"""A watch-list for the demonstration: the fictitious sample, and two names that are almost those of shops with us."""

from __future__ import annotations

import csv
import io

from desk.demo.walk import Staff
from onboarding.data import rows
from onboarding.formats.watch_line import HEADINGS
from onboarding.models import WatchList
from onboarding.rules import Who
from onboarding.services.watching import publish_list, upload_list
from onboarding.tasks import import_lists, rescreen

CODE = "demo-list"
FIELDS = {"code": CODE, "name": "示例风险名单（虚构）", "source": "虚构样本", "nearness": WatchList.Nearness.ANY}
NEAR = (  # sounds like 刘小满; looks and sounds like 罗绮
    ("WLS-101", "person", "刘小蛮", "", "", "lends_accounts", "2026-03-13", "虚构样本"),
    ("WLS-102", "person", "罗琦", "", "", "cash_out", "2026-04-02", "虚构样本"),
)


def make(crew: Staff) -> None:
    """Uploaded by one, published by another, everybody compared; again changes nothing."""
    if WatchList.objects.filter(code=CODE).exists():
        return
    row = upload_list(_file(), by=crew[Who.ADMINISTRATOR], fields=FIELDS)
    import_lists()
    publish_list(row.pk, by=crew[Who.RISK_OFFICER])
    rescreen()


def _file() -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([names[0] for names in HEADINGS.values()])
    for row in rows("watchlist_sample.csv"):
        if row["kind"] in ("person", "company"):
            about = (row["id"], row["kind"], row["name_zh"], "", row["id_value"])
            writer.writerow([*about, row["reason"], row["listed_on"], "虚构样本"])
    writer.writerows(NEAR)
    return kept.getvalue().encode()
