"""Three hundred generated cases go through the real checks: no planted hard fault passes by machine alone, and most
honest low-risk merchants do. Prints fault × check (`pytest -s`)."""

import itertools
from collections import Counter

import pytest

from onboarding.models import DocumentKind, ReviewPolicy, Score
from tests import people
from tests.onboarding.screening import cases
from tests.watching import published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HONEST_PER_TYPE = 15
PER_FAULT = 10
LEAST_HONEST = 0.8
FEWEST = 300


@pytest.fixture
def open_to_the_machine(monkeypatch):
    """Small pictures, every type of merchant open to the machine."""
    DocumentKind.objects.update(min_short_edge=0)
    ReviewPolicy.objects.update(straight_through=True)


def drafts() -> dict[str, list[cases.Draft]]:
    """Honest ones first: each fault finds its victims among them."""
    numbers, rows = itertools.count(1), {}
    for merchant_type in cases.TYPES:
        rows[f"honest {merchant_type}"] = [
            cases.honest(next(numbers), merchant_type) for _one in range(HONEST_PER_TYPE)
        ]
    victims = itertools.cycle(itertools.chain(*zip(*rows.values(), strict=True)))
    for plant, types in cases.FAULTS:
        found = [cases.honest(next(numbers), one) for one in itertools.islice(itertools.cycle(types), PER_FAULT)]
        for draft in found:
            plant(draft, next(victims))
        rows[plant.__name__] = found
    return rows


def table(rows: dict[str, list[cases.Handed]]) -> str:
    """Fault × check: in how many of its cases a check did not pass; `alone`: how many the machine let through."""
    found = {name: Counter(check for one in handed for check in one.found()) for name, handed in rows.items()}
    checks = sorted({check for counter in found.values() for check in counter})
    wide = max(map(len, rows)) + 1
    lines = [" " * wide + " ".join(f"{check[:9]:>9}" for check in ["cases", "alone", *checks])]
    for name, handed in rows.items():
        alone = sum(one.passed_alone for one in handed)
        numbers = [len(handed), alone, *(found[name][check] for check in checks)]
        lines.append(f"{name:<{wide}}" + " ".join(f"{number or '.':>9}" for number in numbers))
    return "\n".join(lines)


@pytest.mark.timeout(1800)  # ten minutes on an idle core; only a hang takes as long as this
def test_no_planted_fault_passes_alone_and_most_honest_cases_do(open_to_the_machine):
    owner, planned = people.merchant(), drafts()
    listed = [draft.listed for draft in itertools.chain(*planned.values()) if hasattr(draft, "listed")]
    published(*listed)
    rows = {name: [cases.Handed(draft, owner) for draft in found] for name, found in planned.items()}
    print("\n" + table(rows))
    handed = list(itertools.chain(*rows.values()))
    assert len(handed) >= FEWEST
    missed = {name: sum(one.passed_alone for one in rows[name]) for name in rows if not name.startswith("honest")}
    assert {name: number for name, number in missed.items() if number} == {}
    low = [one for name in rows if name.startswith("honest") for one in rows[name] if is_low(one)]
    share = sum(one.passed_alone for one in low) / len(low)
    print(f"\n{len(handed)} cases; honest and low risk: {len(low)}, of them {share:.0%} by machine alone")
    assert len(low) > len(cases.TYPES) * HONEST_PER_TYPE / 2
    assert share >= LEAST_HONEST


def is_low(one: cases.Handed) -> bool:
    return set(Score.objects.filter(case=one.case).values_list("tier", flat=True)) == {"low"}
