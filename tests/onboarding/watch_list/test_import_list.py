"""A file becomes a draft: every bad line is told with its number, and nothing of it is kept."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from onboarding import tasks
from onboarding.admin import watch_faults
from onboarding.formats.sheet import BadSheet, lines
from onboarding.models import WatchEntry, WatchIdentifier, WatchKey, WatchList
from onboarding.services import NotAllowed, NotNow, Refused
from onboarding.services.watching import discard_list, publish_list
from onboarding.tasks import list_imports
from tests import people
from tests.watching import HEADINGS, NUMBER, file_of, line, published, uploaded

pytestmark = pytest.mark.django_db


def workbook(*rows) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(kept)
    return kept.getvalue()


def codes(row: WatchList) -> list[tuple[int, str]]:
    return [(fault["line"], fault["code"]) for fault in row.faults]


def test_a_list_becomes_a_draft():
    row = uploaded(line(aliases="样本假；样本贾", identifiers=NUMBER), line("W-2", "单位", "样本商贸有限公司"))
    assert (row.status, row.total, row.done, row.added, row.changed, row.gone) == ("draft", 2, 2, 2, 0, 0)
    first = row.entries.get(number="W-1")
    assert first.names == ["样本甲", "样本假", "样本贾"] and first.kind == "person" and first.listed_on.year == 2026
    assert first.identifiers.get().value == NUMBER and first.keys.count() > 3
    raw = WatchIdentifier.objects.extra(select={"raw": "value"}).values_list("raw", flat=True).get()
    assert NUMBER not in raw, "sealed in the table"
    assert row.file == "", "and the file is gone"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_as_spreadsheets_save_them(encoding):
    assert uploaded(data=file_of(line(), encoding=encoding)).status == "draft"


def test_english_headings_and_a_workbook():
    headings = ("No", "Kind", "Name", "Identifier", "Reason", "Listed on")
    row = uploaded(data=workbook(headings, (7, "person", "样本甲", NUMBER, "x", "2026/3/13"), ()))
    assert (row.status, codes(row)) == ("draft", [])
    assert row.entries.get().number == "7"


BAD = [
    ({"number": ""}, "empty"),
    ({"kind": ""}, "empty"),
    ({"kind": "猫"}, "kind"),
    ({"name": ""}, "empty"),
    ({"name": "···"}, "no_letters"),
    ({"name": "样" * 201}, "too_long"),
    ({"name": "样\ufffd本"}, "characters"),
    ({"aliases": "；".join(f"样本{number}" for number in range(20))}, "aliases"),
    ({"identifiers": "1234"}, "identifier"),
    ({"identifiers": "12345号"}, "identifier"),
    ({"reason": ""}, "empty"),
    ({"day": "去年"}, "day"),
    ({"day": "2026-02-30"}, "day"),
    ({"day": "2126-01-01"}, "future"),
]


@pytest.mark.parametrize(("fields", "code"), BAD)
def test_every_bad_line_is_told_and_nothing_is_kept(fields, code):
    row = uploaded(line(), line(**{"number": "W-2", **fields}), line("W-3"))
    assert (row.status, codes(row), row.entries.count(), WatchKey.objects.count()) == ("refused", [(3, code)], 0, 0)
    assert row.file == ""
    sentence = watch_faults.shown(row.faults)[0]["sentence"]
    assert "%(" not in sentence and all(
        str(value) not in str(row.faults) for value in fields.values() if len(value) > 4
    )


def test_all_faults_are_counted_and_200_are_shown():
    row = uploaded(*(line(str(number), kind="猫") for number in range(250)))
    assert (len(row.faults), row.faulty) == (200, 250)


def test_a_number_twice():
    assert codes(uploaded(line(), line("W-2"), line())) == [(4, "number_twice")]


def test_a_number_that_the_spreadsheet_has_rounded():
    row = uploaded(data=workbook(HEADINGS, line(identifiers=110105194912310000)))
    assert codes(row) == [(2, "rounded")]


def test_a_number_whose_check_character_does_not_fit_is_kept_with_a_doubt():
    row = uploaded(line(identifiers="110105194912310021"))
    assert (row.status, codes(row)) == ("draft", [(2, "check")])


def test_headings_that_are_missing_or_twice():
    row = uploaded(data=file_of(headings=("编号", "编号", "姓名")))
    assert {code for _line, code in codes(row)} == {"column_twice", "column_missing"}
    assert all("%(" not in one["sentence"] for one in watch_faults.shown(row.faults))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n,,\n", "file_empty"),
        (b"PK\x03\x04 no workbook", "file_damaged"),
        (b"a\x00b", "file_damaged"),
        (b"\xff\xff\xff", "file_encoding"),
    ],
)
def test_files_that_cannot_be_read(data, code):
    row = uploaded(data=data or b" ")
    assert (row.status, codes(row)) == ("refused", [(0, code)])


def test_a_small_file_that_unpacks_to_a_large_one():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (201 * 1024 * 1024))
    with pytest.raises(BadSheet, match="too_large"):
        list(lines(kept.getvalue()))


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    for start in (b"", b"PK\x03\x04"):
        try:
            list_imports.parse(start + data)
        except BadSheet as bad:
            assert f"file_{bad.code}" in watch_faults.SENTENCES


def test_the_next_version_says_what_it_changes():
    published(line(), line("W-2", name="样本乙"), line("W-3", name="样本丙"))
    row = uploaded(line(), line("W-2", name="样本已"), line("W-4", name="样本丁"))
    assert (row.version, row.added, row.changed, row.gone) == (2, 1, 1, 1)
    assert {one.number: one.since for one in row.entries.all()} == {"W-1": 1, "W-2": 2, "W-4": 2}


def test_one_version_waits_at_a_time():
    uploaded(line())
    before = len(default_storage.listdir("private")[0]) if default_storage.exists("private") else 0
    with pytest.raises(Refused):
        uploaded(line())
    assert (len(default_storage.listdir("private")[0]) if default_storage.exists("private") else 0) >= before
    assert WatchList.objects.count() == 1


def test_published_by_a_second_person_only_and_once():
    author, colleague = people.risk_officer(), people.risk_officer()
    row = uploaded(line(), by=author)
    with pytest.raises(NotAllowed):
        publish_list(row.pk, by=author)
    publish_list(row.pk, by=colleague)
    with pytest.raises(NotNow):
        publish_list(row.pk, by=colleague)
    second = published(line("W-9"))
    assert list(WatchList.objects.order_by("pk").values_list("status", flat=True)) == ["superseded", "published"]
    with pytest.raises(NotNow):
        discard_list(second.pk)


def test_a_list_without_anybody_is_not_published():
    row = uploaded(data=file_of())
    with pytest.raises(Refused):
        publish_list(row.pk, by=people.risk_officer())


def test_thrown_away_nothing_is_left():
    row = uploaded(line())
    discard_list(row.pk)
    assert not WatchEntry.objects.exists() and not WatchKey.objects.exists()
    assert uploaded(line()).version == 2


def test_a_killed_worker_leaves_nothing_half_imported(monkeypatch):
    """Dead after the first batch; the next one begins anew and keeps each entry once."""
    monkeypatch.setattr(list_imports, "AT_ONCE", 2)
    real, calls = list_imports._batch, []

    def dies(*args):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(list_imports, "_batch", dies)
    with pytest.raises(KeyboardInterrupt):
        uploaded(*(line(str(number)) for number in range(5)))
    row = WatchList.objects.get()
    assert (row.status, row.entries.count()) == ("importing", 2), "it counts for nobody"
    assert tasks.import_lists() == 0, "still its lease"
    WatchList.objects.update(leased_until=None)
    tasks.import_lists()
    row.refresh_from_db()
    assert (row.status, row.entries.count(), row.total) == ("draft", 5, 5)


def test_a_fault_of_ours_is_tried_again_and_then_told(monkeypatch, caplog):
    def breaks(data):
        raise ValueError(NUMBER)

    monkeypatch.setattr(list_imports, "parse", breaks)
    row = uploaded(line())
    for _time in range(WatchList.MAX_ATTEMPTS):
        assert row.status == "importing"
        WatchList.objects.update(due_at=row.uploaded_at, leased_until=None)
        tasks.import_lists()
        row.refresh_from_db()
    assert codes(row) == [(0, "gave_up")] and NUMBER not in caplog.text
