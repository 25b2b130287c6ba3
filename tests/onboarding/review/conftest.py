import pytest
from django.test import Client
from django.urls import reverse

from tests import make, people


@pytest.fixture
def reviewer():
    return people.reviewer(name="陈知秋")


@pytest.fixture
def colleague():
    return people.reviewer(name="何望舒")


@pytest.fixture
def liu():
    return people.liu()


@pytest.fixture
def case(liu):
    """Under identity review, with its responsible person and nothing in the way."""
    made = make.case("identity_review", by=liu)
    make.person(made.merchant)
    return made


@pytest.fixture
def signed_in():
    def enter(user) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def at():
    """The address of something on a case in the admin."""
    return lambda name, case, *args: reverse(f"admin:{name}", args=[case.ref, *args])


@pytest.fixture
def page_of():
    return lambda case: reverse("admin:onboarding_case_change", args=[case.ref])
