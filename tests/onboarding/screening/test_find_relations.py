"""Owners, premises, and what cases have in common: address and device, with the reason why it may be in order."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from onboarding.device import COOKIE
from onboarding.management.commands.load_reference import load
from onboarding.models import Application, Case, Document, Person, Store, Trace
from onboarding.screening import CHECKS
from onboarding.screening.words import sentence
from portal.gateways.simulator import teach
from tests import make, people
from tests.onboarding.screening.test_compare_papers import paper

USCC = "91110000600037341L"
YUAN = 100


@pytest.fixture
def case(db):
    of = make.merchant()
    make.person(of)
    return make.case("identity", by=people.liu(), of=of)


def run(case, name):
    outcome = CHECKS[name].run(Case.objects.select_related("merchant").get(pk=case.pk))
    told = json.dumps(outcome.findings, ensure_ascii=False)
    assert "刘小满" not in told and "样例路" not in told
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all("%(" not in sentence(one) and "Look at this" not in sentence(one) for one in outcome.findings)
    return outcome.result, [one["code"] for one in outcome.findings]


# owners -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", ["sole_trader", "micro", "government"])
def test_exempt_by_law(case, type_):
    type(case.merchant).objects.update(type=type_, beneficial_owner_exempt=False)
    assert run(case, "owners") == ("passed", [])


@pytest.mark.parametrize(
    ("capital", "result", "codes"),
    [
        (10_000_000 * YUAN, "passed", []),
        (10_000_001 * YUAN, "failed", ["owners_capital_too_large"]),
        (None, "warning", ["owners_capital_unknown"]),
    ],
)
def test_the_promise(case, capital, result, codes):
    teach("registry", USCC, {"name": "虚构市小满面馆有限公司", "capital_fen": capital})
    assert run(case, "owners") == (result, codes)
    type(case.merchant).objects.update(registered_capital_fen=500_000 * YUAN)
    assert run(case, "owners") == ("passed", [])


def test_a_promise_and_a_list(case):
    type(case.merchant).objects.update(registered_capital_fen=500_000 * YUAN)
    make.person(case.merchant, role="beneficial_owner", share_ppm=300_000)
    assert run(case, "owners") == ("warning", ["owners_promise_and_list"])


@pytest.mark.parametrize(
    ("shares", "result", "codes"),
    [
        ([600_000, 400_000], "passed", []),
        ([800_000], "passed", []),
        ([], "failed", ["owners_missing"]),
        ([600_000, 500_000], "failed", ["owners_shares_exceed"]),
        ([600_000, 200_000], "warning", ["owners_share_small"]),
        ([500_000], "warning", ["owners_may_be_missing"]),
        ([None], "warning", ["owners_by_control"]),
    ],
)
def test_the_list(case, shares, result, codes):
    type(case.merchant).objects.update(beneficial_owner_exempt=False)
    for share in shares:
        make.person(case.merchant, role="beneficial_owner", share_ppm=share)
    assert run(case, "owners") == (result, codes)


# premises -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shop(case):
    load()
    store = Store.objects.create(
        merchant=case.merchant, name="小满面馆", division_code="330106", address="样例路 18 号"
    )
    Application.objects.create(case=case, store=store)
    for number, kind in enumerate(("shopfront", "interior", "till")):
        paper(case, kind, part=1)
        Document.objects.filter(kind=kind).update(sha256=f"{number:064x}")
    return store


def test_an_honest_shop(case, shop):
    assert run(case, "premises") == ("passed", [])


@pytest.mark.parametrize(
    ("capture", "codes"),
    [
        ({"taken": "2019:01:01 10:00:00"}, ["premises_old_photo"]),
        ({"taken": "yesterday"}, []),
        ({"taken": f"{timezone.localdate():%Y:%m:%d} 10:00:00"}, []),
        ({"software": "Adobe Photoshop 25.1"}, ["premises_edited_photo"]),
        ({"software": "HUAWEI camera"}, []),
    ],
)
def test_what_a_photograph_says(case, shop, capture, codes):
    Document.objects.filter(kind="shopfront").update(capture=capture)
    assert run(case, "premises") == ("warning" if codes else "passed", codes)


def test_one_photograph_for_two(case, shop):
    Document.objects.update(sha256="a" * 64)
    assert run(case, "premises") == ("warning", ["premises_same_photo"] * 2)


@pytest.mark.parametrize(
    ("store", "codes"),
    [({"address": "样例路"}, ["premises_no_house"]), ({"division_code": "999999"}, ["premises_district_closed"])],
)
def test_the_place(case, shop, store, codes):
    Store.objects.update(**store)
    assert run(case, "premises") == ("warning", codes)


def test_no_place_and_no_photograph(case, shop):
    Document.objects.update(replaced_at=timezone.now())
    assert run(case, "premises") == ("failed", ["premises_no_photo"])
    Application.objects.update(store=None)
    assert run(case, "premises") == ("failed", ["premises_unknown"])


# the same address ---------------------------------------------------------------------------------------------------


def another(address, **fields):
    of = make.merchant(uscc="91350100M000100Y43", contact_mobile="+8613900139000", registered_address=address, **fields)
    return make.case("identity", by=people.merchant(), of=of)


@pytest.mark.parametrize("address", ["虚构市听雨区样例路18号1层", "听雨区样例路十八号一楼", "听雨区样例路18号楼1F"])
def test_the_same_address_however_spelt(case, address):
    other = another(address)
    assert run(other, "duplicates") == ("passed", [])
    assert run(case, "duplicates") == ("warning", ["same_address"])
    assert other.ref in str(CHECKS["duplicates"].run(case).findings)


@pytest.mark.parametrize("address", ["虚构市听雨区样例路19号1层", "听雨区样例路18号2层", "听雨区", ""])
def test_another_address(case, address):
    run(another(address), "duplicates")
    assert run(case, "duplicates") == ("passed", [])


def test_the_address_is_kept_as_a_hash(case):
    run(case, "duplicates")
    trace = Trace.objects.get()
    assert (trace.kind, len(trace.index), trace.purpose) == ("address", 64, "fraud_prevention")
    run(case, "duplicates")
    assert Trace.objects.count() == 1


# the same device ----------------------------------------------------------------------------------------------------


def typed_business():
    return {
        "name": "虚构市小满面馆有限公司", "uscc": USCC, "registered_address": "虚构市听雨区样例路 18 号",
        "established_on": "2024-03-18", "valid_until": "", "is_long_term": "on",
    }  # fmt: skip


def fills(client, case):
    return client.post(reverse("identity_business", args=[case.ref]), typed_business())


def test_looking_sets_no_cookie(case, client):
    client.force_login(case.opened_by)
    client.get(reverse("identity_business", args=[case.ref]))
    assert COOKIE not in client.cookies and not Trace.objects.exists()


def test_a_device_is_known_again(case, client):
    client.force_login(case.opened_by)
    assert fills(client, case).status_code == 302
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    trace = Trace.objects.get(kind="device")
    assert trace.index not in cookie.value and not trace.by_staff
    fills(client, case)
    assert Trace.objects.filter(kind="device").count() == 1
    assert run(case, "duplicates") == ("passed", [])

    other = another("别处 7 号")
    client.force_login(other.opened_by)
    fills(client, other)
    result, codes = run(case, "duplicates")
    assert result == "warning" and "same_device" in codes


def test_an_agents_device_may_be_in_order(case):
    index = "d" * 64
    Trace.objects.create(case=case, kind="device", index=index, by_staff=True)
    Trace.objects.create(case=another("别处 7 号"), kind="device", index=index, by_staff=True)
    finding = CHECKS["duplicates"].run(case).findings[0]
    assert finding["code"] == "same_device" and finding["params"]["lawful"] == ["agent_device"]


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "1" * 4000])
def test_a_cookie_that_we_did_not_sign_is_replaced(case, client, cookie):
    client.force_login(case.opened_by)
    client.cookies[COOKIE] = cookie
    assert fills(client, case).status_code == 302
    assert client.cookies[COOKIE].value != cookie and Trace.objects.filter(kind="device").count() == 1


def test_a_stranger_leaves_no_trace(case, client):
    client.force_login(people.stranger())
    assert fills(client, case).status_code == 404
    assert not Trace.objects.exists()


def test_the_same_owner_is_a_lawful_reason(case):
    other = another("听雨区样例路18号1层", established_on=datetime.date(2020, 1, 1))
    make.person(other.merchant)
    run(other, "duplicates")
    findings = CHECKS["duplicates"].run(case).findings
    assert [one["code"] for one in findings] == ["same_id", "same_mobile", "same_address"]
    assert all("same_person" in one["params"]["lawful"] for one in findings)
    Person.objects.filter(merchant=other.merchant).delete()
    assert "same_person" not in CHECKS["duplicates"].run(case).findings[0]["params"]["lawful"]
