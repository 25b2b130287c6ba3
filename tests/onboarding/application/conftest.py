import json

import pytest

from onboarding.management.commands.load_reference import load
from onboarding.models import Application, FeePlan, Notice, SettlementAccount, Store
from tests import make, people


@pytest.fixture
def tables(db):
    load()


@pytest.fixture
def liu(tables):
    return people.liu()


@pytest.fixture
def case(liu):
    made = make.case("application", by=liu)
    make.person(made.merchant)
    return made


@pytest.fixture
def answered(case):
    """Everything answered, no paper there."""
    return answer(case)


@pytest.fixture
def signing(case):
    answer(case)
    make.put(case, "signing")
    return type(case).objects.select_related("merchant").get(pk=case.pk)


@pytest.fixture
def web(client, liu):
    client.force_login(liu)
    return client


def answer(case, plan="PA-START", cycle="T1"):
    store = Store.objects.create(
        merchant=case.merchant, name="小满面馆", mcc="5812", division_code="330106",
        division_name="浙江省 杭州市 西湖区", address="样例路 18 号",
    )  # fmt: skip
    account = SettlementAccount.objects.create(
        merchant=case.merchant, kind="unit", holder=case.merchant.name, number="1202026209900012345",
        bank="102100099996", cnaps="102100099996",
    )  # fmt: skip
    Application.objects.create(
        case=case, store=store, account=account, plan=FeePlan.objects.get(code=plan), settlement_cycle=cycle,
        monthly_turnover_fen=12_000_000, largest_amount_fen=500_000, terminals=2,
    )  # fmt: skip
    return case


def code_sent(case):
    """The digits of the newest message."""
    return json.loads(Notice.objects.filter(template="signing_code").order_by("-pk").first().context)["code"]
