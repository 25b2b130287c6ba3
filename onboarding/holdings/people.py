"""The merchant, its people, shops and accounts: shared by its cases, forgotten with the last of them."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils import timezone

from onboarding.holdings import JSON_SECRETS, JsonSecrets, forgets, forgets_merchant, tells
from onboarding.models import (
    Application,
    Case,
    Entry,
    Erasure,
    Export,
    Membership,
    Merchant,
    Notice,
    OneTimeCode,
    Person,
    SettlementAccount,
    Shredding,
    Store,
    User,
)

ACCOUNT_APPS = ("account", "mfa", "usersessions", "socialaccount")  # allauth's own tables about a user

JSON_SECRETS.append(JsonSecrets(Authenticator, "data", "mfa.Authenticator"))  # registration.second_factor seals them


@forgets
def notices(case: Case) -> None:
    Notice.objects.filter(Q(entry__case=case) | Q(key__contains=case.ref)).update(address="", context="{}")


@forgets_merchant
def merchant(case: Case) -> None:
    Merchant.objects.filter(pk=case.merchant_id).update(
        name="", short_name="", uscc="", registered_address="", scope="", established_on=None, valid_until=None,
        registered_capital_fen=None, contact_name="", contact_mobile=None, contact_mobile_index=None, contact_email="",
    )  # fmt: skip


@forgets_merchant
def persons(case: Case) -> None:
    Person.objects.filter(merchant=case.merchant_id).update(
        name="", id_number="", id_number_index=None, id_valid_from=None, id_valid_until=None, mobile=None,
        mobile_index=None, address="", share_ppm=None,
    )  # fmt: skip


@forgets_merchant
def shops(case: Case) -> None:
    Store.objects.filter(merchant=case.merchant_id).update(
        name="", address="", division_code="", division_name="", latitude=None, longitude=None
    )
    SettlementAccount.objects.filter(merchant=case.merchant_id).update(
        holder="", number="", number_index=None, cnaps="", bank=""
    )
    Application.objects.filter(case__merchant=case.merchant_id).update(
        monthly_turnover_fen=None, largest_amount_fen=None
    )


@forgets_merchant
def accounts(case: Case) -> None:
    """Of the merchant's people those who act for nobody else and do not work here."""
    users = list(User.objects.filter(memberships__merchant=case.merchant_id).distinct())
    Membership.objects.filter(merchant=case.merchant_id).delete()
    for user in users:
        if not user.memberships.exists() and not user.roles - {"merchant"} and not user.is_superuser:
            forget_user(user)


def forget_user(user: User) -> None:
    """The row stays, for the timelines that name it; nothing in it says who it was, and nobody signs in with it."""
    for relation in User._meta.related_objects:
        if relation.related_model._meta.app_label in ACCOUNT_APPS:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
    Shredding.objects.bulk_create(
        [Shredding(name=name) for name in user.exports.exclude(file="").values_list("file", flat=True)],
        ignore_conflicts=True,
    )
    user.exports.update(file="", outcome=Export.Outcome.GONE)
    OneTimeCode.objects.filter(user=user).delete()
    Notice.objects.filter(recipient=user).update(address="", context="{}")
    user.groups.clear()
    user.username, user.name, user.email, user.mobile = f"gone-{user.pk}", "", "", None
    user.is_active, user.mobile_verified, user.last_login = False, False, None
    user.set_unusable_password()
    user.save()
    Erasure.objects.filter(user=user, taken_back_at=None, done_at=None).update(done_at=timezone.now())


@tells("case")
def told_case(case: Case) -> dict[str, Any]:
    """As merchants know it: never the inner state, the tier or who is at work on it."""
    return {"ref": case.ref, "state": case.public_state, "opened_at": case.created_at, "channel": case.channel}


@tells("merchant")
def told_merchant(case: Case) -> dict[str, Any]:
    return _plain(case.merchant)


@tells("persons")
def told_persons(case: Case) -> list[dict[str, Any]]:
    return [_plain(row) for row in Person.objects.filter(merchant=case.merchant_id).order_by("pk")]


@tells("stores")
def told_stores(case: Case) -> list[dict[str, Any]]:
    return [_plain(row) for row in Store.objects.filter(merchant=case.merchant_id).order_by("pk")]


@tells("settlement_accounts")
def told_accounts(case: Case) -> list[dict[str, Any]]:
    rows = SettlementAccount.objects.filter(merchant=case.merchant_id).order_by("pk")
    columns = ("kind", "holder", "number", "bank", "cnaps", "is_basic", "proved_at")
    return [{name: getattr(row, name) for name in columns} for row in rows]


@tells("application")
def told_application(case: Case) -> list[dict[str, Any]]:
    return [_plain(row) for row in Application.objects.filter(case=case)]


@tells("timeline")
def told_timeline(case: Case) -> list[dict[str, Any]]:
    """What a merchant reads on the case page: public entries, without states, roads and staff."""
    rows: QuerySet[Entry] = Entry.objects.filter(case=case).readable_by_merchant().order_by("seq")
    return [{"at": row.at, "what": _public(row.verb)} for row in rows]


@tells("messages")
def told_notices(case: Case) -> list[dict[str, Any]]:
    rows = Notice.objects.filter(entry__case=case, recipient__memberships__merchant=case.merchant_id).distinct()
    return [
        {"about": _public(row.template), "channel": row.channel, "to": row.address, "sent_at": row.sent_at}
        for row in rows.order_by("pk")
    ]


def _public(verb: str) -> str:
    """By which road a check went is nobody's business: approved by one, by two or by machine reads alike."""
    for road in ("pass_", "confirm_"):
        verb = verb.replace(road, "approve_") if verb.startswith(road) else verb
    return verb


def _plain(row: Any) -> dict[str, Any]:
    """The columns of a row, in clear, without keys of ours and blind indexes."""
    fields = [one for one in row._meta.concrete_fields if not one.is_relation and not one.name.endswith("_index")]
    return {one.name: _value(getattr(row, one.name)) for one in fields if one.name != "id"}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value
