"""Divisions, banks and the working calendar."""

import datetime
import re

from common import both_languages, counts, expect, is_date, mod_11_10, rows, unique


def check_divisions():  # noqa: C901
    current, former = rows("divisions.csv"), rows("divisions_former.csv")
    table = {row["code"]: row for row in current + former}
    unique([row["code"] for row in current + former], "divisions")
    for row in current + former:
        where = f"divisions {row['code']}"
        expect(re.fullmatch(r"\d{6}", row["code"]), where, "code is not six digits")
        level = 1 if row["code"].endswith("0000") else 2 if row["code"].endswith("00") else 3
        expect(row["level"] == str(level), where, "level does not fit the code")
        expect(not (level == 3 and "71" <= row["code"][4:] <= "79"), where, "zone pseudo-code")
        expect(row["basis"] in {"gb", "summary", "statistical"}, where, "basis")
        both_languages(where, row["name"], row["name_en"])
        for key in ("valid_from", "valid_to"):
            expect(not row[key] or is_date(row[key]), where, f"{key} is no date")
        if row["valid_from"] and row["valid_to"]:
            expect(row["valid_from"] <= row["valid_to"], where, "valid_to before valid_from")
        if level == 1:
            expect(not row["parent"], where, "a province has no parent")
            continue
        parent = table.get(row["parent"])
        expect(parent is not None, where, f"parent {row['parent']} missing")
        if parent:
            expect(int(parent["level"]) < level, where, "parent is not above")
            expect(row["code"][:2] == parent["code"][:2], where, "parent in another province")
            if not row["valid_to"]:
                expect(not parent["valid_to"], where, "in force under a closed parent")
    for row in former:
        expect(
            row["valid_to"] and row["valid_to"] < "2020", f"divisions_former {row['code']}", "not closed before 2020"
        )
    live = [row for row in current if not row["valid_to"] and row["basis"] == "gb"]
    levels = [sum(row["level"] == str(n) for row in live) for n in (1, 2, 3)]
    expect(levels == [34, 333, 2847], "divisions.csv", f"counts by level changed: {levels}")
    names = {code: table[code]["name"] for code in table}
    for code, name in {
        "653228": "和康县",
        "653229": "和安县",
        "330113": "临平区",
        "460302": "西沙区",
        "810000": "香港特别行政区",
        "820000": "澳门特别行政区",
        "710000": "台湾省",
        "500157": "两江新区",
    }.items():
        expect(names.get(code) == name, "divisions.csv", f"{code} should be {name}")
    for code in ("350402", "320611", "370634", "500105", "500112"):
        expect(table[code]["valid_to"], "divisions.csv", f"{code} must be closed")
    for row in rows("differences.csv"):
        where = f"differences.csv {row['code']}"
        expect(row["in_divisions"] in {"yes", "no", "closed"}, where, "in_divisions")
        expect(row["kind"] and row["decision"] and row["reason"], where, "kind, decision or reason empty")
        if row["in_divisions"] == "yes":
            expect(row["code"] in table and not table[row["code"]]["valid_to"], where, "not in force in divisions")
        if row["in_divisions"] == "closed":
            expect(row["code"] in table and table[row["code"]]["valid_to"], where, "not closed in divisions")
        if row["in_divisions"] == "no":
            expect(row["code"] not in table or row["code"].endswith("x"), where, "present in divisions")
    return {row["code"] for row in live}


def check_banks():
    banks = rows("banks.csv")
    unique([row["head_cnaps"] for row in banks], "banks.csv", "head_cnaps")
    unique([row["name_zh"] for row in banks], "banks.csv", "name")
    for row in banks:
        where = f"banks.csv {row['name_zh']}"
        both_languages(where, row["name_zh"], row["name_en"])
        expect(re.fullmatch(r"\d{12}", row["head_cnaps"]), where, "head_cnaps is not twelve digits")
        expect(mod_11_10(row["head_cnaps"]), where, "check digit")
        expect(row["head_cnaps"].startswith(row["cnaps_class"]) and len(row["cnaps_class"]) == 3, where, "class")
        expect(row["kind"] in {"state", "policy", "joint_stock", "city", "rural", "private", "foreign"}, where, "kind")
        expect(row["example"] in {"true", "false"}, where, "example")
    for good in ("102100099996", "103100000026", "104100000004", "105100000017", "301290000007", "308584000013"):
        expect(mod_11_10(good), "check.py", f"{good} should pass")
    for bad in ("102100099997", "308584000031"):
        expect(not mod_11_10(bad), "check.py", f"{bad} should fail")


def check_calendar():
    days = {row["date"]: row for row in rows("calendar.csv")}
    expect(counts["calendar.csv"] == len(days) == 730, "calendar.csv", "730 distinct days expected")
    day = datetime.date(2025, 1, 1)
    while day.year < 2027:
        row = days.get(day.isoformat())
        where = f"calendar.csv {day}"
        expect(row is not None, where, "missing")
        if row:
            both_languages(where, row["name_zh"], row["name_en"])
            weekend = day.weekday() >= 5
            allowed = {"workday": not weekend, "makeup": weekend, "off": weekend, "holiday": True}
            expect(allowed.get(row["kind"], False), where, f"kind {row['kind']} on this weekday")
        day += datetime.timedelta(1)
    expect(not any(date.startswith("2027") for date in days), "calendar.csv", "2027 is absent on purpose")

    def after(text):
        day = datetime.date.fromisoformat(text)
        while True:
            day += datetime.timedelta(1)
            row = days.get(day.isoformat())
            if row is None:
                return "uncovered"
            if row["kind"] in {"workday", "makeup"}:
                return day.isoformat()

    for start, end in (
        ("2026-02-13", "2026-02-14"),
        ("2026-02-14", "2026-02-24"),
        ("2026-04-30", "2026-05-06"),
        ("2026-05-08", "2026-05-09"),
        ("2026-09-18", "2026-09-20"),
        ("2026-09-30", "2026-10-08"),
        ("2026-10-09", "2026-10-10"),
        ("2026-11-20", "2026-11-23"),
        ("2026-12-31", "uncovered"),
    ):
        expect(after(start) == end, "calendar.csv", f"{start} + 1 workday is {after(start)}, not {end}")
