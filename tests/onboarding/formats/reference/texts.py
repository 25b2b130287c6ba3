"""Courses, help articles, promises and the samples."""

import datetime
import re

from common import CJK, both_languages, expect, language_pairs, load, possible_resident_id, possible_uscc, rows, unique
from vocabulary import ROLES, STATES, TIERS, WAITING_STATES


def check_training():
    data = load("training.json", "courses")
    language_pairs("training.json", data)
    unique([c["id"] for c in data["courses"]], "training.json", "course")
    expect(len(data["courses"]) == 5, "training.json", "five courses")
    unique([q["question_zh"] for c in data["courses"] for q in c["quiz"]], "training.json", "question")
    for course in data["courses"]:
        where = f"training.json {course['id']}"
        expect(3 <= len(course["lessons"]) <= 5, where, "three to five lessons")
        expect(len(course["quiz"]) == 8, where, "eight questions")
        for lesson in course["lessons"]:
            chinese = len(CJK.findall(lesson["body_zh"]))
            english = len(lesson["body_en"].split())
            expect(80 <= chinese <= 150, where, f"{lesson['id']}: {chinese} characters")
            expect(80 <= english <= 150, where, f"{lesson['id']}: {english} words")
        for question in course["quiz"]:
            expect(len(question["options"]) == 4, where, f"{question['id']}: four options")
            expect(question["answer"] in range(4), where, f"{question['id']}: answer")
            unique([o["zh"] for o in question["options"]], where, "option")


def check_articles():
    data = load("articles.json", "articles")
    language_pairs("articles.json", data)
    unique([a["id"] for a in data["articles"]], "articles.json", "id")
    expect(len(data["articles"]) == 12, "articles.json", "twelve articles")
    for article in data["articles"]:
        expect(len(article["steps_zh"]) >= 3, f"articles.json {article['id']}", "three steps at least")


def check_sla():
    keys = []
    for row in rows("sla.csv"):
        where = f"sla.csv {row['kind']} {row['subject']} {row['tier']}"
        keys.append((row["kind"], row["subject"], row["tier"]))
        both_languages(where, row["name_zh"], row["name_en"])
        expect(row["kind"] in {"state", "ticket", "alert", "visit", "shipment", "appeal"}, where, "kind")
        expect(row["kind"] != "state" or row["subject"] in STATES, where, "unknown state")
        expect(row["tier"] in TIERS and row["clock"] in {"working", "calendar"}, where, "tier or clock")
        expect(row["target_hours"].isdigit() and row["warn_at_hours"].isdigit(), where, "hours")
        expect(0 < int(row["warn_at_hours"]) < int(row["target_hours"]), where, "warn before the target")
        expect(row["escalate_to"] in ROLES and row["whose_turn"] in ROLES, where, "role")
    unique(keys, "sla.csv")
    for state in WAITING_STATES:
        tiers = {tier for kind, subject, tier in keys if (kind, subject) == ("state", state)}
        expect(
            tiers == {"all"} or tiers == {"low", "medium", "high"}, "sla.csv", f"{state} has tiers {tiers or 'none'}"
        )


def check_watchlist():
    entries = rows("watchlist_sample.csv")
    unique([row["id"] for row in entries], "watchlist_sample.csv", "id")
    expect(len(entries) == 20, "watchlist_sample.csv", "twenty entries")
    for row in entries:
        where = f"watchlist_sample.csv {row['id']}"
        both_languages(where, row["name_zh"], row["name_en"])
        expect("样本" in row["name_zh"] and "sample" in row["note_en"], where, "not marked as a sample")
        expect(row["action"] in {"refuse", "terminate", "review"}, where, "action")
        listed, clear = (datetime.date.fromisoformat(row[key]) for key in ("listed_on", "clear_by"))
        expect(clear - listed == datetime.timedelta(10), where, "clear_by is not ten days after listed_on")
        expect(listed <= datetime.date(2026, 11, 23), where, "listed in the future")
        value = row["id_value"]
        if row["id_type"] == "resident_id":
            expect(
                re.fullmatch(r"\d{17}[\dX]", value) and not possible_resident_id(value), where, "could be a real person"
            )
        if row["id_type"] == "uscc":
            expect(len(value) == 18 and not possible_uscc(value), where, "could be a real company")
        if row["id_type"] == "mobile":
            expect(re.fullmatch(r"12\d{9}", value), where, "could be a real number")


def check_similarity():
    pairs = rows("name_similarity.csv")
    unique([frozenset((row["char_a"], row["char_b"])) for row in pairs], "name_similarity.csv", "pair")
    for row in pairs:
        where = f"name_similarity.csv {row['char_a']}{row['char_b']}"
        expect(
            all(len(row[key]) == 1 and CJK.match(row[key]) for key in ("char_a", "char_b")), where, "one character each"
        )
        expect(row["char_a"] != row["char_b"], where, "same character")
        expect(row["kind"] in {"shape", "sound", "sound_near", "both"}, where, "kind")
        expect(0 < float(row["weight"]) <= 1, where, "weight")
    expect(len(pairs) >= 300, "name_similarity.csv", f"{len(pairs)} pairs")
