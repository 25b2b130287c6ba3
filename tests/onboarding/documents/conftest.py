import pytest
from django.core.files.storage import FileSystemStorage

from onboarding.management.commands.load_reference import document_kinds
from onboarding.models import DocumentKind
from portal.storage import private_files
from tests import make, people


@pytest.fixture
def liu(db):
    return people.liu()


@pytest.fixture
def case(liu):
    document_kinds()
    return make.case("identity", by=liu)


@pytest.fixture
def licence(case):
    return DocumentKind.objects.get(pk="business_licence")


@pytest.fixture
def files(monkeypatch, tmp_path):
    """A fresh private storage; `files()` counts what is in it."""
    monkeypatch.setattr(private_files, "storage", FileSystemStorage(tmp_path))
    return lambda: sum(1 for path in tmp_path.rglob("*") if path.is_file())
