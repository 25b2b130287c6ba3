"""The page of a case and the home page: as merchant, as colleague, as stranger; what a merchant must never read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding import services
from onboarding.cases import todo, words
from onboarding.flow import VERBS, State
from onboarding.models import Case, Document, Reason
from tests import make, people

pytestmark = pytest.mark.django_db
INTERNAL = [
    "人工审核中", "复核", "second_review", "identity_review", "identity_screening", "application_screening", "suspend",
    "watch", "hit", "risk_tier", "gate_", "Hand over", "Recommend",
]  # fmt: skip


def main(page) -> str:
    """What stands in the content, without frame and addresses of static files."""
    html = page.content.decode()
    return re.sub(r"/static/\S+", "", html[html.index("<main") : html.index("</main>")])


def look(client, case, user=None):
    client.force_login(user or case.opened_by)
    return client.get(reverse("case", args=[case.ref]))


@pytest.mark.parametrize("state", [state.value for state in State])
def test_every_state_has_a_page_for_the_merchant_and_for_staff(client, state):
    case = make.case(state, suspended_from="live" if state == "suspended" else "")
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        for user in (case.opened_by, people.operations_manager()):
            page = look(client, case, user)
            assert page.status_code == 200 and case.ref in page.content.decode()


@pytest.mark.parametrize("state", ["identity_screening", "identity_review", "identity_second_review"])
def test_all_checking_looks_the_same_to_the_merchant(client, state):
    case = make.case(state)
    assert case.public_label in ("We are checking your papers", case.public_label)
    page = look(client, case)
    text = main(page)
    assert str(case.public_label) in text
    assert not [word for word in INTERNAL if word in text]


@pytest.mark.duty("no-tipping-off")
def test_a_finding_never_shows_to_the_merchant(client):
    case = make.case("identity_review", risk_tier="high")
    before = main(look(client, case))
    make.check(case, "risk_list", result="failed")
    make.mark(case, people.reviewer())
    services.record(case.pk, "watch_hit", by=services.SYSTEM, note="on the list", public=False)
    assert main(look(client, case)) == before
    staff = main(look(client, case, people.reviewer()))
    assert "on the list" in staff and "watch hit" in staff


def test_a_returned_case_says_beside_each_line_what_was_wrong(client):
    case = make.case("identity_review")
    for reason, item in (("blurred", "document:business_licence"), ("hit", "document:id_portrait")):
        row = make.mark(case, people.reviewer(), item, reason=reason)
        if reason == "hit":
            Reason.objects.filter(pk=row.reason_id).update(audience="internal", sentence_zh="在名单上。")
    services.advance(case.pk, "return_identity", by=people.reviewer())
    text = main(look(client, case))
    assert text.count("看不清。") == 1 and "在名单上。" not in text


def test_staff_read_notes_names_and_what_is_missing(client):
    case = make.case("identity_review", risk_tier="high")
    reviewer = people.reviewer(name="周一禾")
    services.record(case.pk, "called", by=reviewer, note="asked for the lease", public=False)
    text = main(look(client, case, reviewer))
    assert "asked for the lease" in text and "周一禾" in text


def test_a_colleague_without_that_audience_does_not_read_reviewers_requirements(client):
    case = make.case("identity_review", risk_tier="high")
    for user, reads in ((people.reviewer(), True), (people.somebody("warehouse_clerk"), False)):
        titles = [str(task["title"]) for task in look(client, case, user).context["need"]["tasks"]]
        assert bool(titles) is reads


@pytest.mark.parametrize("name", ["case", "withdraw", "reopen"])
def test_strangers_find_nothing(client, name):
    case = make.case()
    client.force_login(people.stranger())
    assert client.get(reverse(name, args=[case.ref])).status_code == 404
    assert client.get(reverse(name, args=["KT-2222-2222"])).status_code == 404
    client.logout()
    assert client.get(reverse(name, args=[case.ref])).url.startswith("/accounts/login/")


def test_the_reference_may_be_typed_small(client):
    case = make.case()
    client.force_login(case.opened_by)
    assert client.get(f"/cases/{case.ref.lower()}/").status_code == 200


def test_home_of_one_case_is_that_case(client):
    case = make.case()
    client.force_login(case.opened_by)
    assert client.get("/home/").context["case"] == case


def test_home_of_several_is_a_list_and_of_none_an_invitation(client):
    user = people.liu()
    client.force_login(user)
    assert reverse("start") in main(client.get("/home/"))
    cases = [make.case(by=user, of=make.merchant()) for _number in range(25)]
    first = client.get("/home/")
    assert len(first.context["cases"]) == 20
    second = client.get(f"/home/?before={first.context['older']}")
    shown = [*first.context["cases"], *second.context["cases"]]
    assert len(shown) == len(set(shown)) == len(cases)


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "٣", "1%00"])
def test_odd_addresses_are_harmless(client, typed):
    case = make.case()
    client.force_login(case.opened_by)
    assert client.get(f"/home/?before={typed}").status_code == 200
    assert client.get(reverse("case", args=[case.ref]) + f"?before={typed}").status_code == 200


@pytest.mark.parametrize("role", ["reviewer", "technician", "warehouse_clerk", "auditor"])
def test_staff_are_led_to_their_work(client, role):
    client.force_login(people.somebody(role))
    answer = client.get("/home/")
    assert answer.status_code == 302 and answer.url != "/home/"


def test_the_timeline_pages_from_new_to_old_without_gaps(client):
    case = make.case("identity")
    for number in range(25):
        services.record(case.pk, "paid", by=services.SYSTEM, data={"number": number})
    client.force_login(case.opened_by)
    url, seen, before = reverse("case", args=[case.ref]), [], ""
    while True:
        past = client.get(f"{url}?before={before}").context["past"]
        seen += [event.at for event in past.events]
        if not past.older:
            break
        before = past.older
    assert len(seen) == 26 and seen == sorted(seen, reverse=True)


def test_who_did_it_in_the_merchants_eyes(client):
    case = make.case("identity")
    helper = people.merchant(name="小王")
    services.add_member(case.merchant, helper, "handler")
    services.record(case.pk, "paid", by=helper)
    services.record(case.pk, "paid", by=people.reviewer(name="周一禾"))
    services.record(case.pk, "paid", by=services.SYSTEM)
    events = look(client, case).context["past"].events
    assert [str(event.who) for event in events[:3]][2] == "小王"
    assert events[0].who == events[1].who and "周一禾" not in str(events[1].who)


def test_every_verb_has_words():
    public = {name for name, verb in VERBS.items() if not verb.internal}
    assert public <= set(words.MERCHANT)
    assert words.for_merchant("pass_identity") == words.for_merchant("confirm_identity")
    assert words.for_merchant("fact:never_heard_of") == words.SOMETHING
    assert words.for_staff("fact:never_heard_of") == "never heard of"


def test_every_state_of_the_way_is_somewhere_in_the_tasks():
    covered = {state for task in todo.TASKS for state in task.states}
    assert covered == {state for state in State if Case(state=state).step}


def queries(client, case) -> int:
    client.get(reverse("case", args=[case.ref]))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse("case", args=[case.ref])).status_code == 200
    return len(caught)


@pytest.mark.parametrize("who", ["merchant", "staff"])
def test_the_page_costs_the_same_with_one_and_with_fifty(client, who):
    case = make.case("identity")
    client.force_login(case.opened_by if who == "merchant" else people.operations_manager())
    services.record(case.pk, "called", by=case.opened_by, note="one")
    few = queries(client, case)
    for number in range(50):
        services.record(case.pk, "called", by=case.opened_by, note=str(number))
        Document.objects.create(
            case=case, kind="storefront_photo", part=number + 1, original_name=f"{number}.jpg",
            media_type="image/jpeg", size=1, sha256=f"{number:064}", original=f"{number}", uploaded_by=case.opened_by,
        )  # fmt: skip
    assert queries(client, case) == few
    assert who == "staff" or few <= 16  # two of them are the panels of devices and support
