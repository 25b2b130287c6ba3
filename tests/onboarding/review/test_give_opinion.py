"""Four eyes: the second reviewer decides before seeing the first opinion; a disagreement goes to a senior reviewer."""

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.models import Case, Opinion
from tests import make, people

pytestmark = pytest.mark.django_db
LICENCE = "document:business_licence"


@pytest.fixture
def seconded(case, reviewer):
    """Recommended by the reviewer, with a note and a remark; it waits for a second one."""
    services.add_note(case.pk, "我觉得没问题，老板很可靠", by=reviewer)
    make.put(case, "identity_review", risk_tier="high")
    services.advance(case.pk, "recommend_identity", by=reviewer, note="资料齐全，建议通过")
    return Case.objects.select_related("merchant").get(pk=case.pk)


def telling(reviewer) -> tuple[str, ...]:
    return ("资料齐全", "我觉得没问题", str(reviewer), "Recommend the identity")


def places(case) -> list[str]:
    """Every page of a reviewer on which the case, its timeline or its notes stand."""
    return [
        reverse("admin:onboarding_case_change", args=[case.ref]),
        reverse("admin:onboarding_case_changelist"),
        reverse("admin:onboarding_entry_changelist"),
        reverse("admin:confirm_identity", args=[case.ref]),
        reverse("admin:return_identity", args=[case.ref]),
        reverse("admin:reject", args=[case.ref]),
        reverse("admin:index"),
        case.get_absolute_url(),
    ]


def test_the_second_reviewer_sees_nothing_of_the_first(seconded, reviewer, colleague, signed_in):
    client = signed_in(colleague)
    for place in places(seconded):
        page = client.get(place).content.decode()
        assert [words for words in telling(reviewer) if words in page] == [], place
    mine = signed_in(reviewer).get(places(seconded)[0]).content.decode()
    assert all(words in mine for words in telling(reviewer)[:3]), "the walk looks for words that are there"


def test_opinions_are_kept_and_shown_once_both_have_spoken(seconded, reviewer, colleague, signed_in, at):
    services.mark(seconded.pk, LICENCE, "blurred", by=colleague)
    answer = signed_in(colleague).post(at("return_identity", seconded), {"note": "执照看不清"}, follow=True)
    assert "a senior reviewer decides" in answer.content.decode()
    case = Case.objects.get(pk=seconded.pk)
    assert (case.state, case.assigned_to) == ("identity_second_review", None)
    kept = [(one.by, one.verdict, one.note) for one in Opinion.objects.order_by("pk")]
    assert kept == [(reviewer, "approve", "资料齐全，建议通过"), (colleague, "return", "执照看不清")]
    page = answer.content.decode()
    assert "资料齐全" in page and str(reviewer) in page


def test_only_a_senior_who_gave_none_settles_a_disagreement(seconded, reviewer, colleague):
    services.mark(seconded.pk, LICENCE, "blurred", by=colleague)
    assert services.decide(seconded.pk, "return_identity", by=colleague) is False
    for somebody in (reviewer, colleague, people.reviewer()):
        with pytest.raises(services.NotAllowed):
            services.decide(seconded.pk, "confirm_identity", by=somebody)
    assert services.decide(seconded.pk, "return_identity", by=people.senior_reviewer()) is True
    assert Case.objects.get(pk=seconded.pk).state == "identity_returned"


def test_agreement_confirms_at_once(seconded, colleague, signed_in, at):
    signed_in(colleague).post(at("confirm_identity", seconded))
    assert Case.objects.get(pk=seconded.pk).state == "application"
    assert Opinion.objects.filter(by=colleague, verdict="approve").exists()


def test_no_other_door_lets_a_second_reviewer_overrule_the_first(seconded, colleague):
    services.mark(seconded.pk, LICENCE, "blurred", by=colleague)
    with pytest.raises(services.NotAllowed):
        services.advance(seconded.pk, "return_identity", by=colleague)
    assert Case.objects.get(pk=seconded.pk).state == "identity_second_review"


def test_the_first_reviewer_decides_nothing_more(seconded, reviewer):
    for verb in ("confirm_identity", "return_identity", "reject"):
        with pytest.raises(services.NotAllowed):
            services.decide(seconded.pk, verb, by=reviewer, note="还是算了")


def test_the_merchant_hears_nothing_of_a_disagreement(seconded, colleague, liu, signed_in):
    before = signed_in(liu).get(seconded.get_absolute_url()).content.decode()
    services.mark(seconded.pk, LICENCE, "blurred", by=colleague)
    services.decide(seconded.pk, "return_identity", by=colleague, note="执照看不清")
    after = signed_in(liu).get(seconded.get_absolute_url()).content.decode()
    assert "看不清" not in after and "opinion" not in after.lower()
    assert before.count("<li") == after.count("<li")
