"""The same persons in other cases, with the reason why that may be lawful; found by index, numbers never shown."""

import pytest

from onboarding.admin.review.elsewhere import AGENCY, HANDLES, OWNS, RUNS, SHARES, elsewhere
from onboarding.models import Case, Person
from tests import make, people

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"
OTHER_ID = "110105199001010015"


def another(role: str = Person.Role.LEGAL_REPRESENTATIVE, **fields) -> Case:
    """A case of another merchant in which this person stands."""
    case = make.case("live", by=people.merchant(), of=make.merchant(uscc="", name="别家店", short_name="别家"))
    make.person(case.merchant, role, **fields)
    return case


def found(case: Case) -> list:
    return elsewhere(case, list(case.merchant.persons.all()))


@pytest.mark.parametrize(
    "role, may_be",
    [("legal_representative", RUNS), ("handler", HANDLES), ("beneficial_owner", OWNS)],
)
def test_the_same_number(case, role, may_be):
    other = another(role, mobile=None)
    (one,) = found(case)
    assert (one.case, one.may_be) == (other, may_be)
    assert str(one.shared) == "the same identity number"


def test_the_same_telephone(case):
    other = another(id_number=OTHER_ID)
    (one,) = found(case)
    assert (one.case, one.may_be) == (other, SHARES)
    partner = people.make_partner()
    Case.objects.filter(pk__in=[case.pk, other.pk]).update(partner=partner)
    assert found(Case.objects.get(pk=case.pk))[0].may_be == AGENCY


def test_one_line_per_case_and_the_person_before_the_telephone(case):
    other = another()
    make.person(other.merchant, Person.Role.HANDLER, id_number=OTHER_ID)
    (one,) = found(case)
    assert str(one.shared) == "the same identity number"


def test_nobody_else_and_nobody_named(case, liu):
    another(id_number=OTHER_ID, mobile="+8613900009999")
    assert found(case) == []
    assert found(make.case("identity", by=liu)) == []


def test_the_page_tells_it_without_numbers_and_for_two_queries(
    case, reviewer, signed_in, page_of, django_assert_num_queries
):
    other = another()
    for _more in range(9):
        another()
    page = signed_in(reviewer).get(page_of(case)).content.decode()
    assert other.ref in page and "One person may run several businesses" in page
    assert ID not in page
    mine = list(case.merchant.persons.all())
    with django_assert_num_queries(2):
        assert len(elsewhere(case, mine)) == 10


def test_not_for_those_who_may_not_see_persons(case, signed_in, page_of):
    other = another()
    assert other.ref not in signed_in(people.somebody("warehouse_clerk")).get(page_of(case)).content.decode()
