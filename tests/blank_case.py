"""Fixtures: a merchant in the identity step who has answered nothing yet, or everything."""

import pytest

from onboarding.management.commands.load_reference import document_kinds, reasons
from onboarding.models import Merchant
from tests import make, people


@pytest.fixture
def liu(db):
    return people.liu()


@pytest.fixture
def blank(liu):
    """A case in identity whose merchant has answered nothing yet; `blank("micro")` for another type."""
    document_kinds()
    reasons()

    def open_one(kind="enterprise", state="identity"):
        return make.case(state, by=liu, of=Merchant.objects.create(type=kind, contact_name="刘小满"))

    return open_one


@pytest.fixture
def case(blank):
    return blank()


@pytest.fixture
def filled(liu, blank):
    """A company whose answers are all there; papers are not."""
    blank_reference = blank  # loads the tables
    assert blank_reference
    of = make.merchant()
    make.person(of)
    return make.case("identity", by=liu, of=of)


@pytest.fixture
def signed_in(client, liu):
    client.force_login(liu)
    return client
