"""Category codes, permits, documents, reasons for returns."""

import re

from common import both_languages, counts, expect, fail, language_pairs, load, rows, unique
from vocabulary import FIELDS, MCC_CLASS, MCC_RISK, MERCHANT_TYPES


def check_mcc():
    mcc = {row["code"]: row for row in rows("mcc.csv")}
    unique([row["code"] for row in mcc.values()], "mcc.csv")
    expect(counts["mcc.csv"] == len(mcc), "mcc.csv", "duplicate code")
    permits = rows("permits.csv")
    ids = unique([row["id"] for row in permits], "permits.csv", "id")
    replaceable = {row["alternative_to"] for row in permits if row["alternative_to"]}
    required, asked = {}, {}
    for row in permits:
        where = f"permits.csv {row['id']}"
        expect(re.fullmatch(r"[a-z_]+", row["id"]), where, "id form")
        both_languages(where, row["name_zh"], row["name_en"])
        both_languages(where, row["authority_zh"], row["authority_en"])
        both_languages(where, row["condition_zh"], row["condition_en"])
        expect(row["has_expiry"] in {"true", "false"}, where, "has_expiry")
        expect(row["required_for"] or row["asked_if_for"], where, "no trigger")
        expect(not row["alternative_to"] or row["alternative_to"] in ids - {row["id"]}, where, "unknown alternative_to")
        for key, store in (("required_for", required), ("asked_if_for", asked)):
            codes = [code for code in row[key].split(";") if code]
            unique(codes, where, "trigger")
            for code in codes:
                expect(code in mcc, where, f"unknown MCC {code}")
                store.setdefault(code, set()).add(row["id"])
        expect(
            not set(row["required_for"].split(";")) & set(row["asked_if_for"].split(";")) - {""},
            where,
            "the same MCC is required and asked",
        )
    for code, row in mcc.items():
        where = f"mcc.csv {code}"
        expect(re.fullmatch(r"\d{4}", code), where, "code is not four digits")
        both_languages(where, row["name_zh"], row["name_en"])
        expect(row["class"] in MCC_CLASS, where, "class")
        expect(row["risk"] in MCC_RISK, where, "risk")
        expect(row["allow_micro"] in {"true", "false"} and row["cash_like"] in {"true", "false"}, where, "flag")
        expect(row["status"] in {"active", "unconfirmed"}, where, "status")
        expect(row["origin"] in {"iso", "network", "unionpay"}, where, "origin")
        expect(set(filter(None, row["permits"].split(";"))) == required.get(code, set()), where, "permits differ")
        expect(set(filter(None, row["permits_if"].split(";"))) == asked.get(code, set()), where, "permits_if differ")
        expect(set(filter(None, (row["permits"] + ";" + row["permits_if"]).split(";"))) <= ids, where, "unknown permit")
        if row["allow_micro"] == "true":
            expect(row["risk"] in {"low", "medium"}, where, "high or prohibited risk, yet open to micro merchants")
            expect(
                set(filter(None, row["permits"].split(";"))) <= replaceable,
                where,
                "micro merchants cannot hold its permit",
            )
        expect((row["risk"] == "prohibited") == (row["class"] == "none"), where, "class none goes with prohibited")
        expect(bool(row["note_zh"]) == bool(row["note_en"]), where, "note in one language")
        if row["note_zh"]:
            both_languages(where, row["note_zh"], row["note_en"])
    unique([row["name_zh"] for row in mcc.values() if row["status"] == "active"], "mcc.csv", "Chinese name")
    expect(250 <= len(mcc) <= 320, "mcc.csv", f"{len(mcc)} codes")
    for code in ("4458", "5398", "9498", "4733", "9400", "7013", "3998", "9704", "9708"):
        expect(code in mcc, "mcc.csv", f"{code} missing")
    return mcc


def check_documents():
    data = load("documents.json", "documents")
    language_pairs("documents.json", data)
    conditions = unique([c["id"] for c in data["conditions"]], "documents.json", "condition")
    kinds = unique([d["kind"] for d in data["documents"]], "documents.json", "kind")
    groups, used = set(), set()
    expect({t["id"] for t in data["merchant_types"]} == MERCHANT_TYPES, "documents.json", "merchant types")
    for doc in data["documents"]:
        where = f"documents.json {doc['kind']}"
        groups.add(doc["group"])
        expect(set(doc["requirement"]) == MERCHANT_TYPES, where, "requirement for every merchant type")
        for kind, need in doc["requirement"].items():
            expect(need["level"] in data["levels"], where, f"{kind}: level")
            when = need.get("when")
            expect((need["level"] == "conditional") == bool(when), where, f"{kind}: conditional needs when")
            if when:
                expect(len(when) == 1 and set(when) <= set(data["condition_operators"]), where, f"{kind}: operator")
                names = next(iter(when.values()))
            else:
                expect(set(need.get("unless", {})) <= {"any"}, where, f"{kind}: unless")
                names = need.get("unless", {}).get("any", [])
            for name in names:
                used.add(name)
                expect(name in conditions, where, f"unknown condition {name}")
        expect(1 <= doc["pages"]["min"] <= doc["pages"]["max"], where, "pages")
        expect(doc["formats"] and set(doc["formats"]) <= {"jpeg", "png", "webp", "heic", "pdf"}, where, "formats")
        expect(0 < doc["min_px"]["short_edge"] <= doc["min_px"]["long_edge"], where, "min_px")
        expect(doc["expiry"]["rule"] in data["expiry_rules"], where, "expiry rule")
        expect(doc["expiry"]["rule"] != "issued_within" or doc["expiry"]["days"] > 0, where, "days")
        expect(doc["supplied_by"] in {"merchant", "technician", "portal"}, where, "supplied_by")
        expect(doc["sensitivity"] in {"business", "identity", "account"}, where, "sensitivity")
    for name in conditions - used:
        fail("documents.json", f"condition {name} is never used")
    return kinds, groups


def check_reasons(kinds, groups):
    reasons = rows("return_reasons.csv")
    codes = unique([row["code"] for row in reasons], "return_reasons.csv", "code")
    tokens = kinds | FIELDS | {"@" + group for group in groups} | {"@image"}
    for row in reasons:
        where = f"return_reasons.csv {row['code']}"
        both_languages(where, row["sentence_zh"], row["sentence_en"])
        both_languages(where, row["remedy_zh"], row["remedy_en"])
        expect(row["audience"] in {"merchant", "internal"}, where, "audience")
        for token in row["applies_to"].split(";"):
            expect(token in tokens, where, f"unknown applies_to {token}")
        for zh, en in (("sentence_zh", "sentence_en"), ("remedy_zh", "remedy_en")):
            expect(
                sorted(re.findall(r"\{\w+\}", row[zh])) == sorted(re.findall(r"\{\w+\}", row[en])),
                where,
                f"placeholders of {zh} and {en} differ",
            )
        if row["audience"] == "merchant":
            expect(row["shown_as"] == row["code"], where, "a public reason is shown as itself")
            expect(
                not re.search("套现|名单|冒用|二次清算|欺诈|可疑", row["sentence_zh"] + row["remedy_zh"]),
                where,
                "fraud wording in a public reason",
            )
        else:
            expect(row["shown_as"] == "none" or row["shown_as"] in codes, where, "shown_as")
    public = {row["code"] for row in reasons if row["audience"] == "merchant"}
    for row in reasons:
        if row["audience"] == "internal" and row["shown_as"] != "none":
            expect(row["shown_as"] in public, f"return_reasons.csv {row['code']}", "shown as a non-public reason")


def check_conditions(kinds):
    """Promises under which a case may be approved."""
    found = rows("conditions.csv")
    unique([row["code"] for row in found], "conditions.csv", "code")
    for row in found:
        where = f"conditions.csv {row['code']}"
        both_languages(where, row["sentence_zh"], row["sentence_en"])
        both_languages(where, row["consequence_zh"], row["consequence_en"])
        expect(row["step"] in {"identity", "application"}, where, "step")
        expect(row["document"] in kinds, where, "unknown kind of document")
        expect(0 < int(row["days"]) <= int(row["most_days"]) <= 180, where, "days")
