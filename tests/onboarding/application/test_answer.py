"""The pages of the form: bad input is a sentence at the field, or comes back exactly as it was typed."""

import pytest

from onboarding.models import Application, SettlementAccount, Store
from tests import people

TYPED = ["小满面馆 🍜", "𠮷䶮㛃面馆", "Tom & Jerry’s <b>Bar</b>", "o'brien\"s", "ئۇيغۇر"]
ACCOUNT = {
    "kind": "unit",
    "holder": "虚构市小满面馆有限公司",
    "bank": "102100099996",
    "number": "1202-0262 0990 0012 345",
    "cnaps": "",
    "is_basic": "on",
}


def url(case, page=""):
    return f"/cases/{case.ref}/application/{page}"


def shop(sign, **more):
    return {"sign": sign, "premises": "fixed", "tenure": "leased", "opens_at": "", "closes_at": "", **more}


@pytest.mark.parametrize("name", TYPED)
def test_names_stay_as_typed(web, case, name):
    assert web.post(url(case, "store/"), shop(name)).status_code == 302
    assert Store.objects.get().name == name


@pytest.mark.parametrize(
    "name", ["", "   ", "面\x00馆", "面\u202e馆", "长" * 10_000, "6222021234567894", "\x07"], ids=range(7)
)
def test_bad_names_get_a_sentence(web, case, name):
    page = web.post(url(case, "store/"), shop(name))
    assert page.status_code == 200 and page.context["form"].errors["sign"]
    assert not Store.objects.exists()


BAD = [
    ("store/", shop("店", premises="castle"), "premises"),
    ("store/", shop("店", opens_at="25:00"), "opens_at"),
    ("store/", shop("店", opens_at="09:00"), "closes_at"),
    ("trade/", {"mcc": ""}, "mcc"),
    ("trade/", {"mcc": "9999"}, "mcc"),
    ("trade/", {"mcc": "5\x0012"}, "mcc"),
    ("trade/", {"mcc": "五八一二" * 3000}, "mcc"),
    ("trade/", {"mcc": "7995"}, "mcc"),
    ("address/?province=330000&city=330100", {"division_code": "", "address": "样例路 18 号"}, "division_code"),
    ("address/?province=330000&city=330100", {"division_code": "110101", "address": "样例路 18 号"}, "division_code"),
    ("address/?province=330000&city=330100", {"division_code": "330106", "address": "路"}, "address"),
    ("address/?province=zz&city=\x00", {"division_code": "330106", "address": "样例路 18 号"}, "division_code"),
    ("turnover/", {"monthly": "", "largest": "1", "terminals": "1"}, "monthly"),
    ("turnover/", {"monthly": "1.234", "largest": "1", "terminals": "1"}, "monthly"),
    ("turnover/", {"monthly": "-5", "largest": "1", "terminals": "1"}, "monthly"),
    ("turnover/", {"monthly": "9" * 40, "largest": "1", "terminals": "1"}, "monthly"),
    ("turnover/", {"monthly": "100", "largest": "101", "terminals": "1"}, "largest"),
    ("turnover/", {"monthly": "100", "largest": "1", "terminals": "0"}, "terminals"),
    ("turnover/", {"monthly": "100", "largest": "1", "terminals": "9" * 5000}, "terminals"),
    ("account/", {**ACCOUNT, "kind": "personal"}, "kind"),
    ("account/", {**ACCOUNT, "holder": "别人有限公司"}, "holder"),
    ("account/", {**ACCOUNT, "number": ""}, "number"),
    ("account/", {**ACCOUNT, "number": "12345"}, "number"),
    ("account/", {**ACCOUNT, "number": "六二二二"}, "number"),
    ("account/", {**ACCOUNT, "cnaps": "102100099997"}, "cnaps"),
    ("account/", {**ACCOUNT, "cnaps": "103100000026"}, "cnaps"),
    ("account/", {**ACCOUNT, "bank": "000"}, "bank"),
    ("plan/", {"plan": ""}, "plan"),
    ("plan/", {"plan": "x\x00"}, "plan"),
    ("plan/", {"plan": "99999999999999999999"}, "plan"),
]


@pytest.mark.parametrize("page,data,field", BAD, ids=range(len(BAD)))
def test_bad_input_gets_a_sentence_at_its_field(web, case, page, data, field):
    answer = web.post(url(case, page), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]


def test_the_whole_form_in_order(web, case):
    web.post(url(case, "store/"), shop("小满面馆", opens_at="09:00", closes_at="22:00"))
    web.post(url(case, "trade/") + "?q=面馆", {"mcc": "5812"})
    web.post(
        url(case, "address/") + "?province=330000&city=330100", {"division_code": "330106", "address": "样例路 18 号"}
    )
    web.post(url(case, "turnover/"), {"monthly": "120,000", "largest": "5000元", "terminals": "2"})
    web.post(url(case, "account/"), ACCOUNT)
    row = Application.objects.get()
    assert (row.monthly_turnover_fen, row.largest_amount_fen, row.terminals) == (12_000_000, 500_000, 2)
    assert (row.store.mcc, row.store.division_name) == ("5812", "浙江省 杭州市 西湖区")
    assert row.account.number == "1202026209900012345"
    plans = web.get(url(case, "plan/"))
    assert plans.status_code == 200
    chosen = plans.context["rows"][0]["plan"]
    last = web.post(url(case, "plan/"), {"plan": chosen.pk, "cycle": "D9"})
    assert last.url.startswith(url(case, "papers/"))
    row.refresh_from_db()
    assert row.plan == chosen and row.settlement_cycle == "T1"
    for page in ("", "store/", "trade/", "address/", "turnover/", "account/", "check/"):
        assert web.get(url(case, page)).status_code == 200
    assert "1202026209900012345" not in web.get(url(case, "account/")).content.decode()


def test_back_keeps_the_answers(web, answered):
    page = web.get(url(answered, "turnover/")).content.decode()
    assert 'value="120,000"' in page and 'value="2"' in page
    web.post(url(answered, "account/"), {**ACCOUNT, "number": ""})
    assert SettlementAccount.objects.get().number == "1202026209900012345"


def test_another_account_forgets_the_proof(web, answered):
    SettlementAccount.objects.update(proved_at="2026-01-01T00:00Z", proof_fen=3)
    web.post(url(answered, "account/"), {**ACCOUNT, "number": "62284804025648900"})
    assert SettlementAccount.objects.get().proved_at is None


@pytest.mark.parametrize("words,code", [("面馆", "5812"), ("noodle", "5812"), ("5411", "5411"), ("理发", "7230")])
def test_a_trade_is_found_by_everyday_words(web, case, words, code):
    page = web.get(url(case, "trade/"), {"q": words})
    assert page.context["found"][0]["code"] == code


def test_searches_that_find_nothing_say_so(web, case):
    for words in ("\x00", "𠮷䶮㛃", "x" * 10_000, "'; drop"):
        assert web.get(url(case, "trade/"), {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "province,city,number", [("441900", "", 0), ("440000", "441900", 1), ("810000", "", 1), ("110000", "", 16)]
)
def test_every_place_has_a_district(web, case, province, city, number):
    chosen = web.get(url(case, "address/"), {"province": province, "city": city}).context["chosen"]
    assert len(chosen.districts) >= number


def test_a_stranger_finds_nothing(client, answered):
    client.force_login(people.stranger())
    for page in (
        "",
        "store/",
        "trade/",
        "address/",
        "turnover/",
        "account/",
        "plan/",
        "check/",
        "papers/shopfront/",
        "account/small-sum/",
    ):
        assert client.get(url(answered, page)).status_code == 404, page
    assert client.post(url(answered, "submit_application/")).status_code == 404


def test_a_reviewer_reads_and_changes_nothing(client, answered):
    client.force_login(people.reviewer())
    assert client.get(url(answered)).status_code == 200
    assert client.post(url(answered, "store/"), shop("别的店")).status_code == 302
    assert Store.objects.get().name == "小满面馆"
