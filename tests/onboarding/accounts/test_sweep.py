"""Accounts whose code never came back leave after seven days; all others stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding.models import User
from onboarding.registration.adapter import find_or_make
from onboarding.services.accounts import sweep
from onboarding.tasks import accounts
from tests import make, people

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7, minutes=1)


def test_never_confirmed_leaves_after_seven_days():
    user = find_or_make("+8613912345678")
    assert sweep(timezone.now() + timedelta(days=6, hours=23)) == 0
    assert sweep(timezone.now() + WEEK) == 1 and not User.objects.filter(pk=user.pk).exists()


def test_confirmed_known_and_working_people_stay():
    confirmed = find_or_make("+8613912345678")
    User.objects.filter(pk=confirmed.pk).update(mobile_verified=True)
    invited = find_or_make("+8613912345679")
    make.case(by=invited)
    signed_in = find_or_make("+8613912345670")
    User.objects.filter(pk=signed_in.pk).update(last_login=timezone.now())
    people.reviewer(mobile=None, mobile_verified=False)
    people.administrator(mobile=None, mobile_verified=False)
    assert sweep(timezone.now() + 50 * WEEK) == 0 and accounts() == 0
