"""The people of the demonstration: one account per role. Their password is known to everybody: never in production."""

from __future__ import annotations

import functools
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from onboarding.models import Partner, User
from onboarding.rules import Who

PASSWORD = "kaitong-demo"  # shown on the start page of the demonstration
OWNER = "liu@example.com"
STAFF: dict[Who, tuple[str, str]] = {  # role: (name, e-mail)
    Who.REVIEWER: ("陈知秋（示例）", "reviewer@kaitong.example"),
    Who.SENIOR_REVIEWER: ("高远（示例）", "senior@kaitong.example"),
    Who.WAREHOUSE_CLERK: ("库尔班（示例）", "warehouse@kaitong.example"),
    Who.DISPATCHER: ("戴云（示例）", "dispatch@kaitong.example"),
    Who.TECHNICIAN: ("季明（示例）", "technician@kaitong.example"),
    Who.TRAINER: ("白露（示例）", "trainer@kaitong.example"),
    Who.SUPPORT_AGENT: ("周一禾（示例）", "support@kaitong.example"),
    Who.CALL_CENTRE_AGENT: ("何晴（示例）", "callcentre@kaitong.example"),
    Who.SALES_AGENT: ("沙金（示例）", "agent@partner.example"),
    Who.RISK_OFFICER: ("冯险峰（示例）", "risk@kaitong.example"),
    Who.OPERATIONS_MANAGER: ("欧阳理（示例）", "operations@kaitong.example"),
    Who.AUDITOR: ("沈计（示例）", "auditor@kaitong.example"),
    Who.ADMINISTRATOR: ("管一舟（示例）", "admin@kaitong.example"),
}
PEOPLE: list[tuple[object, str, str]] = [
    (_("merchant, live"), OWNER, PASSWORD),
    *((who.label, email, PASSWORD) for who, (_name, email) in STAFF.items()),
]


def staff() -> dict[Who, User]:
    """All staff accounts, made when they are not there."""
    agency = {"partner": _agency()}
    return {
        who: _account(email, name, who, **(agency if who is Who.SALES_AGENT else {}))
        for who, (name, email) in STAFF.items()
    }


def _agency() -> Partner:
    """The sales agency of the demonstration: it works in Beijing and Zhejiang."""
    values = {"name": "示例外包服务有限公司", "region_codes": "110000 330000", "valid_until": date(2030, 12, 31)}
    return Partner.objects.get_or_create(filing_number="WB-DEMO-0001", defaults=values)[0]


def owner(number: int, name: str, email: str = "") -> User:
    """A merchant's account with a mobile number that no network gives out."""
    mobile = f"+86190{number:08d}"
    return _account(email or f"merchant{number}@example.com", name, Who.MERCHANT, mobile=mobile, mobile_verified=True)


@functools.cache
def _hashed() -> str:
    """One digest for everybody: slow by intent, and there are fifty of them."""
    return make_password(PASSWORD)


def _account(email: str, name: str, who: Who, **fields: object) -> User:
    user = User.objects.filter(email=email).first() or User(username=email, email=email)
    values = {"name": name, "demo": True, "is_staff": who not in (Who.MERCHANT, Who.SALES_AGENT), **fields}
    for field, value in {**values, "is_superuser": who is Who.ADMINISTRATOR}.items():
        setattr(user, field, value)
    if not user.has_usable_password() or not user.pk:
        user.password = _hashed()
    user.save()
    user.groups.add(Group.objects.get(name=who))
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return User.objects.get(pk=user.pk)
