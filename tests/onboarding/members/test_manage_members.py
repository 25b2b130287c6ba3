"""An owner invites, changes and removes people; who is removed sees nothing any more; one owner stays."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import services as core
from onboarding.flow import VERBS
from onboarding.models import Case, Invitation, Merchant, Notice, Person, User
from onboarding.rules import Who
from tests import make, people
from tests.onboarding.members import handing

pytestmark = pytest.mark.django_db
MOBILE = "+8613912345678"


@pytest.fixture
def case(client):
    made = make.case("identity")
    client.force_login(made.opened_by)
    return made


def url(name: str, case: Case, *more) -> str:
    return reverse(name, args=[case.ref, *more])


def invite(client, case, address="13912345678", role="manager", **more):
    return client.post(url("members", case), {"name": "王店长", "address": address, "role": role, **more})


def joined(case, role="manager", **fields) -> User:
    user = people.merchant(**fields)
    core.add_member(case.merchant, user, role)
    return people.fresh(user)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ["manager", "cashier", "handler", "legal_representative"])
def test_invited_by_mobile(client, case, role):
    assert invite(client, case, role=role).status_code == 302
    visitor = Client()
    assert handing.claim(visitor, MOBILE).url == case.get_absolute_url()
    user = User.objects.get(mobile_verified=True, name="王店长")
    assert (user.mobile, user.memberships.get().role) == (MOBILE, role)
    assert visitor.get(case.get_absolute_url()).status_code == visitor.get(url("members", case)).status_code == 200


def test_invited_by_mail(client, case):
    assert invite(client, case, "Wang@Example.com").status_code == 302
    visitor = Client()
    handing.claim(visitor, "wang@example.com")
    user = User.objects.get(email="wang@example.com")
    assert user.memberships.get().role == "manager" and EmailAddress.objects.get(user=user).verified
    assert visitor.get(case.get_absolute_url()).status_code == 200


def test_an_address_that_was_only_typed_in_proves_no_account(client, case):
    typed = people.merchant(email="wang@example.com")
    invite(client, case, "wang@example.com")
    handing.claim(Client(), "wang@example.com")
    assert not typed.memberships.exists() and User.objects.filter(email="wang@example.com").count() == 2


@pytest.mark.parametrize("address", ["", "12345", "a@", "x" * 300, "\x00", "<b>@x", "+1 212 555 0100"])
def test_a_wrong_address_is_said_at_its_field(client, case, address):
    assert invite(client, case, address).context["form"].errors["address"]


@pytest.mark.parametrize("role", ["", "owner", "admin"])
def test_a_role_that_nobody_is_invited_as(client, case, role):
    assert invite(client, case, role=role).context["form"].errors["role"]


def test_pressed_twice_one_invitation_and_one_message(client, case):
    invite(client, case)
    invite(client, case, role="cashier")
    assert Invitation.objects.get().role == "cashier"
    assert Notice.objects.filter(template="claim_link").count() == 1


def test_who_acts_already_is_not_invited(client, case):
    joined(case, mobile=MOBILE)
    assert invite(client, case).status_code == 200 and not Invitation.objects.exists()


def test_an_invitation_taken_back_is_of_no_use(client, case):
    invite(client, case)
    link, row = handing.link_of(MOBILE), Invitation.objects.get()
    client.post(url("take_back_invitation", case, row.pk))
    client.post(url("take_back_invitation", case, row.pk))
    assert Client().get(link).status_code == 410
    client.post(url("send_invitation", case, row.pk))
    assert Notice.objects.filter(template="claim_link").count() == 1
    assert invite(client, case).status_code == 302 and Invitation.objects.count() == 2


def test_an_owner_who_is_invited_stays_an_owner(client, case):
    second = joined(case, "owner", mobile=MOBILE)
    row = Invitation.objects.create(
        case=case, merchant=case.merchant, role="cashier", address=MOBILE, invited_by=case.opened_by
    )
    link = reverse("claim", args=[row.key])
    visitor = Client()
    visitor.post(link, {"send": "first"})
    visitor.post(link, {"code": handing.code_of(MOBILE)})
    assert second.memberships.get().role == "owner"


def test_another_role(client, case):
    row = joined(case).memberships.get()
    assert client.get(url("member", case, row.pk)).status_code == 200
    assert client.post(url("member", case, row.pk), {"role": "nonsense"}).context["form"].errors
    client.post(url("member", case, row.pk), {"role": "cashier"})
    row.refresh_from_db()
    assert row.role == "cashier"


def test_who_is_removed_sees_nothing_any_more(client, case):
    gone = joined(case)
    theirs, row = client_of(gone), gone.memberships.get()
    pages = [case.get_absolute_url(), url("members", case), url("identity", case)]
    assert all(theirs.get(page).status_code == 200 for page in pages)
    assert client.get(url("remove_member", case, row.pk)).status_code == 200
    assert gone.memberships.filter(active=True).exists()  # asking removes nobody
    client.post(url("remove_member", case, row.pk))
    assert client.post(url("remove_member", case, row.pk)).status_code == 404
    assert all(theirs.get(page).status_code == 404 for page in pages)
    assert not Case.objects.visible_to(gone).exists() and not Merchant.objects.visible_to(gone).exists()
    assert core.barred(case, VERBS["submit_identity"], people.fresh(gone))
    invite(client, case, gone.mobile)
    handing.claim(Client(), gone.mobile)
    assert theirs.get(pages[0]).status_code == 200


def test_one_owner_stays(client, case):
    mine = case.opened_by.memberships.get()
    client.post(url("remove_member", case, mine.pk))
    client.post(url("member", case, mine.pk), {"role": "cashier"})
    mine.refresh_from_db()
    assert (mine.active, mine.role) == (True, "owner")
    second = joined(case)
    client.post(url("member", case, second.memberships.get().pk), {"role": "owner"})
    assert client.post(url("remove_member", case, mine.pk)).url == "/home/"
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client_of(second).get(url("members", case)).context["owner"]


@pytest.mark.parametrize("role", ["legal_representative", "handler", "manager", "cashier"])
def test_others_look_and_change_nothing(case, role):
    other = client_of(joined(case, role))
    row = case.opened_by.memberships.get()
    assert other.get(url("members", case)).status_code == 200
    assert invite(other, case).status_code == 404
    for name in ("member", "remove_member"):
        assert other.get(url(name, case, row.pk)).status_code == other.post(url(name, case, row.pk)).status_code == 404


@pytest.mark.parametrize("role", [who.value for who in Who if who is not Who.SYSTEM])
def test_staff_and_strangers_change_nothing(client, case, role):
    invite(client, case)
    other, invited = client_of(people.somebody(role)), Invitation.objects.get()
    row = case.opened_by.memberships.get()
    sees = role not in ("merchant", "sales_agent", "technician")
    assert other.get(url("members", case)).status_code == (200 if sees else 404)
    answers = [invite(other, case), *(other.post(url(name, case, row.pk)) for name in ("member", "remove_member"))]
    for verb in ("send", "take_back", "correct"):
        answers.append(other.post(url(f"{verb}_invitation", case, invited.pk)))
    assert {answer.status_code for answer in answers} == {404}


def test_rows_of_another_merchant_are_not_found(client, case):
    foreign = make.case("identity", by=people.merchant(), of=make.merchant(uscc="", contact_mobile="+8613900009999"))
    row = foreign.opened_by.memberships.get()
    assert client.post(url("remove_member", case, row.pk)).status_code == 404
    assert client.post(url("member", case, row.pk), {"role": "cashier"}).status_code == 404


def test_strangers_sign_in_first(case):
    for name in ("members", "case"):
        assert Client().get(url(name, case)).status_code == 302


def test_a_handler_needs_the_letter(client, case):
    assert not client.get(url("members", case)).context["lacks_letter"]
    joined(case, "handler")
    page = client.get(url("members", case))
    assert page.context["lacks_letter"] and url("identity_handler", case) in page.content.decode()
    make.person(case.merchant, Person.Role.HANDLER, id_number="110105194912310038")
    assert not client.get(url("members", case)).context["lacks_letter"]


def test_a_micro_merchant_has_no_handler(client):
    case = make.case("identity", of=make.merchant("micro"))
    client.force_login(case.opened_by)
    assert invite(client, case, role="handler").context["form"].errors["role"]


def test_one_person_several_merchants(client, case):
    owner = case.opened_by
    other = make.case("live", by=people.merchant(), of=make.merchant(name="另一家", short_name="另一家店", uscc=""))
    core.add_member(other.merchant, owner, "cashier")
    page = client.get("/home/")
    assert {one.ref for one in page.context["cases"]} == {case.ref, other.ref}
    assert client.get(url("members", other)).context["owner"] is False


def test_the_price_of_the_page_does_not_grow(client, case, django_assert_max_num_queries):
    for number in range(12):
        joined(case, "cashier")
        Invitation.objects.create(
            case=case, merchant=case.merchant, role="manager", address=f"+8613911112{number:03d}",
            invited_by=case.opened_by, sent_at=timezone.now() - datetime.timedelta(days=number),
        )  # fmt: skip
    with django_assert_max_num_queries(15):
        client.get(url("members", case))
