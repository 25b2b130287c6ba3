"""The check: by number it fails, by name it waits for a person, and who was cleared stays cleared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from onboarding import services
from onboarding.formats.likeness import compare
from onboarding.models import Case, Check, WatchHit
from onboarding.pages import refusal
from onboarding.screening import CHECKS
from onboarding.screening.watch_words import explain
from onboarding.screening.words import sentence
from onboarding.services import Missing
from onboarding.services.watching import decide_hit
from tests import make, people
from tests.watching import NUMBER, USCC, line, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    made = make.case("identity_review")
    make.person(made.merchant)
    return made


def run(case):
    outcome = CHECKS["watch_list"].run(Case.objects.select_related("merchant").get(pk=case.pk))
    assert all("%(" not in sentence(one) for one in outcome.findings)
    assert "小满" not in str(outcome.findings), "codes, never names"
    return outcome.result, [(one["code"], one["params"]["subject"].partition(":")[0]) for one in outcome.findings]


REP = "legal_representative"


def test_nobody_is_listed(case):
    assert run(case) == ("passed", [])
    published(line())
    assert run(case) == ("passed", [])


@pytest.mark.parametrize(
    ("listed", "result", "code", "subject"),
    [
        (line(name="谁也不像", identifiers=NUMBER), "failed", "watch_number", REP),
        (line(name="谁也不像", identifiers="110105 1949 1231 002x"), "failed", "watch_number", REP),
        (line(kind="单位", name="谁也不像", identifiers=USCC), "failed", "watch_number", "company"),
        (line(name="刘小满"), "warning", "watch_name", REP),
        (line(name="刘小慢"), "warning", "watch_name", REP),
        (line(name="刘晓满"), "warning", "watch_name", REP),
        (line(name="流小满"), "warning", "watch_name", REP),
        (line(name="刘小红"), "warning", "watch_name", REP),
        (line(name="样本甲", aliases="刘小满"), "warning", "watch_name", REP),
        (line(name="Liu Xiaoman"), "warning", "watch_name", REP),
        (line(kind="单位", name="虚构市小满面馆"), "warning", "watch_name", "company"),
        (line(kind="单位", name="刘小满"), "passed", None, None),
        (line(name="虚构市小满面馆有限公司"), "passed", None, None),
    ],
)
def test_who_is_found(case, listed, result, code, subject):
    published(listed)
    assert run(case) == (result, [(code, subject)] if code else [])


def test_a_number_is_told_once_and_not_by_name_again(case):
    published(line(name="刘小满", identifiers=NUMBER))
    assert run(case) == ("failed", [("watch_number", REP)])
    assert WatchHit.objects.count() == 1


def test_only_similar_characters_where_the_list_says_so(case):
    published(line(name="刘小红"), line("W-2", name="刘小慢"), nearness="similar")
    assert run(case) == ("warning", [("watch_name", REP)])
    assert WatchHit.objects.get().number == "W-2"


def test_a_micro_merchant_has_no_business_of_its_own(case):
    type(case.merchant).objects.update(type="micro")
    published(line(kind="单位", name="虚构市小满面馆"))
    assert run(case) == ("passed", [])


def test_run_twice_it_finds_once(case):
    published(line(name="刘小慢"))
    assert run(case) == run(case) and WatchHit.objects.count() == 1


def test_somebody_cleared_stays_cleared_until_something_changes(case):
    reviewer = people.reviewer()
    published(line(name="刘小慢"))
    run(case)
    decide_hit(WatchHit.objects.get().pk, "cleared", "生日不同", by=reviewer)
    assert run(case) == ("passed", [])
    published(line(name="刘小慢"), line("W-2", name="样本乙"))
    assert run(case) == ("passed", []), "the entry is the same in the next version"
    published(line(name="刘小慢", identifiers=NUMBER))
    assert run(case) == ("failed", [("watch_number", REP)]), "now it has the number"


def test_an_open_hit_follows_its_entry_into_the_next_version(case):
    published(line(name="刘小慢"))
    run(case)
    due = WatchHit.objects.get().due_at
    second = published(line(name="刘小慢", identifiers=NUMBER))
    assert run(case) == ("failed", [("watch_number", REP)])
    found = WatchHit.objects.get()
    assert (found.entry.watchlist, found.due_at, found.way) == (second, due, "number")


def test_a_hit_stays_when_the_person_is_taken_out_of_the_form(case):
    published(line(name="刘小慢"))
    run(case)
    case.merchant.persons.all().delete()
    assert run(case) == ("warning", [("watch_name", REP)])


def test_the_list_is_never_read_through(case):
    """The queries are the same for one entry and for five hundred."""
    published(line(name="刘小慢"))
    run(case)
    counted = []
    for number in (1, 500):
        published(line(name="刘小慢"), *(line(f"N-{one}", name=f"样{chr(0x4E00 + one)}甲乙") for one in range(number)))
        with CaptureQueriesContext(connection) as queries:
            run(case)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 14, counted


# Approval ----------------------------------------------------------------------------------------------------------


def approve(case, by):
    return services.advance(case.pk, "approve_identity", by=by)


def test_approval_waits_for_the_verdict(case):
    reviewer = people.reviewer()
    published(line(name="刘小慢"))
    run(case)
    check = make.check(case, "watch_list", "warning")
    with pytest.raises(Missing) as refused:
        approve(case, reviewer)
    assert {one.code for one in refused.value.requirements} == {"gate_watch_list", "watch_open"}
    agent = people.call_centre_agent()
    assert not any("watch" in str(sentence) for sentence in refusal(refused.value, agent)), (
        "only those who decide read it"
    )
    decide_hit(WatchHit.objects.get().pk, "cleared", "生日不同", by=reviewer)
    check.refresh_from_db()
    assert (check.result, check.findings) == ("passed", [])
    assert approve(case, reviewer).state == "application"


def test_somebody_confirmed_is_never_approved(case):
    reviewer = people.reviewer()
    published(line(name="刘小慢"))
    run(case)
    check = make.check(case, "watch_list", "warning")
    decide_hit(WatchHit.objects.get().pk, "confirmed", "同一人", by=reviewer)
    check.refresh_from_db()
    assert check.result == "failed"
    with pytest.raises(Missing) as refused:
        approve(case, reviewer)
    assert "watch_confirmed" in {one.code for one in refused.value.requirements}
    assert services.advance(case.pk, "reject", by=reviewer, note="名单").state == "rejected"


def test_the_application_does_not_pass_by_machine_while_a_hit_is_open(case):
    published(line(name="刘小慢"))
    run(case)
    make.put(case, "application_screening")
    make.check(case, "category", "passed", "application")
    services.settle(case.pk)
    assert Case.objects.get(pk=case.pk).state == "application_review"


def test_a_stale_check_is_left_alone(case):
    published(line(name="刘小慢"))
    run(case)
    old = make.check(case, "watch_list", "warning", stale=True)
    decide_hit(WatchHit.objects.get().pk, "cleared", "生日不同", by=people.reviewer())
    assert Check.objects.get(pk=old.pk).result == "warning"


# Words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "listed", "said"),
    [
        ("李玮", "李伟", "One character differs: 李玮/李伟, same sound."),
        ("李己", "李已", "One character differs: 李己/李已, similar shape."),
        ("黎玮", "李伟", "2 characters differ: 黎玮/李伟, same sound."),
        ("李明晓", "李晓明", "Two neighbouring characters are swapped: 李明晓/李晓明."),
        ("李伟强", "李伟", "One character more than the listed name: 李伟强/李伟."),
        ("王某", "李伟", "The name was changed since: 王某. It was like 李伟 then."),
    ],
)
def test_each_explains_itself(ours, listed, said):
    with translation.override("en"):
        assert explain(ours, listed, compare(ours, listed, "person")) == said
