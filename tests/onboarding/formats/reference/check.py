#!/usr/bin/env python3
"""Check the reference data in onboarding/data. Standard library only.

Usage: python3 check.py     (exit status 0: no error; 1: errors, one a line)
"""

import sys

from common import FULLWIDTH, HERE, HOST, PATH, counts, errors, expect, fail
from money import check_fees, check_risk
from places import check_banks, check_calendar, check_divisions
from texts import check_articles, check_similarity, check_sla, check_training, check_watchlist
from trade import check_conditions, check_documents, check_mcc, check_reasons


def check_files():
    for path in sorted(HERE.iterdir()):
        if path.suffix not in {".csv", ".json", ".md"}:
            continue
        text = path.read_text(encoding="utf-8")
        expect(not text.startswith("\ufeff"), path.name, "byte order mark")
        expect("\r" not in text, path.name, "carriage return")
        expect("\ufffd" not in text, path.name, "replacement character")
        for match in FULLWIDTH.finditer(text):
            fail(path.name, f"full-width digit or letter {match.group()!r}")
        for pattern in (PATH, HOST):
            for match in pattern.finditer(text):
                fail(path.name, f"absolute path or host name: {match.group()!r}")


def main():
    check_files()
    divisions = check_divisions()
    mcc = check_mcc()
    check_banks()
    check_calendar()
    kinds, groups = check_documents()
    check_reasons(kinds, groups)
    check_conditions(kinds)
    check_fees(divisions)
    check_risk(mcc)
    check_training()
    check_articles()
    check_sla()
    check_watchlist()
    check_similarity()
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    for error in errors:
        print(error)
    print(f"{len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
