"""Learning by a signed link, the quiz, the certificate, and the case that goes on by itself."""

import re
from datetime import date

import pytest

from onboarding import services
from onboarding.models import Attempt, Case, Certificate, Course, Question
from onboarding.training import links
from onboarding.training import services as training
from tests import make, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return Course.objects.get(before_go_live=True)


def right(attempt: Attempt) -> dict[int, int]:
    return dict(Question.objects.filter(pk__in=[pk for pk, _order in attempt.drawn]).values_list("pk", "answer"))


def sit(client, key: str, course: Course, learner: str = "小陈") -> Attempt:
    client.post(f"/learn/{key}/{course.code}/quiz/", {"learner": learner})
    return Attempt.objects.latest("pk")


def test_a_cashier_without_an_account_passes_and_the_case_goes_on(client, course):
    case = make.case("training")
    key = links.key_of(case)
    assert client.get(f"/learn/{key}/").status_code == 200
    assert client.get(f"/learn/{key}/{course.code}/1/").status_code == 200
    attempt = sit(client, key, course)
    client.post(f"/learn/{key}/attempts/{attempt.pk}/", {f"q{pk}": answer for pk, answer in right(attempt).items()})
    assert Certificate.objects.get(case=case).learner == "小陈"
    assert Case.objects.get(pk=case.pk).state == "acceptance"
    assert "100" in client.get(f"/learn/{key}/attempts/{attempt.pk}/").content.decode()


def test_early_training_settles_the_later_step(client, course):
    """Trained while the parcel travels: the step is over the moment it begins."""
    case = make.case("delivery")
    attempt = training.start(case, course, "小陈")
    training.finish(attempt.pk, right(attempt))
    assert Case.objects.get(pk=case.pk).state == "delivery"
    make.put(Case.objects.get(pk=case.pk), "training")
    assert services.settle(case.pk)[0] == "complete_training"


@pytest.mark.duty("training-before-go-live")
def test_a_failed_quiz_explains_and_gives_no_certificate(client, course):
    case = make.case("training")
    key = links.key_of(case)
    attempt = sit(client, key, course)
    wrong = {pk: (answer + 1) % 4 for pk, answer in right(attempt).items()}
    client.post(f"/learn/{key}/attempts/{attempt.pk}/", {f"q{pk}": option for pk, option in wrong.items()})
    assert not Certificate.objects.exists()
    shown = client.get(f"/learn/{key}/attempts/{attempt.pk}/").content.decode()
    assert Question.objects.get(pk=next(iter(wrong))).explanation_zh in shown
    assert Case.objects.get(pk=case.pk).state == "training"


def test_a_question_left_out_is_said_and_the_rest_is_kept(client, course):
    case = make.case("training")
    key = links.key_of(case)
    attempt = sit(client, key, course)
    first, *rest = right(attempt).items()
    answer = client.post(f"/learn/{key}/attempts/{attempt.pk}/", {f"q{pk}": option for pk, option in rest})
    assert answer.status_code == 200 and Attempt.objects.get(pk=attempt.pk).finished_at is None
    assert len(re.findall(r"<input[^>]*checked", answer.content.decode())) == len(rest)


def test_handing_in_twice_has_one_effect(client, course):
    case = make.case("training")
    attempt = training.start(case, course, "小陈")
    training.finish(attempt.pk, right(attempt))
    training.finish(attempt.pk, {})
    assert Attempt.objects.get(pk=attempt.pk).score == 100 and Certificate.objects.count() == 1


@pytest.mark.parametrize("learner", ["", "   ", "x" * 61, "a\x00b"])
def test_a_name_that_cannot_be_printed_is_refused_at_the_field(client, course, learner):
    key = links.key_of(make.case("training"))
    answer = client.post(f"/learn/{key}/{course.code}/quiz/", {"learner": learner})
    assert answer.status_code == 200 and not Attempt.objects.exists()
    assert 'class="err"' in answer.content.decode() or "err" in answer.content.decode()


@pytest.mark.parametrize("learner", ["𠮷䶮㛃", "买买提·阿不都", "<script>alert(1)</script>", "陈 😀"])
def test_names_come_back_exactly(client, course, learner):
    key = links.key_of(make.case("training"))
    assert sit(client, key, course, learner).learner == learner


def test_a_wrong_key_or_anothers_attempt_is_not_found(client, course):
    case, other = make.case("training"), make.case("training", by=people.stranger())
    attempt = training.start(other, course, "别人")
    assert client.get("/learn/nonsense/").status_code == 404
    assert client.get(f"/learn/{links.key_of(case)}/attempts/{attempt.pk}/").status_code == 404
    assert client.get(f"/learn/{links.key_of(case)}/no-such/1/").status_code == 404


def test_the_owners_page(client):
    owner = people.liu()
    case = make.case("training", by=owner)
    client.force_login(owner)
    shown = client.get(f"/cases/{case.ref}/training/")
    assert shown.status_code == 200 and "/learn/" in shown.content.decode()
    code = client.get(f"/cases/{case.ref}/training/qr.svg")
    assert code["Content-Type"] == "image/svg+xml" and b'xmlns="http://www.w3.org/2000/svg"' in code.content
    client.force_login(people.stranger())
    assert client.get(f"/cases/{case.ref}/training/").status_code == 404


def test_months_later():
    assert training.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert training.months_later(date(2026, 11, 23), 12) == date(2027, 11, 23)
