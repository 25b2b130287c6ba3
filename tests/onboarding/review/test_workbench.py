"""The page of a case: who sees what, numbers masked, notes, taking a case, no way to change it past the machine."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from onboarding import services
from onboarding.models import Access, Application, Case, Document, Return, SettlementAccount, StaffNote, Store
from onboarding.screening import register_answer
from onboarding.services import presence
from portal.gateways.registry import Company, Found
from tests import make, people

pytestmark = pytest.mark.django_db
ID, MOBILE = "11010519491231002X", "13800138000"


def body(answer) -> str:
    return answer.content.decode()


def test_it_works(case, reviewer, signed_in, page_of):
    make.check(case, "risk_list")
    make.check(case, "duplicates", "warning", findings=[{"code": "same_uscc", "params": {"refs": "KT-2222-2222"}}])
    page = body(signed_in(reviewer).get(page_of(case)))
    assert "虚构市小满面馆有限公司" in page
    assert "The same credit code stands in other cases: <a" in page
    assert f'<a href="{reverse("admin:onboarding_case_change", args=["KT-2222-2222"])}">KT-2222-2222</a>.' in page
    assert ID not in page
    assert MOBILE not in page


def test_by_number_and_by_reference(case, reviewer, signed_in, page_of):
    client = signed_in(reviewer)
    assert client.get(reverse("admin:onboarding_case_change", args=[case.pk])).status_code == 200
    assert client.get(page_of(case).lower()).status_code == 200
    for unknown in ("KT-2222-2222", "999999", "99999999999999999999999", "x"):
        assert client.get(reverse("admin:onboarding_case_change", args=[unknown])).status_code == 404


@pytest.mark.parametrize("role", ["auditor", "risk_officer", "operations_manager", "support_agent", "warehouse_clerk"])
def test_other_staff_look_and_cannot_decide(role, case, signed_in, page_of):
    make.check(case, "risk_list", "failed", findings=[{"code": "listed", "params": {"subject": "company"}}])
    answer = signed_in(people.somebody(role)).get(page_of(case))
    assert answer.status_code == 200
    assert answer.context["decisions"] == []
    assert ("On the risk list" in body(answer)) == (role in ("auditor", "risk_officer"))


@pytest.mark.parametrize(
    "state", ["registration", "identity_screening", "application_review", "live", "suspended", "closed"]
)
def test_every_state_has_a_page(state, liu, reviewer, signed_in, page_of):
    more = {"suspended_from": "live"} if state == "suspended" else {}
    case = make.case(state, by=liu, **more)
    assert signed_in(reviewer).get(page_of(case)).status_code == 200


def test_the_stock_form_saves_nothing(case, reviewer, signed_in, page_of):
    for user in (reviewer, people.administrator()):
        answer = signed_in(user).post(page_of(case), {"state": "live", "risk_tier": "low", "_save": "1"})
        assert answer.status_code == 405
    assert Case.objects.get(pk=case.pk).state == "identity_review"
    assert signed_in(people.administrator()).get(reverse("admin:onboarding_case_add")).status_code == 403


@pytest.mark.duty("least-display")
def test_unmask_writes_who_and_why_and_shows_it_once(case, reviewer, signed_in, at, page_of):
    person, client = case.merchant.persons.get(), signed_in(reviewer)
    address = at("unmask", case, "id_number", person.pk)
    assert ID not in body(client.get(address))
    assert ID not in body(client.post(address, {"why": "  "}))
    assert not Access.objects.filter(what__startswith="id_number").exists()
    shown = client.post(address, {"why": "与证件核对"})
    assert ID in body(shown)
    assert "no-store" in shown["cache-control"]
    row = Access.objects.get(what=f"id_number:{person.pk}")
    assert (row.user, row.case, row.why) == (reviewer, case, "与证件核对")
    assert ID not in body(client.get(address)) + body(client.get(page_of(case)))


def test_unmask_reaches_only_this_merchant(case, reviewer, signed_in, at):
    other = make.person(make.merchant(uscc=""))
    for what, row in (
        ("id_number", other.pk),
        ("nonsense", 1),
        ("account", 999),
        ("contact_mobile", other.merchant.pk),
    ):
        assert signed_in(reviewer).post(at("unmask", case, what, row), {"why": "x"}).status_code == 404
    assert not Access.objects.exists()
    clerk = signed_in(people.somebody("warehouse_clerk"))
    person = case.merchant.persons.get()
    assert ID not in body(clerk.post(at("unmask", case, "id_number", person.pk), {"why": "x"}, follow=True))


def test_the_application_step_shows_store_account_and_plan(liu, reviewer, signed_in, page_of):
    case = make.case("application_review", by=liu)
    store = Store.objects.create(merchant=case.merchant, name="小满面馆", mcc="5812", address="样例路 18 号")
    account = SettlementAccount.objects.create(
        merchant=case.merchant,
        kind="unit",
        holder="虚构市小满面馆有限公司",
        number="11001234567890123",
        bank="102100099996",
    )
    Application.objects.create(
        case=case, store=store, account=account, monthly_turnover_fen=8_000_000, largest_amount_fen=500_000
    )
    page = body(signed_in(reviewer).get(page_of(case)))
    assert "样例路 18 号" in page
    assert "5812" in page
    assert "11001234567890123" not in page
    assert "110012*******0123" in page


def test_a_case_is_taken_once_and_given_back(case, reviewer, colleague, signed_in, at):
    first, second = signed_in(reviewer), signed_in(colleague)
    first.post(at("claim", case))
    first.post(at("claim", case))
    answer = second.post(at("claim", case), follow=True)
    assert "陈知秋 has taken this case" in body(answer)
    assert "Only whoever took this case" in body(second.post(at("release", case), follow=True))
    assert Case.objects.get(pk=case.pk).assigned_to == reviewer
    first.post(at("release", case))
    assert Case.objects.get(pk=case.pk).assigned_to is None


def test_notes_are_for_colleagues(case, liu, reviewer, signed_in, at, page_of):
    client = signed_in(reviewer)
    client.post(at("add_note", case), {"text": "电话里说下周开门 <b>"})
    client.post(at("add_note", case), {"text": " "})
    client.post(at("add_note", case), {"text": "卡号 6222021234567894"})
    assert StaffNote.objects.filter(case=case).count() == 1
    assert "下周开门 &lt;b&gt;" in body(client.get(page_of(case)))
    assert "下周开门" not in body(signed_in(liu).get(reverse("case", args=[case.ref])))


def test_a_check_runs_again(case, reviewer, signed_in, at, page_of):
    row = make.check(case, "registry_entry", "error")
    client = signed_in(reviewer)
    assert at("rerun", case, row.pk) in body(client.get(page_of(case)))
    client.post(at("rerun", case, row.pk))
    assert case.checks.filter(stale=False).get().result == "due"
    other = make.check(make.case("identity_review", by=people.merchant()), "registry_entry", "error")
    assert client.post(at("rerun", case, other.pk)).status_code == 404


def test_other_cases_of_the_merchant(case, liu, reviewer, signed_in, page_of):
    second = services.open_case(case.merchant, by=liu, follows=case)
    assert second.ref in body(signed_in(reviewer).get(page_of(case)))


def test_only_posts_change_anything(case, reviewer, signed_in, at):
    for name in ("claim", "release", "add_note"):
        assert signed_in(reviewer).get(at(name, case)).status_code == 405


def test_the_page_costs_the_same_for_many_children(case, reviewer, signed_in, page_of, django_assert_max_num_queries):
    client = signed_in(reviewer)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page_of(case))
        return len(queries)

    services.mark(case.pk, "document:business_licence", "glare", by=reviewer)
    services.add_note(case.pk, "一", by=reviewer)
    services.open_case(case.merchant, by=reviewer)
    make.check(case, "formats")
    cost()  # the first page of a process reads the reference rows that are kept afterwards
    before = cost()
    for number in range(12):
        services.add_note(case.pk, f"第 {number} 条", by=reviewer)
        services.open_case(case.merchant, by=reviewer)
        make.check(case, f"formats{number}")
        make.mark(case, reviewer, item=f"document:other{number}")
        make.case("identity_review", by=people.merchant())
    assert cost() == before


@pytest.mark.parametrize("step", ["identity", "application"])
def test_at_most_thirty_queries_with_everything_on_it(step, reviewer, colleague, signed_in, page_of, at):
    """Papers, register, checks, marks, returns, the same people elsewhere, colleagues, words: all at once."""
    shop = Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满")
    case = FullWalk(shop, demo.staff()).to(f"{step}_review")
    services.claim(case.pk, by=reviewer)
    services.reassign(case.pk, to=colleague, by=people.senior_reviewer(), reason="换人")
    services.reassign(case.pk, to=reviewer, by=people.senior_reviewer(), reason="换回")
    register_answer.keep(case, Company(Found.FOUND, name="别的公司", status="存续", active=True))
    person = case.merchant.persons.first()
    for number in range(5):
        other = make.case("live", by=people.merchant(), of=make.merchant(uscc=""))
        make.person(other.merchant, id_number=person.id_number)
        services.add_note(case.pk, f"第 {number} 条", by=reviewer)
        make.mark(case, reviewer, item=f"document:other{number}", step=step)
    sent = make.mark(case, reviewer, item="field:merchant.name", step=step)
    Return.objects.filter(pk=sent.pk).update(sent_at=timezone.now(), mended_at=timezone.now(), round=0)
    services.open_case(case.merchant, by=reviewer)
    kind = {"code": "picture_elsewhere", "params": {"kind": "business_licence", "refs": other.ref}}
    make.check(case, "extra", "warning", step=step, findings=[kind, kind])
    presence.note(case.pk, colleague, active=True)
    client = signed_in(reviewer)
    client.get(page_of(case))
    with CaptureQueriesContext(connection) as queries:
        page = body(client.get(page_of(case)))
    assert "何望舒 has this case open now" in page and other.ref in page and "换回" in page
    assert len(queries) <= 30, len(queries)


def test_what_came_back_in_this_round_is_marked(case, reviewer, signed_in, page_of):
    """A field that was changed, one that was confirmed as it was, and a paper that is new."""
    changed = make.mark(case, reviewer, item="field:merchant.name")
    same = make.mark(case, reviewer, item="field:merchant.uscc")
    now = timezone.now()
    Return.objects.filter(pk=changed.pk).update(sent_at=now, mended_at=now, changed_at=now)
    Return.objects.filter(pk=same.pk).update(sent_at=now, mended_at=now)
    Case.objects.filter(pk=case.pk).update(round=2)
    document = {"case": case, "uploaded_by": reviewer, "size": 1, "media_type": "image/jpeg", "original": "x"}
    Document.objects.create(kind="business_licence", round=2, sha256="a", **document)
    Document.objects.create(kind="id_portrait", round=1, sha256="b", **document)
    answer = signed_in(reviewer).get(page_of(case))
    assert answer.context["changed"] == {"new": {"field:merchant.name"}, "same": {"field:merchant.uscc"}}
    assert {paper.document.kind for paper in answer.context["papers"] if paper.is_new} == {"business_licence"}
    assert '<span class="tag turn">changed</span>' in body(answer)
