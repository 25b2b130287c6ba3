"""Watch-lists in the admin: uploaded by one, published by another; faults by line; nothing for anybody else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from onboarding import tasks
from onboarding.models import WatchEntry, WatchList
from onboarding.tasks.list_imports import parse
from tests import people
from tests.watching import NUMBER, file_of, line, published, uploaded

pytestmark = pytest.mark.django_db
FIELDS = {"code": "association", "name": "协会名单", "source": "协会", "nearness": "similar"}


def client_of(user, language="en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def at(page, *args) -> str:
    return reverse(f"admin:onboarding_watchlist_{page}", args=args)


def sent(client, data=None, **fields):
    file = SimpleUploadedFile("list.csv", data if data is not None else file_of(line()))
    return client.post(at("add"), {**FIELDS, "file": file, **fields})


def test_from_upload_to_published():
    author, colleague = client_of(people.risk_officer()), client_of(people.risk_officer())
    answer = sent(author)
    row = WatchList.objects.get()
    assert answer.status_code == 302 and answer["Location"] == at("change", row.pk)
    waiting = author.get(at("change", row.pk)).content.decode()
    assert "<progress" in waiting and "Waiting for its turn" in waiting
    assert "<html" not in author.get(at("change", row.pk), headers={"hx-request": "true"}).content.decode()
    tasks.import_lists()
    assert author.get(at("change", row.pk), headers={"hx-request": "true"})["HX-Refresh"] == "true"
    preview = author.get(at("change", row.pk)).content.decode()
    assert "样本甲" in preview and "Lends or sells accounts" in preview and "has to publish it" in preview
    author.post(at("publish", row.pk))
    assert WatchList.objects.get().status == "draft", "not by who uploaded it"
    colleague.post(at("publish", row.pk))
    tasks.rescreen()
    assert "Everybody with us was compared" in colleague.get(at("change", row.pk)).content.decode()
    again = author.get(at("add") + "?code=association").content.decode()
    assert 'value="协会名单"' in again


@pytest.mark.parametrize(("language", "words"), [("en", "The kind is neither"), ("zh-hans", "neither")])
def test_faults_are_told_by_line(language, words):
    row = uploaded(line(), line("W-2", kind="猫"), line("W-3", day=""))
    page = client_of(people.risk_officer(), language).get(at("change", row.pk)).content.decode()
    assert ">3</th>" in page and ">4</th>" in page and "样本甲" not in page
    assert words in page or language != "en"


def test_what_is_typed_stays_with_an_error():
    client = client_of(people.risk_officer())
    answer = sent(client, code="no code!")
    assert answer.status_code == 422 and 'value="协会名单"' in answer.content.decode()
    assert client.post(at("add"), FIELDS).status_code == 422
    assert sent(client, data=b"").status_code == 422
    sent(client)
    assert "waits already" in sent(client).content.decode()
    assert WatchList.objects.count() == 1


def test_thrown_away():
    row, client = uploaded(line()), client_of(people.risk_officer())
    assert client.get(at("discard", row.pk)).status_code == 405
    client.post(at("discard", row.pk))
    assert WatchList.objects.get().status == "discarded" and not WatchEntry.objects.exists()
    client.post(at("discard", row.pk))
    client.post(at("publish", row.pk))
    assert WatchList.objects.get().status == "discarded"


def test_the_file_to_fill_in_is_read_back_and_is_text():
    answer = client_of(people.risk_officer()).get(at("sample"))
    listed, faults = parse(answer.content)
    assert [one.number for one in listed] == ["WLS-001", "WLS-002"] and all(one.get("warn") for one in faults)
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {cell.number_format for row in sheet.iter_rows(max_row=100) for cell in row} == {"@"}


@pytest.mark.parametrize("role", ["senior_reviewer", "auditor"])
def test_some_look_and_change_nothing(role):
    row, client = uploaded(line()), client_of(people.somebody(role))
    page = client.get(at("change", row.pk)).content.decode()
    assert "样本甲" in page and at("publish", row.pk) not in page
    assert client.get(at("add")).status_code == 403 and sent(client).status_code == 403
    for verb in ("publish", "discard"):
        assert client.post(at(verb, row.pk)).status_code == 403
    assert WatchList.objects.get().status == "draft"


@pytest.mark.parametrize("role", ["reviewer", "support_agent", "call_centre_agent", "operations_manager", "trainer"])
def test_others_are_sent_away(role):
    row, client = uploaded(line()), client_of(people.somebody(role))
    for url in (at("changelist"), at("change", row.pk), at("add"), at("sample")):
        assert client.get(url).status_code == 403
    assert client.post(at("publish", row.pk)).status_code == 403


@pytest.mark.parametrize("odd", ["0", "999999999", "9" * 30, "x", "-1"])
def test_no_such_list(odd):
    assert client_of(people.risk_officer()).get(f"/admin/onboarding/watchlist/{odd}/change/").status_code in (404, 302)


def test_numbers_are_masked_in_the_table_of_entries():
    published(line(identifiers=NUMBER))
    client = client_of(people.risk_officer())
    entry = WatchEntry.objects.get()
    page = client.get(reverse("admin:onboarding_watchentry_change", args=[entry.pk])).content.decode()
    assert NUMBER not in page and "1101…002X" in page
    assert client.get(reverse("admin:onboarding_watchentry_changelist") + "?q=样本").context["cl"].result_count == 1
