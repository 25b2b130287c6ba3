"""The world of these tests takes long to make: it is made once, in a transaction that is taken back at the end."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.forms.walk import Scenes


@pytest.fixture(scope="package")
def scenes(django_db_setup, django_db_blocker) -> Iterator[Scenes]:
    """A case at every stage; each test takes back what it did. No transactional test may stand in this folder: its
    flush would wait for this transaction for ever."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = Scenes()
        assert made.forms  # looked for here: what pages make on first sight stays for every test
        yield made
        transaction.set_rollback(True)
