"""The purge: forgotten drafts, closed cases, deletion requests; nothing personal is left, the timeline fits."""

import datetime
import json

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from desk.demo.people import staff as demo_staff
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices import demo as devices
from onboarding import holdings, services, timeline
from onboarding.models import Case, CaseKey, Consent, Entry, Erasure, Merchant, Notice, Person, User, unsealed
from onboarding.privacy.services import ask_deletion, take_back_deletion
from onboarding.services import purging
from onboarding.services.shredding import shred_due
from onboarding.timeline.certificates import damaged_certificates
from tests import make, people
from tests.onboarding.privacy.test_rotate_keys import paper

pytestmark = pytest.mark.django_db
NOW = timezone.now
SECRETS = (
    "刘小满", "13800138000", "11010519491231002X", "小满面馆", "91110000600037341L", "liu@example.com", "样例路",
)  # fmt: skip
OUTSIDE = ("portal",)  # the simulators stand for other parties, who keep their own books


def later(**span):
    return NOW() + datetime.timedelta(**span)


def draft(state="identity", by=None):
    case = make.case(state, by=by or people.liu())
    make.person(case.merchant)
    paper(case)
    owner = User.objects.get(memberships__merchant=case.merchant)
    services.record(case.pk, "identity_saved", by=owner, note="刘小满说好了")
    return Case.objects.get(pk=case.pk)


def closed(by=None):
    case = draft(by=by)
    make.put(case, "identity_screening")
    entry = Entry.objects.filter(case=case)
    case = Case.objects.get(pk=case.pk)
    services.record(case.pk, "noted", by=services.SYSTEM)
    case = Case.objects.get(pk=case.pk)
    Entry.objects.append(case, verb="submit_identity", source=case.state, by=None, role="merchant")
    make.put(case, "closed")
    assert entry.count() > 3
    return Case.objects.get(pk=case.pk)


def sent():
    Notice.objects.update(outcome=Notice.Outcome.SENT)


def run(now):
    return [(one.case.ref, one.reason) for one in purging.purge_due(now)]


def dump():
    """Every text of every table of ours, decrypted where we can."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in OUTSIDE:
            found += [str(row) for row in model._base_manager.values_list()]
    return "\n".join(found)


def nothing_left(case):
    text = dump()
    for secret in SECRETS:
        assert secret not in text, secret
    entries = list(Entry.objects.filter(case=case))
    assert unsealed(entries) == {} and any(entry.note for entry in entries)
    assert list(timeline.damaged_chains()) == list(damaged_certificates()) == []
    call_command("verify_timeline", case=case.ref)


def test_a_draft_goes_90_days_after_its_people_last_did_something():
    case = draft()
    names = [paper_.original for paper_ in case.documents.all()]
    assert run(later(days=89)) == [] and Case.objects.get(pk=case.pk).state == "identity"
    assert run(later(days=91)) == [], "first it is withdrawn, and its people are told"
    assert Notice.objects.get(template="draft_ended").outcome == "due"
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    assert run(later(days=91)) == [], "not before the mail has gone"
    sent()
    assert run(later(days=91)) == [(case.ref, "draft")]
    nothing_left(case)
    assert run(later(days=91)) == [], "once"
    assert default_storage.exists(names[0]) and shred_due(later(days=91)) == 3 and not default_storage.exists(names[0])


def test_a_closed_case_goes_after_ten_years_and_not_a_day_before():
    case = closed()
    assert run(case.since.replace(year=case.since.year + 10) - datetime.timedelta(hours=1)) == []
    assert run(case.since.replace(year=case.since.year + 10)) == [(case.ref, "retention")]
    nothing_left(case)
    stone = Entry.objects.filter(case=case).last()
    assert (stone.verb, stone.data["reason"], stone.data["destroyed"]["documents"]) == ("fact:purged", "retention", 1)
    user = User.objects.get(username__startswith="gone-")
    assert not user.is_active and not user.has_usable_password()


def test_what_is_under_way_or_was_handed_in_stays():
    draft_ = draft()
    make.put(draft_, "identity_review")
    Entry.objects.append(draft_, verb="submit_identity", source="identity_review", by=None, role="merchant")
    Case.objects.filter(pk=draft_.pk).update(version=draft_.version, head=draft_.head)
    closed(by=people.stranger())
    assert run(later(days=3600)) == []


def test_the_merchant_stays_while_another_case_of_it_goes_on():
    case = closed()
    owner = User.objects.get(memberships__merchant=case.merchant)
    other = services.open_case(case.merchant, by=owner, follows=case)
    Entry.objects.append(other, verb="submit_identity", source=other.state, by=None, role="merchant")
    Case.objects.filter(pk=other.pk).update(version=other.version, head=other.head)
    assert run(later(days=3660)) == [(case.ref, "retention")]
    assert Merchant.objects.get(pk=case.merchant_id).name and Person.objects.get().id_number
    assert owner.memberships.exists() and not case.documents.exclude(sha256="").exists()


def test_a_certificate_cannot_be_forged():
    case = closed()
    run(later(days=3660))
    key = CaseKey.objects.get(case=case)
    other = closed(by=people.stranger())
    CaseKey.objects.update_or_create(case=other, defaults={"wrapped": None, "destroyed_at": key.destroyed_at})
    assert [sentence.partition(":")[0] for sentence in damaged_certificates()] == [other.ref]
    stone = Entry.objects.filter(case=case).last()
    services.record(other.pk, "purged", by=services.SYSTEM, data=stone.data, public=False)
    assert "is not ours" in "".join(damaged_certificates(other.ref))
    with pytest.raises(CommandError):
        call_command("verify_timeline")


def test_dry_run_says_and_changes_nothing(capsys, settings):
    settings.DRAFT_DAYS = 0
    case = draft()
    call_command("purge", dry_run=True)
    said = capsys.readouterr().out
    assert f"{case.ref} draft" in said and "刘" not in said
    assert Case.objects.get(pk=case.pk).state == "identity"


def test_the_command_purges(settings):
    settings.DRAFT_DAYS = 0
    case = draft()
    call_command("purge")
    sent()
    call_command("purge")
    nothing_left(case)


def test_a_deletion_request_of_a_draft_is_done_after_a_day_in_which_it_can_be_taken_back():
    owner = people.liu()
    case = draft(by=owner)
    ask_deletion(owner)
    ask_deletion(owner)
    assert Erasure.objects.count() == 1 and Case.objects.get(pk=case.pk).state == "withdrawn"
    sent()
    now = NOW()
    assert run(now) == [] and purging.purge_date(case) < now + datetime.timedelta(days=1)
    assert take_back_deletion(owner) and run(now + datetime.timedelta(days=2)) == []
    ask_deletion(owner)
    sent()
    assert run(now + datetime.timedelta(days=1, minutes=1)) == [(case.ref, "asked")]
    assert Erasure.objects.latest("pk").done_at
    nothing_left(case)


def test_a_deletion_request_of_a_live_case_waits_for_its_closing():
    owner = people.liu()
    case = draft("live", by=owner)
    Consent.objects.create(case=case, user=owner, purpose="marketing", version="1", language="en", text_sha256="0" * 64)
    ask_deletion(owner)
    assert Case.objects.get(pk=case.pk).state == "live"
    assert Consent.objects.get().withdrawn_at
    assert Entry.objects.filter(case=case, verb="fact:deletion_asked").count() == 1
    assert run(later(days=5000)) == []
    assert take_back_deletion(owner) is True and take_back_deletion(owner) is False


def test_a_colleague_who_owned_a_shop_keeps_the_account():
    reviewer = people.reviewer()
    case = closed(by=reviewer)
    run(later(days=3660))
    assert User.objects.get(pk=reviewer.pk).is_active and case.ref


def test_leap_day():
    day = datetime.datetime(2028, 2, 29, 12, tzinfo=datetime.UTC)
    assert purging.ten_years_after(day) == day.replace(year=2038, month=3, day=1)


def test_ciphertext_of_the_whole_database_does_not_open(django_assert_max_num_queries):
    """The numbers are gone from the columns themselves, not only hidden."""
    case = closed()
    run(later(days=3660))
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile, mobile_index FROM onboarding_user WHERE username LIKE 'gone-%%'")
        assert cursor.fetchall() == [(None, None)]
    assert json.dumps(Entry.objects.filter(case=case).last().data)


@pytest.mark.slow
def test_nothing_is_left_of_a_shop_that_went_the_whole_way():
    """Order, parcel, visit, signature, training, agreement: every corner of the house forgets."""
    shop = Shop(77, "enterprise", "虚构市青禾茶饮有限公司", "青禾茶饮", "赵青禾", email="zhao@example.com")
    devices.seed(count=2)
    walk = FullWalk(shop, demo_staff())
    walk.to("live")
    case = Case.objects.get(pk=walk.case.pk)
    person = Person.objects.filter(merchant=case.merchant).first()
    numbers = (person.id_number, case.merchant.contact_mobile[-11:], case.merchant.uscc)
    secrets = (*numbers, person.name, "青禾茶饮", shop.email, shop.street)
    before = dump()
    assert all(secret in before for secret in secrets)
    files = holdings.sealed_files(case)
    assert len(files) > 10 and all(map(default_storage.exists, files))
    make.put(case, "closed")
    sent()
    now = later(days=3660)
    assert run(now) == [(case.ref, "retention")]
    text = dump()
    assert [secret for secret in secrets if secret in text] == []
    while shred_due(now):
        pass
    assert not any(map(default_storage.exists, files)) and holdings.sealed_files(case) == []
    assert list(timeline.damaged_chains(case.ref)) == list(damaged_certificates()) == []
