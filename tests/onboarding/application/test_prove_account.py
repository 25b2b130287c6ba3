"""The small sum: three tries, three days, never a pass without an answer."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from onboarding.models import Check, SettlementAccount
from onboarding.screening import CHECKS
from onboarding.screening.small_sum import VALID, small_sum
from portal.models import SimulatedMessage


def url(case, end="small-sum/"):
    return f"/cases/{case.ref}/application/account/{end}"


def account():
    return SettlementAccount.objects.get()


def yuan(fen):
    return f"0.{fen:02d}"


def sent(web, case):
    web.post(url(case, "send_small_sum/"))
    return account().proof_fen


def test_the_right_amount_proves_the_account(web, answered):
    fen = sent(web, answered)
    assert 1 <= fen <= 99 and SimulatedMessage.objects.get(channel="bank")
    assert small_sum(answered).result == Check.Result.WARNING
    assert web.post(url(answered), {"amount": yuan(fen)}).status_code == 302
    assert account().proved_at and small_sum(answered).result == Check.Result.PASSED
    assert web.get(url(answered)).status_code == 200


def test_three_wrong_amounts_use_it_up(web, answered):
    fen = sent(web, answered)
    for _try in range(3):
        page = web.post(url(answered), {"amount": yuan(fen % 99 + 1)})
        assert page.status_code == 200 and page.context["form"].errors["amount"]
    web.post(url(answered), {"amount": yuan(fen)})
    assert account().proved_at is None
    assert small_sum(answered).findings[0]["code"] == "small_sum_used_up"
    assert sent(web, answered) and account().proof_tries == 0


@pytest.mark.parametrize("typed", ["", "1.00", "0", "abc", "0.001", "\x00", "9" * 5000])
def test_what_is_no_amount_costs_no_try(web, answered, typed):
    sent(web, answered)
    assert web.post(url(answered), {"amount": typed}).status_code == 200
    assert account().proof_tries == 0


def test_it_expires_after_three_days(web, answered):
    fen = sent(web, answered)
    SettlementAccount.objects.update(proof_sent_at=timezone.now() - timedelta(days=3, minutes=1))
    web.post(url(answered), {"amount": yuan(fen)})
    assert account().proved_at is None and small_sum(answered).findings[0]["code"] == "small_sum_expired"


def test_at_most_three_are_sent(web, answered):
    for _time in range(5):
        web.post(url(answered, "send_small_sum/"))
        SettlementAccount.objects.update(proof_sent_at=F("proof_sent_at") - VALID - VALID)  # nobody told us in time
    assert account().proof_sends == 3 and SimulatedMessage.objects.filter(channel="bank").count() == 3


def test_the_checks_of_a_whole_application(answered):
    results = {name: CHECKS[name].run(answered) for name in ("category", "account", "small_sum", "turnover")}
    assert results["account"].result == Check.Result.PASSED
    assert results["turnover"].result == Check.Result.PASSED
    assert [one["code"] for one in results["category"].findings] == ["permit_missing"]
    assert results["small_sum"].findings[0]["code"] == "small_sum_not_sent"


@pytest.mark.duty("same-name-account")
def test_the_checks_find_what_is_wrong(answered):
    SettlementAccount.objects.update(kind="personal", holder="别人", cnaps="103100000026")
    answered.application.store.mcc = "7995"
    answered.application.store.save()
    codes = {one["code"] for name in ("category", "account") for one in CHECKS[name].run(answered).findings}
    assert {"prohibited_trade", "account_kind", "account_name", "bank_differs"} <= codes
    assert CHECKS["category"].run(answered).result == Check.Result.FAILED
