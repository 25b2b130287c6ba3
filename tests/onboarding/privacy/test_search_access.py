"""The access log: searched by the auditor, taken along with masked values, changed by nobody."""

import csv
import io

import pytest
from django.utils import timezone

from onboarding.formats.masking import masked_numbers
from onboarding.models import Access
from tests import make, people

pytestmark = pytest.mark.django_db
LIST = "/admin/onboarding/access/"


@pytest.fixture
def log():
    case, reviewer = make.case("identity_review"), people.reviewer(name="审核员小陈")
    why = "called 13800138000 about 11010519491231002X"
    Access.objects.create(user=reviewer, case=case, what="id_number:1", why=why)
    Access.objects.create(user=reviewer, case=case, what="page:3/1", why="=cmd|' /C calc'!A0", address="192.0.2.7")
    return case


@pytest.fixture
def auditor(client):
    client.force_login(people.somebody("auditor"))
    return client


def found(client, **query):
    return list(client.get(LIST, query).context["cl"].result_list)


def test_the_auditor_searches_by_who_what_case_and_period(auditor, log):
    assert len(found(auditor, q=log.ref)) == len(found(auditor, q="小陈")) == 2
    assert [row.what for row in found(auditor, kind="id_number")] == ["id_number:1"]
    today = timezone.localdate()
    assert len(found(auditor, period=f"{today:%Y-%m}")) == len(found(auditor, period=f"{today:%Y}")) == 2
    assert found(auditor, period=str(today.year - 1)) == []
    assert len(found(auditor, period="2026-99; DROP TABLE")) == 2, "what is no period filters nothing"
    assert "13800138000" not in auditor.get(LIST).content.decode()


def test_the_file_is_masked_and_runs_nothing(auditor, log):
    chosen = list(Access.objects.values_list("pk", flat=True))
    answer = auditor.post(LIST, {"action": "as_csv", "_selected_action": chosen})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["what"] for row in rows] == ["page:3/1", "id_number:1"]
    assert rows[1]["why"] == "called 138****8000 about 110****002X" and rows[1]["case"] == log.ref
    assert rows[0]["why"].startswith("'=") and rows[0]["address"] == "192.0.2.7"


def test_nobody_changes_it_and_others_do_not_see_it(auditor, log, client):
    row = Access.objects.first()
    assert auditor.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    client.force_login(people.reviewer())
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("call 138 0013 8000", "call 138****8000"),
        ("case KT-7Q4M-2HX9", "case KT-7Q4M-2HX9"),
        ("1234567", "****67"),
        ("", ""),
    ],
)
def test_numbers_in_free_text(typed, shown):
    assert masked_numbers(typed) == shown
