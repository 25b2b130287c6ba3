"""Rotation of data keys: two keys mixed, stopped and resumed, changed meanwhile, broken; and of the index key."""

import base64
import os

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import TextField, Value

from onboarding.models import CaseKey, Document, Merchant, Page, Person, Shredding, Trace, User
from onboarding.screening import CHECKS, duplicates
from onboarding.services import rotating
from onboarding.services.shredding import shred_due
from portal import crypto
from portal.storage import private_files
from tests import make, people

pytestmark = pytest.mark.django_db
K1, K2 = (f"k{number}:{base64.b64encode(os.urandom(32)).decode()}" for number in (1, 2))


@pytest.fixture
def old_key(settings):
    settings.DATA_KEYS = [K1]


@pytest.fixture
def held(old_key):
    """A case with everything that is sealed: numbers, a case key, an original and a page."""
    case = make.case("identity_review")
    make.person(case.merchant)
    make.put(case, "identity_review")
    CaseKey.objects.create(case=case, wrapped=crypto.wrap_key(crypto.new_key(), f"case:{case.pk}"))
    return case, paper(case)


def paper(case, digest="ab" * 32):
    document = Document(
        case=case, kind="id_front", original_name="身份证.jpg", media_type="image/jpeg", size=3, sha256=digest,
        uploaded_by=people.merchant(),
    )  # fmt: skip
    document.original = private_files.save(b"original", document.context)
    document.save()
    page = Page(document=document, number=1, width=1, height=1)
    page.file, page.thumbnail = private_files.save(b"page", page.context), private_files.save(b"small", page.context)
    page.save()
    return document


def rotate(settings, keys=(K2, K1), **options):
    settings.DATA_KEYS = list(keys)
    call_command("rotate_keys", **options)


def column(name):
    return next(one for one in rotating.columns() if one.place == name)


def key_ids(place):
    return {crypto.key_id_of(token) for token in column(place).tokens().values_list("token", flat=True)}


def test_everything_is_sealed_again_and_the_old_key_can_go(settings, held, capsys):
    case, document = held
    opened = CaseKey.objects.get(case=case).opened()
    rotate(settings)
    assert "Key k1 is used no more" in capsys.readouterr().out
    settings.DATA_KEYS = [K2]
    person = Person.objects.get()
    assert (person.id_number, person.mobile) == ("11010519491231002X", "+8613800138000")
    assert CaseKey.objects.get(case=case).opened() == opened
    document, page = Document.objects.get(pk=document.pk), Page.objects.get()
    assert private_files.read(document.original, document.context) == b"original"
    assert private_files.read(page.file, page.context) == b"page"
    assert private_files.read(page.thumbnail, page.context) == b"small"


def test_every_encrypted_field_of_every_app_is_found():
    places = {one.place for one in rotating.columns()}
    assert {"onboarding.User.mobile", "onboarding.Person.id_number", "onboarding.SettlementAccount.number",
            "onboarding.Notice.context", "onboarding.CaseKey.wrapped", "devices.Order.mobile"} <= places  # fmt: skip


def test_stopped_in_the_middle_and_resumed(settings, old_key):
    of = make.merchant()
    for number in range(7):
        make.person(of, mobile=f"+861380013800{number}")
    settings.DATA_KEYS = [K2, K1]
    steps = rotating.rotate_column(column("onboarding.Person.mobile"), batch=2)
    assert next(steps).done == 2
    steps.close()  # killed here
    assert key_ids("onboarding.Person.mobile") == {"k1", "k2"}, "two keys mixed, both open"
    assert sorted(one.mobile[-1] for one in Person.objects.all()) == list("0123456")
    done = column("onboarding.Person.mobile").tokens().filter(token__startswith="k2.")
    before = dict(done.values_list("pk", "token"))
    call_command("rotate_keys", batch=2)
    after = dict(column("onboarding.Person.mobile").tokens().values_list("pk", "token"))
    assert key_ids("onboarding.Person.mobile") == {"k2"}
    assert {pk: after[pk] for pk in before} == before, "what was done is not done again"


def test_a_value_changed_meanwhile_stands(settings, old_key):
    person = make.person(make.merchant())
    mobiles = column("onboarding.Person.mobile")
    token = mobiles.tokens().get().token
    settings.DATA_KEYS = [K2, K1]
    Person.objects.filter(pk=person.pk).update(mobile="+8613911112222")
    assert mobiles.again(person.pk, token) is False
    assert Person.objects.get().mobile == "+8613911112222"


def test_a_file_replaced_meanwhile_stands_and_nothing_is_left_over(settings, held):
    _case, document = held
    settings.DATA_KEYS = [K2, K1]
    stale = Document.objects.get(pk=document.pk)
    Document.objects.filter(pk=document.pk).update(original="")
    assert rotating._file_again(stale, "original", stale.original, stale.context) is False
    assert Document.objects.get(pk=document.pk).original == "" and not Shredding.objects.exists()


def test_old_files_stay_for_readers_and_go_later(settings, held):
    _case, document = held
    rotate(settings)
    assert default_storage.exists(document.original)
    assert shred_due() == 0
    assert shred_due(Shredding.objects.latest("due_at").due_at) == 3
    assert not default_storage.exists(document.original) and not Shredding.objects.exists()


def test_a_broken_value_is_named_and_hides_nobody(settings, old_key, capsys):
    of = make.merchant()
    broken, good = make.person(of), make.person(of)
    Person.objects.filter(pk=broken.pk).update(mobile=Value("k9.AAAA", output_field=TextField()))
    with pytest.raises(CommandError, match="1 values do not open"):
        rotate(settings)
    said = capsys.readouterr()
    assert str(broken.pk) in said.err and "13800138000" not in said.out + said.err
    assert key_ids("onboarding.Person.mobile") == {"k2", "k9"} and Person.objects.get(pk=good.pk).mobile


def test_secrets_of_second_factors_too(settings, old_key):
    data = {"secret": crypto.encrypt(b"JBSWY3DP", "mfa.Authenticator"), "name": "k1.x"}
    made = Authenticator.objects.create(user=people.liu(), type="totp", data=data)
    rotate(settings)
    settings.DATA_KEYS = [K2]
    made.refresh_from_db()
    assert crypto.decrypt(made.data["secret"], "mfa.Authenticator") == b"JBSWY3DP" and made.data["name"] == "k1.x"


def test_check_changes_nothing_and_counts(settings, held, capsys):
    rotate(settings, check=True)
    assert "Key k1 still seals" in capsys.readouterr().out
    assert key_ids("onboarding.Person.mobile") == {"k1"}


def test_another_index_key(settings):
    user, of = people.liu(), make.merchant()
    make.person(of)
    old = Person.objects.get().id_number_index
    settings.INDEX_KEY = "another index key, long enough: 0123456789"
    call_command("reindex", batch=1)
    assert Person.objects.get().id_number_index == crypto.blind_index("11010519491231002X", "person_id") != old
    assert User.objects.get(mobile_index=crypto.blind_index(user.mobile, "mobile")) == user
    assert Merchant.objects.get(contact_mobile_index=crypto.blind_index(of.contact_mobile, "mobile")) == of
    call_command("reindex")


def test_traces_under_another_index_key(settings, capsys):
    """Addresses are written again from their cases; a device, whose number nobody keeps, is said to be forgotten."""
    one, other = make.case("identity"), make.case("identity", by=people.stranger())
    for case in (one, other):
        duplicates.keep_addresses(case)
        Trace.objects.create(case=case, kind="device", index="d" * 64)
    old = set(Trace.objects.filter(kind="address").values_list("index", flat=True))
    call_command("reindex")
    assert Trace.objects.count() == 4 and "taken out" not in capsys.readouterr().out, "they fit"

    settings.INDEX_KEY = "another index key, long enough: 0123456789"
    Trace.objects.create(case=one, kind="device", index="e" * 64)
    call_command("reindex", batch=1)
    told = capsys.readouterr().out
    assert "onboarding.Trace, addresses: 2 written again" in told and "devices: 2 taken out" in told
    new = set(Trace.objects.filter(kind="address").values_list("index", flat=True))
    assert len(new) == 1 and not new & old
    assert Trace.objects.get(kind="device").index == "e" * 64, "what came under the new key stays"
    assert "same_address" in {one["code"] for one in CHECKS["duplicates"].run(other).findings}
    call_command("reindex")
    assert Trace.objects.count() == 3


def test_a_trace_of_a_case_without_address_any_more_goes(settings):
    case = make.case("identity")
    duplicates.keep_addresses(case)
    Merchant.objects.update(registered_address="")
    settings.INDEX_KEY = "another index key, long enough: 0123456789"
    call_command("reindex")
    assert not Trace.objects.exists()
