"""My data: consents with their words, the copy and who gets it, deletion. Strangers find nothing."""

import datetime
import hashlib
import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from onboarding import services, tasks
from onboarding.models import (
    Access,
    Case,
    Check,
    Consent,
    Document,
    DocumentKind,
    Entry,
    Erasure,
    Export,
    Notice,
    Page,
    SettlementAccount,
    StaffNote,
)
from onboarding.services.consents import at_signing, text
from onboarding.services.shredding import shred_due
from portal.storage import private_files
from tests import make, people
from tests.onboarding.privacy.test_rotate_keys import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def liu():
    user = people.liu()
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def case(liu):
    made = make.case("identity_review", by=liu)
    make.person(made.merchant)
    document = paper(made)
    page = Page.objects.get(document=document)
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(picture, "JPEG")
    Page.objects.update(file=private_files.save(picture.getvalue(), page.context))
    return made


@pytest.fixture
def web(client, liu):
    client.force_login(liu)
    return client


def consented(case, user, purpose="privacy", language="zh-hans"):
    words = text(purpose, language)
    return Consent.objects.create(
        case=case, user=user, purpose=purpose, version="2026-11", language=language, text_sha256=words.sha256
    )


def made(web, user):
    """A copy that is ready, and its page."""
    web.post(reverse("ask_export"))
    tasks.export()
    row = Export.objects.get(user=user, outcome="ready")
    return row, reverse("export", args=[row.ref])


def code_of(web, row):
    web.post(reverse("send_export_code", args=[row.ref]))
    return json.loads(Notice.objects.filter(template="export_code").latest("pk").context)["code"]


def fetch(web, row, **typed):
    return web.post(reverse("fetch_export", args=[row.ref]), typed)


# Consents ----------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_very_words_that_were_agreed_to(web, liu, case):
    consented(case, liu)
    words = at_signing("marketing", "en", "")
    Consent.objects.create(case=case, user=liu, purpose="marketing", version="2026-11", language="en",
                           text_sha256=hashlib.sha256(words.encode()).hexdigest())  # fmt: skip
    page = web.get(reverse("my_data"), headers={"accept-language": "en"}).content.decode()
    assert text("privacy", "zh-hans").words in page and case.ref in page


def test_withdrawing_what_is_needed_withdraws_the_application(web, liu, case):
    row = consented(case, liu, "identity")
    url = reverse("withdraw_consent", args=[row.pk])
    assert web.get(url).context["ends_case"] is True
    assert web.post(url).status_code == 302 and web.post(url).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at and Case.objects.get(pk=case.pk).state == "withdrawn"
    verbs = [entry.verb for entry in Entry.objects.filter(case=case)]
    assert verbs.count("fact:consent_withdrawn") == verbs.count("withdraw") == 1, "sent twice, done once"
    assert web.get(url).status_code == 302


def test_marketing_just_stops(web, liu, case):
    row = consented(case, liu)
    Consent.objects.filter(pk=row.pk).update(purpose="marketing")
    web.post(reverse("withdraw_consent", args=[row.pk]))
    assert Case.objects.get(pk=case.pk).state == "identity_review" and Consent.objects.get().withdrawn_at


def test_a_live_shop_goes_on(web, liu, case):
    make.put(case, "live")
    row = consented(case, liu, "privacy")
    assert web.get(reverse("withdraw_consent", args=[row.pk])).context["ends_case"] is False
    web.post(reverse("withdraw_consent", args=[row.pk]))
    assert Case.objects.get(pk=case.pk).state == "live" and Consent.objects.get().withdrawn_at


# The copy ----------------------------------------------------------------------------------------------------------


def test_a_copy_holds_everything_and_only_what_is_ones_own(web, liu, case):
    other = make.case("live", by=people.stranger(), of=make.merchant(name="别人的公司"))
    services.record(case.pk, "noted", by=services.SYSTEM, note="riskanote", public=False)
    make.check(case, "risk_list", Check.Result.WARNING, findings=[{"code": "watchlist_hit", "params": {}}])
    StaffNote.objects.create(case=case, by=people.reviewer(), text="look twice")
    row, _url = made(web, liu)
    answer = fetch(web, row, code=code_of(web, row))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    held = zipfile.ZipFile(io.BytesIO(answer.content))
    [picture] = held.namelist()[1:]
    assert held.namelist()[0] == "my-data.json" and picture.startswith(f"{case.ref}/") and held.testzip() is None
    told = json.loads(held.read("my-data.json"))
    assert told["account"]["mobile"] == "+8613800138000"
    [mine] = told["cases"]
    assert mine["persons"][0]["id_number"] == "11010519491231002X" and mine["case"]["state"] == "identity_checking"
    whole = held.read("my-data.json").decode()
    inner = ("watchlist", "look twice", "riskanote", "identity_review", "_index", "tier")
    for secret in (other.ref, "别人的公司", *inner):
        assert secret not in whole, secret
    assert Image.open(io.BytesIO(held.read(picture))).format == "JPEG"
    assert Access.objects.get(what=f"export:{row.pk}").user == liu


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "门头照片"), ("en", "Shop front")])
def test_papers_have_names_that_people_read(web, liu, case, language, name):
    type(liu).objects.filter(pk=liu.pk).update(language=language)
    Document.objects.update(kind="shopfront")
    kind = DocumentKind.objects.get(code="shopfront")
    row, _url = made(web, liu)
    held = zipfile.ZipFile(io.BytesIO(fetch(web, row, code=code_of(web, row)).content))
    assert held.namelist()[1] == f"{case.ref}/{kind.name_zh if language == 'zh-hans' else kind.name_en}-1-1.jpg", name


def test_numbers_of_other_people_are_masked(client, case):
    """A handler gets the own numbers in full; those of the representative, and the account, with their ends only."""
    handler = people.merchant(name="小王", mobile="+8613912340000")
    services.add_member(case.merchant, handler, "handler")
    make.person(case.merchant, "handler", name="小王", id_number="110105194912310038", mobile="+8613912340000")
    SettlementAccount.objects.create(
        merchant=case.merchant, kind="unit", holder="x", number="11001234567890123", bank="102100099996"
    )
    client.force_login(handler)
    row, _url = made(client, handler)
    whole = zipfile.ZipFile(io.BytesIO(fetch(client, row, password=people.PASSWORD).content)).read("my-data.json")
    told = json.loads(whole)["cases"][0]
    assert [one["id_number"][-4:] for one in told["persons"]] == ["002X", "0038"]
    assert (
        told["persons"][1]["id_number"] == "110105194912310038" and told["merchant"]["contact_mobile"] == "138****8000"
    )
    for number in ("11010519491231002X", "13800138000", "11001234567890123"):
        assert number not in whole.decode(), number


def test_a_shop_assistant_takes_along_the_own_account_only(client, case):
    helper = people.merchant(name="小王")
    services.add_member(case.merchant, helper, "cashier")
    client.force_login(helper)
    row, _url = made(client, helper)
    held = zipfile.ZipFile(io.BytesIO(fetch(client, row, password=people.PASSWORD).content))
    assert json.loads(held.read("my-data.json"))["cases"] == []
    assert b"11010519491231002X" not in held.read("my-data.json")


def test_it_is_asked_who_one_is(web, liu, case):
    row, url = made(web, liu)
    assert "error" in fetch(web, row, code="000000").content.decode() or not Export.objects.get().fetched_at
    code = code_of(web, row)
    for wrong in ("", "12", "x" * 50, "\x00", "𠮷𠮷𠮷𠮷𠮷𠮷"):
        assert fetch(web, row, code=wrong).status_code == 200
        assert fetch(web, row, code=wrong)["Content-Type"].startswith("text/html")
    cache.clear()
    assert fetch(web, row, code=code)["Content-Type"] == "application/zip"
    assert fetch(web, row, code=code)["Content-Type"].startswith("text/html"), "a code counts once"


def test_passwords_are_not_tried_for_ever(client, case):
    user = people.merchant()
    client.force_login(user)
    row, _url = made(client, user)
    for _try in range(12):
        assert fetch(client, row, password="wrong")["Content-Type"].startswith("text/html")
    assert fetch(client, row, password=people.PASSWORD)["Content-Type"].startswith("text/html")


def test_asked_twice_is_made_once_and_told_once(web, liu, case):
    assert web.post(reverse("ask_export")).url == web.post(reverse("ask_export")).url
    assert tasks.export() == 1 and tasks.export() == 0
    assert web.post(reverse("ask_export")).status_code == 302
    assert Export.objects.count() == 1 and Notice.objects.filter(template="export_ready").count() == 1


def test_it_expires_and_the_file_goes(web, liu, case):
    row, url = made(web, liu)
    code = code_of(web, row)
    assert default_storage.exists(row.file) and row.expires_at > timezone.now() + datetime.timedelta(hours=23)
    Export.objects.update(expires_at=timezone.now())
    assert web.get(url).status_code == fetch(web, row, code=code).status_code == 404, "even before the sweep"
    tasks.export()
    shred_due()
    assert not default_storage.exists(row.file) and Export.objects.get().outcome == "gone"
    assert web.post(reverse("ask_export")).url != url, "a new one may be asked for"


def test_a_copy_is_sealed(web, liu, case):
    row, _url = made(web, liu)
    with default_storage.open(row.file) as file:
        assert not zipfile.is_zipfile(io.BytesIO(file.read()))


def test_called_off_while_it_is_made(web, liu, case):
    web.post(reverse("ask_export"))
    row = Export.objects.get()
    page = web.get(reverse("export", args=[row.ref])).content.decode()
    assert "<progress" in page
    assert "<html" not in web.get(reverse("export", args=[row.ref]), headers={"hx-request": "true"}).content.decode()
    web.post(reverse("discard_export", args=[row.ref]))
    assert tasks.export() == 0 and web.get(reverse("export", args=[row.ref])).status_code == 404
    web.post(reverse("discard_export", args=[row.ref]))


def test_a_fault_is_tried_again_and_then_said(web, liu, case, monkeypatch):
    monkeypatch.setattr("onboarding.tasks.exporting.parts", lambda user: 1 / 0)
    web.post(reverse("ask_export"))
    for _try in range(5):
        tasks.export()
        Export.objects.update(due_at=timezone.now(), leased_until=None)
    row = Export.objects.get()
    assert row.outcome == "failed" and row.attempts == 5
    assert web.get(reverse("export", args=[row.ref])).status_code == 200


def test_a_missing_picture_does_not_spoil_the_copy(web, liu, case):
    private_files.delete(Page.objects.get().file)
    row, _url = made(web, liu)
    held = zipfile.ZipFile(io.BytesIO(fetch(web, row, code=code_of(web, row)).content))
    assert held.namelist()[1].endswith(".missing.txt")


def test_strangers_find_nothing(web, liu, case, client):
    row, url = made(web, liu)
    consent = consented(case, liu)
    for other in (people.stranger(), people.reviewer(), people.administrator()):
        client.force_login(other)
        assert client.get(url).status_code == 404
        assert client.get(reverse("withdraw_consent", args=[consent.pk])).status_code == 404
        assert client.post(reverse("withdraw_consent", args=[consent.pk])).status_code == 404
        for name in ("fetch_export", "discard_export", "send_export_code"):
            assert client.post(reverse(name, args=[row.ref]), {"password": people.PASSWORD}).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302 and client.get(reverse("my_data")).status_code == 302
    assert Export.objects.get().outcome == "ready" and not Consent.objects.get().withdrawn_at


# Deletion ----------------------------------------------------------------------------------------------------------


def test_asking_for_deletion_withdraws_and_says_what_happens(web, liu, case):
    consented(case, liu)
    page = web.get(reverse("ask_deletion"))
    assert [fate.case for fate in page.context["fates"]] == [case]
    web.post(reverse("ask_deletion"))
    web.post(reverse("ask_deletion"))
    assert Erasure.objects.count() == 1 and Case.objects.get(pk=case.pk).state == "withdrawn"
    assert web.get(reverse("my_data")).context["erasure"]
    web.post(reverse("take_back_deletion"))
    assert not web.get(reverse("my_data")).context["erasure"]


def test_whoever_asked_for_deletion_starts_nothing_new(web, liu, case):
    web.post(reverse("ask_deletion"))
    assert web.post(reverse("start")).url == reverse("my_data")
    assert Case.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_many(web, liu, case, count, django_assert_max_num_queries):
    for _number in range(count):
        consented(case, liu)
        Consent.objects.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    with django_assert_max_num_queries(15):
        assert web.get(reverse("my_data")).status_code == 200
