"""Fee plans and the rules of monitoring."""

import re

from common import expect, is_date, language_pairs, load, unique
from vocabulary import MERCHANT_TYPES


def fee(amount, rule):
    value = (amount * rule["rate_ppm"] + 500_000) // 1_000_000
    value = max(value, rule["min_fen"])
    if rule["cap_fen"] is not None:
        value = min(value, rule["cap_fen"])
    return value + rule["fixed_fen"]


def check_fees(divisions):  # noqa: C901
    data = load("fee_plans.json", "plans")
    language_pairs("fee_plans.json", data)
    expect(data["illustrative"] is True, "fee_plans.json", "must be marked illustrative")
    institutions = {i["id"]: i for i in data["institutions"]}
    expect(
        sorted(i["kind"] for i in institutions.values())
        == ["bank", "bank", "payment_institution", "payment_institution"],
        "fee_plans.json",
        "two banks and two payment institutions expected",
    )
    for i in institutions.values():
        expect(
            i["fictitious"] and "虚构" in i["name_zh"] and "fictitious" in i["name_en"],
            i["id"],
            "not marked fictitious",
        )
        for code in i["regions"]:
            expect(code == "*" or code in divisions, i["id"], f"unknown region {code}")
    unique([p["code"] for p in data["plans"]], "fee_plans.json", "plan")
    for plan in data["plans"]:
        where = f"fee_plans.json {plan['code']}"
        expect(plan["institution"] in institutions, where, "institution")
        expect(plan["status"] == "illustrative", where, "status")
        expect(set(plan["for_types"]) <= MERCHANT_TYPES, where, "for_types")
        expect(is_date(plan["effective_from"]), where, "effective_from")
        expect(plan["effective_to"] is None or plan["effective_to"] > plan["effective_from"], where, "effective_to")
        expect({c["code"] for c in plan["settlement"]} <= {"T1", "D1", "D0"}, where, "settlement")
        rules = plan["rules"] + (plan["promotion"] or {}).get("rules_after", [])
        if plan["promotion"]:
            expect(is_date(plan["promotion"]["ends_on"]), where, "promotion end")
            expect(plan["effective_from"] < plan["promotion"]["ends_on"], where, "promotion ends before it starts")
        for rule in rules:
            expect(rule["product"] in data["products"], where, "product")
            for key in ("rate_ppm", "min_fen", "fixed_fen", "amount_from_fen", "priority"):
                expect(type(rule[key]) is int and rule[key] >= 0, where, f"{key} is no natural number")
            for key in ("cap_fen", "amount_to_fen"):
                expect(rule[key] is None or type(rule[key]) is int, where, f"{key} is no integer")
            expect(rule["mcc_class"] in plan["for_classes"], where, f"class {rule['mcc_class']} not in for_classes")
            expect(rule["rate_ppm"] < 30_000, where, "rate above 3 %")
            floor = data["cost_floor"].get(rule["product"])
            if floor and "basis" not in rule:
                expect(
                    rule["rate_ppm"] >= floor["rate_ppm"],
                    where,
                    f"{rule['product']} below the cost floor without a basis",
                )
                expect(
                    rule["cap_fen"] is None or floor["cap_fen"] is None or rule["cap_fen"] >= floor["cap_fen"],
                    where,
                    f"{rule['product']} cap below the cost floor",
                )
        for group in (plan["rules"], (plan["promotion"] or {}).get("rules_after", [])):
            bands = {}
            for rule in group:
                bands.setdefault((rule["product"], rule["mcc_class"]), []).append(
                    (rule["amount_from_fen"], rule["amount_to_fen"])
                )
            for key, spans in bands.items():
                spans.sort(key=lambda span: span[0])
                expect(spans[0][0] == 0 and spans[-1][1] is None, where, f"{key} leaves an amount without a price")
                for (_, left), (right, _) in zip(spans, spans[1:], strict=False):
                    expect(left is not None and right == left + 1, where, f"{key} bands overlap or leave a gap")
            for product in ("DEBIT", "CREDIT"):
                for kind in plan["for_classes"]:
                    expect((product, kind) in bands or not group, where, f"{product} has no price for class {kind}")
    example = {"rate_ppm": 6000, "min_fen": 0, "cap_fen": None, "fixed_fen": 0}
    for amount, changes, due in (
        (10000, {}, 60),
        (10000, {"rate_ppm": 5000, "cap_fen": 2000}, 50),
        (400001, {"rate_ppm": 5000, "cap_fen": 2000}, 2000),
        (84, {}, 1),
        (83, {}, 0),
        (1000000, {"rate_ppm": 3500, "cap_fen": 1300}, 1300),
        (100000, {"rate_ppm": 325}, 33),
    ):
        expect(fee(amount, {**example, **changes}) == due, "check.py", f"fee vector {amount} {changes}")


def check_risk(mcc):
    data = load("risk_rules.json", "rules")
    language_pairs("risk_rules.json", data)
    groups = {g["id"]: g for g in data["mcc_groups"]}
    for g in groups.values():
        for code in g["mcc"]:
            expect(code in mcc, f"risk_rules.json {g['id']}", f"unknown MCC {code}")
    cash_like = {code for code, row in mcc.items() if row["cash_like"] == "true" and row["risk"] != "prohibited"} - {
        "9498"
    }
    expect(
        set(groups["cash_like"]["mcc"]) == cash_like,
        "risk_rules.json",
        f"group cash_like should be {sorted(cash_like)}",
    )
    expect([r["id"] for r in data["rules"]] == [f"R{n:02}" for n in range(1, 20)], "risk_rules.json", "R01 to R19")
    for rule in data["rules"]:
        where = f"risk_rules.json {rule['id']}"
        expect(rule["basis"] in {"policy", "regulatory"}, where, "basis")
        expect(rule["severity"] in {"low", "medium", "high"}, where, "severity")
        expect(rule["params"], where, "no parameter")
        expect(all(type(v) in (int, str, bool, list) for v in rule["params"].values()), where, "float in params")
        for override in rule["overrides"]:
            expect(override["group"] in groups, where, f"unknown group {override['group']}")
            expect(set(override["params"]) <= set(rule["params"]), where, "override names an unknown parameter")
        expect(set(rule["exempt_groups"]) <= set(groups), where, "exempt group")
        for action in rule["actions"]:
            expect(action["do"] in data["actions"], where, f"action {action['do']}")
            expect(action["when"] in rule["params"], where, f"action on unknown parameter {action['when']}")
        expect(
            set(re.findall(r"\{\w+\}", rule["explain_zh"])) == set(re.findall(r"\{\w+\}", rule["explain_en"])),
            where,
            "placeholders differ",
        )
