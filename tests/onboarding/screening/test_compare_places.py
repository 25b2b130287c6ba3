"""Photographs of the shop taken far from one another, or on a day to come. A file that says nothing is no fault."""

import datetime

import pytest
from django.utils import timezone, translation

from onboarding.data import rows
from onboarding.management.commands.load_reference import document_kinds
from onboarding.models import Application, Case, Document, Store
from onboarding.screening import CHECKS
from onboarding.screening.words import sentence
from tests import make, people

pytestmark = pytest.mark.django_db
HERE, NEXT_DOOR, ACROSS_TOWN = "31.230,121.474", "31.236,121.474", "31.300,121.474"


@pytest.fixture
def case():
    of = make.merchant()
    case = make.case("application", by=people.liu(), of=of)
    store = Store.objects.create(merchant=of, name="小满面馆", division_code="310115", address="样例路 18 号")
    Application.objects.create(case=case, store=store)
    return case


def photo(case, kind, number, **more):
    about = {"media_type": "image/jpeg", "size": 1, "original_name": "x.jpg", "uploaded_by": case.opened_by}
    return Document.objects.create(case=case, kind=kind, sha256=f"{number:064x}", **about, **more)


def photos(case, *places):
    for number, place in enumerate(places):
        photo(case, ("shopfront", "interior", "till")[number], number, place=place)


def run(case, name="places"):
    outcome = CHECKS[name].run(Case.objects.select_related("merchant").get(pk=case.pk))
    return outcome, [one["code"] for one in outcome.findings]


@pytest.mark.parametrize(
    ("places", "codes"),
    [
        ((), []),
        ((None, None, None), []),
        ((HERE, None, None), []),
        ((HERE, HERE, NEXT_DOOR), []),
        ((HERE, NEXT_DOOR, ACROSS_TOWN), ["photos_far_apart"]),
        ((None, HERE, ACROSS_TOWN), ["photos_far_apart"]),
        (("nonsense", HERE, None), []),
    ],
)
def test_photographs_against_one_another(case, places, codes):
    photos(case, *places)
    outcome, found = run(case)
    assert (outcome.result, found) == ("warning" if codes else "passed", codes)


def test_the_two_that_lie_farthest_apart_are_named_without_saying_where(case):
    photos(case, HERE, NEXT_DOOR, ACROSS_TOWN)
    outcome, _codes = run(case)
    assert outcome.findings[0]["params"] == {"kind": "shopfront", "other_kind": "till", "km": 7.8}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            told = sentence(outcome.findings[0])
            assert "7.8" in told and "31.2" not in told and "%(" not in told


@pytest.mark.parametrize(
    ("division", "place", "codes"),
    [
        ("310115", HERE, []),
        ("110105", HERE, ["photo_elsewhere"]),
        ("440304", HERE, ["photo_elsewhere"]),
        ("330481", HERE, []),  # across the border, within what four degrees can say
        ("110105", None, []),
        ("", HERE, []),
        ("990101", HERE, []),
    ],
)
def test_a_photograph_against_the_declared_province(case, division, place, codes):
    Store.objects.update(division_code=division)
    photos(case, place, place)
    outcome, found = run(case)
    assert found == codes and (outcome.result == "warning") == bool(codes)
    for one in outcome.findings:
        assert one["params"] == {"kind": "shopfront"}


def test_every_province_has_its_extent():
    provinces = {row["code"][:2] for row in rows("divisions.csv") if row["level"] == "1"}
    known = {row["province"]: row for row in rows("provinces.csv")}
    assert provinces - set(known) <= {"71", "81", "82"}  # no shop of ours is there
    for row in known.values():
        assert float(row["south"]) < float(row["north"]) and float(row["west"]) < float(row["east"])


def test_one_that_was_replaced_does_not_count(case):
    photos(case, HERE, ACROSS_TOWN)
    Document.objects.filter(kind="interior").update(replaced_at=timezone.now())
    assert run(case)[1] == []


@pytest.mark.parametrize(
    ("days", "codes"), [(0, []), (1, []), (3, ["premises_future_photo"]), (-181, ["premises_old_photo"])]
)
def test_the_day_on_which_it_was_taken(case, days, codes):
    document_kinds()
    taken = timezone.localdate() + datetime.timedelta(days=days)
    photo(case, "shopfront", 1, capture={"taken": f"{taken:%Y:%m:%d} 10:00:00"})
    assert [code for code in run(case, "premises")[1] if "photo" in code] == codes
