"""Makers: the shortest way to a row, with sensible values for everything that a test does not care about."""

import datetime

from django.db import connection, models
from django.utils import timezone

from onboarding import services
from onboarding.models import Case, Check, Entry, Merchant, Person, Reason, Return, User
from onboarding.services import tallies
from tests import people


def merchant(type: str = "enterprise", **fields) -> Merchant:
    """The noodle company: its numbers have the right check digits."""
    defaults = {
        "name": "虚构市小满面馆有限公司",
        "short_name": "小满面馆",
        "uscc": "91110000600037341L" if type == "enterprise" else "",
        "registered_address": "虚构市听雨区样例路 18 号 1 层",
        "established_on": datetime.date(2024, 3, 18),
        "is_long_term": True,
        "beneficial_owner_exempt": True,
        "contact_name": "刘小满",
        "contact_mobile": "+8613800138000",
    }
    return Merchant.objects.create(type=type, **{**defaults, **fields})


def person(of: Merchant, role: str = Person.Role.LEGAL_REPRESENTATIVE, **fields) -> Person:
    defaults = {
        "name": "刘小满",
        "id_number": "11010519491231002X",
        "id_valid_from": datetime.date(2020, 1, 1),
        "id_valid_until": datetime.date(2040, 1, 1),
        "mobile": "+8613800138000",
    }
    return Person.objects.create(merchant=of, role=role, **{**defaults, **fields})


def case(state: str = "registration", *, by: User | None = None, of: Merchant | None = None, **fields) -> Case:
    """A case that stands in `state`, with the entry that the database demands. `by` owns the merchant."""
    owner = by or people.liu()
    made = services.open_case(of or merchant(), by=owner)
    services.add_member(made.merchant, owner)
    if state != made.state or fields:
        put(made, state, **fields)
    return Case.objects.select_related("merchant").get(pk=made.pk)


def many_cases(number: int, states: list[str], held_by: User) -> None:
    """Rows for the planner: in turn in these states, due a minute after each other, every third one taken.

    They have no entries, so PostgreSQL lets nobody commit them whose triggers are on.
    """
    of, now = merchant(uscc=""), timezone.now()
    Case.objects.bulk_create(
        (
            Case(
                merchant=of, state=str(states[one % len(states)]), risk_tier=Case.Tier.values[one // 8 % 3],
                due_at=now + datetime.timedelta(minutes=one - number // 2), assigned_to=None if one % 3 else held_by,
            )
            for one in range(number)
        ),
        batch_size=2_000,
    )  # fmt: skip


def put(case: Case, state: str, **fields) -> None:
    """Set a state past the machine, as only a test may: the row and an entry that fits it, in one transaction."""
    before = tallies.place(Case.objects.get(pk=case.pk))
    source, case.__dict__["state"] = case.state, str(state)
    Entry.objects.append(case, verb="fact:put_by_test", source=source, by=None, role="system", public=False)
    values = {"state": str(state), "version": case.version, "head": case.head, **fields}
    models.QuerySet(Case).filter(pk=case.pk).update(**values)
    tallies.moved(before, tallies.place(Case.objects.get(pk=case.pk)))


def check(
    of: Case, name: str = "formats", result: str = Check.Result.PASSED, step: str = "identity", **fields
) -> Check:
    row = {"case": of, "name": name, "step": step, "round": of.round, "result": result, "done_at": timezone.now()}
    ref = f"{of.ref}-{name}-{step}-{Check.objects.count()}"
    return Check.objects.create(**row, client_ref=ref, **fields)


def mark(
    of: Case, by: User, item: str = "document:business_licence", step: str = "identity", reason: str = "blurred"
) -> Return:
    """An item marked for return, not yet sent."""
    row, _made = Reason.objects.get_or_create(
        code=reason,
        defaults={"applies_to": "@image", "audience": "merchant", "sentence_zh": "看不清。", "sentence_en": "Blurred."},
    )
    return Return.objects.create(case=of, step=step, round=of.round, item=item, reason=row, marked_by=by)


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"
