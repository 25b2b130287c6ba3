"""The same credit code, person, mobile number, address or device with another merchant: found by index, never by
reading; each told with the reason for which it may be in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Person, Step, Store, Trace
from onboarding.screening import relations
from onboarding.screening.registry import Outcome, check
from portal.crypto import blind_index

Finding = dict[str, Any]


@check("duplicates", Step.IDENTITY, _("Known from other cases"))
def duplicates(case: Case) -> Outcome:
    """Findings, all warnings: same_uscc, same_id, same_mobile, same_address, same_device {refs, more, lawful}."""
    people = list(case.merchant.persons.all())
    return Outcome.of(
        *_found("same_uscc", case, Q(merchant__uscc=case.merchant.uscc) if case.merchant.uscc else None),
        *_found("same_id", case, _anyone("id_number_index", [one.id_number_index for one in people])),
        *_found("same_mobile", case, _mobiles(case, people)),
        *_same_address(case, [case.merchant.registered_address]),
        *_same_device(case),
    )


@check("shop_duplicates", Step.APPLICATION, _("Shop known from other cases"))
def shop_duplicates(case: Case) -> Outcome:
    """Findings, warnings: same_address, same_device {refs, more, lawful}."""
    return Outcome.of(*_same_address(case, _of_stores(case)), *_same_device(case))


def _of_stores(case: Case) -> list[str]:
    stores = Store.objects.filter(merchant=case.merchant_id).exclude(address="")
    return [f"{one.division_name.replace(' ', '')}{one.address}" for one in stores.order_by("pk")]


def _anyone(column: str, indexes: list[str | None]) -> Q | None:
    known = [index for index in indexes if index]
    return Q(**{f"merchant__persons__{column}__in": known}) if known else None


def _mobiles(case: Case, people: list[Person]) -> Q | None:
    known = {case.merchant.contact_mobile_index, *(one.mobile_index for one in people)} - {None, ""}
    if not known:
        return None
    return Q(merchant__persons__mobile_index__in=known) | Q(merchant__contact_mobile_index__in=known)


def _same_address(case: Case, addresses: list[str]) -> Iterator[Finding]:
    """Addresses are looked up by the hash of what every spelling of them shares; the hash is kept for those to come."""
    indexes = _keep(case, addresses)
    yield from _found("same_address", case, _traced(Trace.Kind.ADDRESS, indexes), besides=("same_place",))


def _keep(case: Case, addresses: list[str]) -> list[str]:
    indexes = [blind_index(key, Trace.Kind.ADDRESS) for one in addresses if (key := relations.key(one))]
    Trace.objects.bulk_create(
        [Trace(case=case, kind=Trace.Kind.ADDRESS, index=index) for index in dict.fromkeys(indexes)],
        ignore_conflicts=True,
    )
    return indexes


def keep_addresses(case: Case) -> None:
    """The hashes of every address that the case names now, as the two checks keep them."""
    _keep(case, [case.merchant.registered_address, *_of_stores(case)])


def _same_device(case: Case) -> Iterator[Finding]:
    """A device of ours or of an agent fills in many cases: told apart from a merchant's."""
    mine = list(Trace.objects.filter(case=case, kind=Trace.Kind.DEVICE).values_list("index", "by_staff"))
    for ours in (False, True):
        indexes = [index for index, by_staff in mine if by_staff == ours]
        more = ("agent_device",) if ours else ()
        yield from _found("same_device", case, _traced(Trace.Kind.DEVICE, indexes), more=more)


def _traced(kind: Trace.Kind, indexes: list[str]) -> Q | None:
    return Q(pk__in=Trace.objects.filter(kind=kind, index__in=indexes).values("case")) if indexes else None


def _found(
    code: str, case: Case, where: Q | None, *, besides: tuple[str, ...] = (), more: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """One finding for all other merchants' cases that fit. `besides`: reasons that say nothing here."""
    if where is None:
        return
    others = Case.objects.exclude(merchant=case.merchant_id).filter(where).select_related("merchant")
    found = list(others.order_by("-pk").distinct()[: relations.NAMED + 1])
    if found:
        lawful = [one for one in relations.lawful(case, found) if one not in besides]
        yield {"code": code, "params": {**relations.told(found), "lawful": [*lawful, *more]}}
