"""A plan's yearly cost is the sum of onboarding.fees over every single payment."""

import datetime

from onboarding import fees
from onboarding.application import plans, terms
from onboarding.models import FeePlan

START = datetime.date(2026, 11, 23)
TAKINGS = plans.Takings({"CREDIT": 3_000_000, "DEBIT": 1_234_567, "QR_DEBIT": 4_000_001, "QR_CREDIT": 99}, 8_850)


def by_hand(rules, takings, fee_class):
    total = 0
    for product, volume in takings.volumes.items():
        payments = [takings.ticket_fen] * (volume // takings.ticket_fen) + [volume % takings.ticket_fen]
        for amount in filter(None, payments):
            rule = fees.choose(rules, product=product, amount_fen=amount, mcc_class=fee_class)
            total += fees.fee(amount, rule.rate_ppm, rule.min_fen, rule.cap_fen, rule.fixed_fen) if rule else 0
    return total


def cost(code, takings=TAKINGS, fee_class="standard", terminals=1):
    plan = FeePlan.objects.get(code=code)
    return plans.cost(plan, takings, fee_class=fee_class, region="", terminals=terminals, start=START), plan


def test_a_year_is_every_payment_of_twelve_months(tables):
    found, plan = cost("A-STD")
    assert found.fees == 12 * by_hand(plans.rules_of(plan), TAKINGS, "standard")
    assert found.year == found.fees and not found.unpriced


def test_the_promotion_ends_on_its_day(tables):
    found, plan = cost("PA-START", terminals=2)
    now, later = plans.rules_of(plan), plans.rules_after(plan)
    assert found.fees == 4 * by_hand(now, TAKINGS, "standard") + 8 * by_hand(later, TAKINGS, "standard")
    assert found.data == 2 * 3600 and found.year == found.fees + found.data


def test_caps_and_ranges_count_per_payment(tables):
    big = plans.Takings({"DEBIT": 10_000_000}, 1_000_000)
    found, _plan = cost("A-STD", big)
    assert found.fees == 12 * 10 * 2000


def test_what_has_no_price_is_said(tables):
    found, _plan = cost("PB-CHAIN", plans.Takings({"D0": 100_000}, 1000), fee_class="discount")
    assert found.unpriced == ("D0",) and found.below_minimum and not found.comparable


def test_only_fitting_plans_are_offered(tables):
    def codes(type_, fee_class):
        rows = plans.compare(
            TAKINGS, merchant_type=type_, fee_class=fee_class, region="330106", terminals=1, start=START
        )
        return {one.plan.code for one in rows}

    assert codes("micro", "standard") == {"B-MICRO"}
    assert codes("micro", "discount") == {"B-MICRO"}
    assert codes("enterprise", "discount") == {"A-SUPER", "PB-CHAIN"}
    assert codes("institution", "waived") == {"A-STD"}
    assert codes("enterprise", "none") == set()


def test_the_cheapest_comes_first_and_works_here(tables):
    rows = plans.compare(
        TAKINGS, merchant_type="enterprise", fee_class="standard", region="330106", terminals=1, start=START
    )
    fair = [one.cost.year for one in rows if one.serves and one.cost.comparable]
    assert rows[0].best and rows[0].cost.year == min(fair) and rows[0].more == 0


def test_every_plan_can_be_told_in_words(tables):
    for plan in FeePlan.objects.select_related("institution"):
        assert all(row["value"] for row in terms.summary(plan, plan.for_classes[0], "T1"))


def test_the_public_page_compares(client, tables):
    assert client.get("/plans/").status_code == 200
    typed = {
        "CREDIT": "1000",
        "DEBIT": "0",
        "QR_DEBIT": "500.5",
        "QR_CREDIT": "0",
        "ticket": "20",
        "type": "micro",
        "fee_class": "standard",
    }
    page = client.get("/plans/", typed)
    assert [row["plan"].code for row in page.context["rows"]] == ["B-MICRO"]
    for bad in ("", "x\x00", "0", "9" * 999, "１２３"):
        assert client.get("/plans/", {**typed, "ticket": bad, "type": bad}).status_code == 200
