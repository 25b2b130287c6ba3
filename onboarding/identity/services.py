"""What the identity pages save: answers of the merchant and its people, each change written down without its value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from onboarding.documents.items import open_items
from onboarding.documents.problems import Unusable
from onboarding.facts.identity import open_returns
from onboarding.models import Case, Merchant, Person, Step, User
from onboarding.rules.identity import name_of
from onboarding.services import record

PPM_PER_PERCENT = 10_000
MOST_OWNERS = 20


def open_fields(case: Case) -> frozenset[str] | None:
    """As documents.items.open_items, with fields by their names in rules.identity.FIELDS."""
    items = open_items(case, Step.IDENTITY)
    if items is None:
        return None
    return frozenset(f"field:{name_of(item)}" if item.startswith("field:") else item for item in items)


def save_business(case: Case, values: Mapping[str, Any], *, by: User) -> None:
    """Save the answers of the business page (columns of Merchant)."""
    with transaction.atomic():
        _still_open(case)
        merchant = Merchant.objects.select_for_update().get(pk=case.merchant_id)
        _save(case, merchant, values, "merchant", by)


def save_person(case: Case, values: Mapping[str, Any], *, by: User) -> None:
    """Save the responsible person; a merchant without a licence bears the person's name."""
    with transaction.atomic():
        _still_open(case)
        person = people(case, Person.Role.LEGAL_REPRESENTATIVE).first() or Person(
            merchant_id=case.merchant_id, role=Person.Role.LEGAL_REPRESENTATIVE
        )
        _save(case, person, values, "person", by)
        if case.merchant.type == "micro" and values.get("name"):
            Merchant.objects.filter(pk=case.merchant_id).update(name=values["name"])


def save_handler(case: Case, values: Mapping[str, Any], *, by: User) -> None:
    """Save who deals with the application; "self" takes an earlier handler out again."""
    with transaction.atomic():
        _still_open(case)
        known = people(case, Person.Role.HANDLER).first()
        if values["who"] == "self":
            if known:
                known.delete()
                _changed(case, ["handler"], by)
            return
        handler = known or Person(merchant_id=case.merchant_id, role=Person.Role.HANDLER)
        _save(case, handler, {name: value for name, value in values.items() if name != "who"}, "handler", by)


def save_promise(case: Case, exempt: bool, *, by: User) -> None:
    """Save whether the promise of exemption is given."""
    with transaction.atomic():
        _still_open(case)
        if (
            Merchant.objects.filter(pk=case.merchant_id)
            .exclude(beneficial_owner_exempt=exempt)
            .update(beneficial_owner_exempt=exempt)
        ):
            _changed(case, ["owners"], by)


def add_owner(case: Case, values: Mapping[str, Any], *, by: User) -> bool:
    """Add a beneficial owner; False when there are MOST_OWNERS already. The same number again changes that person."""
    share = values.get("share")
    row = {name: value for name, value in values.items() if name != "share"}
    row["share_ppm"] = None if share is None else int(share * PPM_PER_PERCENT)
    with transaction.atomic():
        _still_open(case)
        owners = list(people(case, Person.Role.BENEFICIAL_OWNER))
        known = next((one for one in owners if one.id_number == values["id_number"]), None)
        if known is None and len(owners) >= MOST_OWNERS:
            return False
        owner = known or Person(merchant_id=case.merchant_id, role=Person.Role.BENEFICIAL_OWNER)
        _save(case, owner, row, "owners", by)
    return True


def remove_owner(case: Case, owner_id: int, *, by: User) -> None:
    """Take a beneficial owner out of the list; again is no error."""
    with transaction.atomic():
        _still_open(case)
        if people(case, Person.Role.BENEFICIAL_OWNER).filter(pk=owner_id).delete()[0]:
            _changed(case, ["owners"], by)


def people(case: Case, role: str) -> Any:
    return Person.objects.filter(merchant=case.merchant_id, role=role).order_by("pk")


def _still_open(case: Case) -> None:
    """Lock the case and look again: raises Unusable("locked") when it was handed in meanwhile."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case.pk)
    items = open_items(locked, Step.IDENTITY)
    if items is not None and not items:
        raise Unusable("locked")


def _save(case: Case, row: Merchant | Person, values: Mapping[str, Any], part: str, by: User) -> None:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed or row.pk is None:
        row.save()
        _changed(case, [part if part in ("handler", "owners") else f"{part}.{ITEM_OF.get(n, n)}" for n in changed], by)


ITEM_OF = {"is_long_term": "valid_until", "id_long_term": "id_valid_until"}


def _changed(case: Case, names: Collection[str], by: User) -> None:
    """Returned fields among `names` count as changed; the timeline keeps the names and never the values."""
    for row in open_returns(case, Step.IDENTITY):
        if row.item.startswith("field:") and name_of(row.item) in names:
            row.changed_at = timezone.now()
            row.save(update_fields=["changed_at"])
    record(case.pk, "identity_saved", by=by, data={"fields": sorted(set(names))}, public=False)
