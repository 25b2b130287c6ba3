"""Fee arithmetic: the vectors, the choice of a rule, and money as text."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import fees
from onboarding.data import document
from onboarding.fees import FeeRule, NotAnAmount

amounts = st.integers(0, 10**12)
rates = st.integers(0, 30_000)
small = st.integers(0, 10_000)
caps = st.none() | small
PLANS = {plan["code"]: plan for plan in document("fee_plans.json")["plans"]}


def rules(code: str) -> list[FeeRule]:
    fields = FeeRule.__dataclass_fields__
    return [FeeRule(**{key: rule[key] for key in rule if key in fields}) for rule in PLANS[code]["rules"]]


@pytest.mark.parametrize(
    ("amount", "rate", "cap", "due"),
    [
        (10000, 6000, None, 60),
        (10000, 5000, 2000, 50),
        (400000, 5000, 2000, 2000),
        (400001, 5000, 2000, 2000),
        (84, 6000, None, 1),
        (83, 6000, None, 0),
        (100000, 3800, None, 380),
        (1000000, 3500, 1300, 1300),
        (1000000, 325, None, 325),
        (100000, 325, None, 33),
    ],
)
def test_a_fee(amount, rate, cap, due):
    assert fees.fee(amount, rate, cap_fen=cap) == due


def test_minimum_then_cap_then_the_fixed_part():
    assert fees.fee(100, 6000, min_fen=10, fixed_fen=5) == 15
    assert fees.fee(100, 6000, min_fen=30, cap_fen=20, fixed_fen=5) == 25
    assert fees.fee(0, 6000) == 0


def test_a_refund_is_no_negative_fee():
    with pytest.raises(ValueError):
        fees.fee(-1, 6000)


@given(amounts, rates)
def test_rounding_is_half_up_to_the_fen(amount, rate):
    exact = Decimal(amount) * rate / 1_000_000
    assert fees.fee(amount, rate) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(amounts, amounts, rates, small, caps, small)
def test_a_fee_is_monotone_and_bounded(one, other, rate, least, cap, fixed):
    low, high = (fees.fee(amount, rate, least, cap, fixed) for amount in sorted((one, other)))
    assert low <= high
    floor = least if cap is None else min(least, cap)
    assert floor + fixed <= low
    assert cap is None or high <= cap + fixed
    assert all(type(due) is int for due in (low, high))


@pytest.mark.parametrize(
    ("plan", "product", "amount", "mcc_class", "rate"),
    [
        ("A-STD", "DEBIT", 10000, "standard", 5000),
        ("A-STD", "QR_DEBIT", 100000, "standard", None),
        ("A-STD", "QR_DEBIT", 100001, "standard", None),
        ("PB-CHAIN", "QR_DEBIT", 5000, "discount", None),
    ],
)
def test_a_rule_is_chosen_for_the_amount_and_the_trade(plan, product, amount, mcc_class, rate):
    rule = fees.choose(rules(plan), product=product, amount_fen=amount, mcc_class=mcc_class)
    assert rule is not None
    assert rule.covers(amount)
    assert rate is None or rule.rate_ppm == rate


def test_the_two_bands_of_small_scans_differ():
    small_scan = fees.choose(rules("A-STD"), product="QR_DEBIT", amount_fen=100_000)
    large_scan = fees.choose(rules("A-STD"), product="QR_DEBIT", amount_fen=100_001)
    assert small_scan.rate_ppm < large_scan.rate_ppm


def test_a_trade_has_its_own_price_before_the_standard_one():
    assert fees.choose(rules("A-STD"), product="DEBIT", amount_fen=1, mcc_class="waived").mcc_class == "waived"
    assert fees.choose(rules("A-STD"), product="QR_DEBIT", amount_fen=1, mcc_class="waived").mcc_class == "standard"
    assert fees.choose(rules("A-STD"), product="DEBIT", amount_fen=1, mcc_class="special") is None
    assert fees.choose(rules("A-STD"), product="CHEQUE", amount_fen=1) is None


def test_the_narrower_region_and_the_smaller_priority_win():
    national = FeeRule("DEBIT", 5000)
    province = FeeRule("DEBIT", 4800, region="440000")
    city = FeeRule("DEBIT", 4600, region="440300")
    urgent = FeeRule("DEBIT", 4400, priority=1)
    every = [national, province, city]

    def chosen(region, among=every):
        return fees.choose(among, product="DEBIT", amount_fen=1, region=region)

    assert [chosen(region) for region in ("440305", "440106", "310115", "")] == [city, province, national, national]
    assert chosen("440305", [*every, urgent]) is urgent


@given(st.sampled_from(sorted(PLANS)), amounts)
def test_a_plan_prices_every_amount(code, amount):
    plan = PLANS[code]
    for product, mcc_class in {(rule["product"], rule["mcc_class"]) for rule in plan["rules"]}:
        assert fees.choose(rules(code), product=product, amount_fen=amount, mcc_class=mcc_class)


@pytest.mark.parametrize(
    ("rule", "below"),
    [
        (FeeRule("DEBIT", 3825, cap_fen=1625), False),
        (FeeRule("DEBIT", 3825), False),
        (FeeRule("DEBIT", 3824), True),
        (FeeRule("DEBIT", 5000, cap_fen=1624), True),
        (FeeRule("CREDIT", 4825), False),
        (FeeRule("CREDIT", 4824), True),
        (FeeRule("CREDIT", 6000, cap_fen=2000), True),
        (FeeRule("QR_DEBIT", 0), False),
    ],
)
def test_the_floor_of_costs(rule, below):
    assert fees.below_cost(rule) is below


def test_plans_below_the_floor_state_their_reason():
    for code, plan in PLANS.items():
        for rule, row in zip(rules(code), plan["rules"], strict=True):
            assert not fees.below_cost(rule) or row["basis"]


@pytest.mark.parametrize(
    ("ppm", "shown"),
    [(5500, "0.55%"), (6000, "0.6%"), (325, "0.0325%"), (0, "0%"), (1_000_000, "100%"), (1, "0.0001%")],
)
def test_a_rate_is_shown(ppm, shown):
    assert fees.percent(ppm) == shown


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123450, "1,234.50"), (10**11, "1,000,000,000.00")]
)
def test_an_amount_is_shown(fen, shown):
    assert fees.yuan(fen) == shown


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1234.50", 123450),
        ("1,234.5", 123450),
        ("￥20", 2000),
        ("20元", 2000),
        (" ２０．０１ ", 2001),
        ("0", 0),
        ("0.1", 10),
    ],
)
def test_an_amount_is_read(typed, fen):
    assert fees.parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"), (None, "empty"), ("¥", "empty"), ("1.234", "shape"), ("1,23", "shape"), ("-1", "shape"),
        ("1e5", "shape"), ("NaN", "shape"), ("一百", "shape"), ("9" * 10_000, "shape"), ("9" * 20, "most"),
        ("٣", "shape"),
    ],
)  # fmt: skip
def test_what_is_no_amount_gets_a_sentence(typed, code):
    with pytest.raises(NotAnAmount) as caught:
        fees.parse_yuan(typed)
    assert caught.value.code == code
    assert str(caught.value.sentence)


def test_bounds_are_named_in_the_sentence():
    with pytest.raises(NotAnAmount) as caught:
        fees.parse_yuan("4", least=500)
    assert "5.00" in str(caught.value.sentence)


@given(st.integers(0, fees.LARGEST_FEN))
def test_what_is_shown_can_be_read(fen):
    assert fees.parse_yuan(fees.yuan(fen)) == fen


@given(st.text())
def test_no_text_raises_anything_else(text):
    try:
        assert type(fees.parse_yuan(text)) is int
    except NotAnAmount as error:
        assert error.code


@pytest.mark.parametrize("text", ["10²", "①0", "1½", "١٢"])
def test_only_digits_make_an_amount(text):
    """Full-width digits are typed by accident; a raised or a circled one says something else."""
    with pytest.raises(fees.NotAnAmount):
        fees.parse_yuan(text)
    assert fees.parse_yuan("１２．５") == 1250
