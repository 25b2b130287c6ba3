"""The people of the tests. Each call makes a fresh account of that role; `liu` owns the noodle company."""

import datetime
import itertools

from django.contrib.auth.models import Group

from onboarding.models import Partner, User

_numbers = itertools.count(1)
PASSWORD = "correct-horse-battery"


def fresh(user: User) -> User:
    """The same user without cached permissions and roles."""
    return User.objects.get(pk=user.pk)


def somebody(*groups: str, **fields) -> User:
    """An account with these groups; staff may enter the admin."""
    number = next(_numbers)
    defaults = {
        "username": f"user{number}",
        "name": f"用户{number}",
        "email": f"user{number}@example.com",
        "mobile": f"+861390000{number % 10000:04d}",
        "mobile_verified": True,
        "is_staff": bool(set(groups) - {"merchant", "sales_agent"}),
    }
    user = User(**{**defaults, **fields})
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    return fresh(user)


def merchant(**fields) -> User:
    return somebody("merchant", **fields)


def liu() -> User:
    """Owner and legal representative of the noodle company."""
    return merchant(name="刘小满", mobile="+8613800138000", email="liu@example.com")


def stranger() -> User:
    """Another merchant, who has nothing to do with the case."""
    return merchant(name="陌生人")


def reviewer(**fields) -> User:
    return somebody("reviewer", **fields)


def senior_reviewer(**fields) -> User:
    return somebody("senior_reviewer", **fields)


def technician(**fields) -> User:
    return somebody("technician", **fields)


def risk_officer(**fields) -> User:
    return somebody("risk_officer", **fields)


def operations_manager(**fields) -> User:
    return somebody("operations_manager", **fields)


def administrator(**fields) -> User:
    return somebody("administrator", is_superuser=True, **fields)


def call_centre_agent(**fields) -> User:
    return somebody("call_centre_agent", **fields)


def sales_agent(*groups: str, partner=True, **fields) -> User:
    """Of an agency in Beijing and Zhejiang that is in good standing; `partner` names another one, None none."""
    agency = make_partner() if partner is True else partner
    return somebody("sales_agent", *groups, partner=agency, **fields)


def make_partner(**fields) -> Partner:
    number = next(_numbers)
    defaults = {"name": f"外包{number}", "region_codes": "110000 330100", "valid_until": datetime.date(2099, 12, 31)}
    return Partner.objects.create(**{"filing_number": f"WB-{number}", **defaults, **fields})
