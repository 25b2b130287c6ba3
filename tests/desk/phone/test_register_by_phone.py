"""The call centre opens a case for a caller; the caller takes it over with a link and a code, and agrees there."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from onboarding.flow import VERBS
from onboarding.models import Case, Consent, Entry, Invitation, Membership, Notice, User
from onboarding.rules import Who
from onboarding.services import barred
from onboarding.tasks.letters import text
from tests import make, people
from tests.onboarding.members import handing

pytestmark = pytest.mark.django_db
MOBILE = "+8613912345678"
GOOD = {"type": "enterprise", "contact_name": "阿依古丽·买买提", "contact_mobile": "139 1234 5678", "told": "on",
        "business": "虚构市晨光饼屋", "contact_email": ""}  # fmt: skip


@pytest.fixture
def agent(client):
    user = people.call_centre_agent()
    client.force_login(user)
    return user


def register(client, **changed):
    return client.post("/desk/phone/", {**GOOD, **changed})


def later(**span):
    Invitation.objects.update(sent_at=timezone.now() - datetime.timedelta(**span))


def test_a_case_is_opened_and_its_link_sent(client, agent):
    answer = register(client)
    case = Case.objects.get()
    assert answer.url == reverse("members", args=[case.ref])
    assert (case.channel, case.opened_by, case.state) == ("phone", agent, "registration")
    assert (case.merchant.contact_name, case.merchant.contact_mobile) == (GOOD["contact_name"], MOBILE)
    assert not Membership.objects.exists() and not Consent.objects.exists()
    assert Entry.objects.filter(case=case, verb="fact:consent_read", public=False).exists()
    assert (
        "还没有" in client.get(answer.url).content.decode() or "not used yet" in client.get(answer.url).content.decode()
    )


def test_what_is_missing_is_said_at_its_field(client, agent):
    form = register(client, type="", contact_name="", contact_mobile="12345", told="", uscc="123").context["form"]
    assert set(form.errors) == {"type", "contact_name", "contact_mobile", "told", "uscc"} and not Case.objects.exists()


NASTY = ["<script>alert(1)</script>", "'; drop table x;--", "\x00", "💥" * 300, "𠮷䶮㛃", "\u202eabc"]


@pytest.mark.parametrize("text_", NASTY)
def test_any_name_is_kept_exactly_or_refused_with_a_sentence(client, agent, text_):
    answer = register(client, business=text_)
    if answer.status_code == 302:
        assert Case.objects.get().merchant.name == text_
    else:
        assert answer.context["form"].errors["business"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sms_is_short(client, agent, language):
    register(client)
    notice = Notice.objects.get(template="claim_link")
    notice.language = language
    words = text(notice).text
    link = handing.newest("claim_link", MOBILE)["link"]
    assert link in words and len(words.replace(link, "")) <= (70 if language == "zh-hans" else 90)


def test_the_merchant_takes_it_over_and_agrees(client, agent):
    register(client)
    case, visitor = Case.objects.get(), Client()
    answer = handing.claim(visitor, MOBILE)
    assert answer.url == reverse("registration", args=[case.ref])
    user = User.objects.get(memberships__merchant=case.merchant)
    assert (user.mobile, user.mobile_verified, user.name) == (MOBILE, True, GOOD["contact_name"])
    assert user.memberships.get().role == "owner" and user.roles == {"merchant"}
    done = {**{name: GOOD[name] for name in ("type", "contact_name")}, "privacy": "on", "identity": "on"}
    visitor.post(reverse("complete_registration", args=[case.ref]), done)
    case = Case.objects.get()
    assert (case.state, case.channel) == ("identity", "phone")
    assert {row.user for row in Consent.objects.all()} == {user}
    assert client.get("/desk/phone/").context["rows"][0].taken_over


def test_nobody_agrees_for_the_merchant(client, agent):
    register(client)
    case = Case.objects.get()
    form = {"type": "enterprise", "contact_name": "甲", "privacy": "on", "identity": "on"}
    assert client.get(reverse("registration", args=[case.ref])).context["agrees"] is False
    client.post(reverse("complete_registration", args=[case.ref]), form)
    assert not Consent.objects.exists() and Case.objects.get().state == "registration"


def test_an_account_that_is_there_is_used(client, agent):
    known = people.merchant(mobile=MOBILE, name="阿依古丽")
    register(client)
    handing.claim(Client(), MOBILE)
    assert (
        known.memberships.get().merchant == Case.objects.get().merchant
        and User.objects.get(pk=known.pk).name == "阿依古丽"
    )


def test_pressed_twice_one_case_and_one_message(client, agent):
    first, second = register(client), register(client)
    assert first.url == second.url
    assert Case.objects.count() == Notice.objects.filter(template="claim_link").count() == 1


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ({"contact_mobile": "+86 138 0013 8000"}, "mobile"),
        ({"business": "虚构市小满 面馆有限公司"}, "name"),
        ({"business": "小满面馆"}, "name"),
        ({"uscc": "9111 0000 6000 3734 1l"}, "uscc"),
    ],
)
def test_who_is_with_us_already_is_shown_and_opened_instead(client, agent, typed, same):
    case = make.case("identity")
    answer = register(client, **typed)
    assert answer.status_code == 200 and Case.objects.count() == 1
    assert [(one.case, one.same) for one in answer.context["known"]] == [(case, (same,))]
    assert case.get_absolute_url() in answer.content.decode()
    part = client.post("/desk/phone/duplicates/", {**GOOD, **typed})
    assert case.ref in part.content.decode() and "<html" not in part.content.decode()


def test_another_business_of_the_same_person(client, agent):
    make.case("live")
    assert register(client, contact_mobile="13800138000", separate="on").status_code == 302
    assert Case.objects.count() == 2


def test_the_same_licence_never_gets_a_second_case_while_one_is_open(client, agent):
    case = make.case("application")
    assert register(client, uscc=case.merchant.uscc, separate="on").status_code == 200
    make.put(case, "withdrawn")
    assert register(client, uscc=case.merchant.uscc, separate="on").status_code == 302


def test_nothing_typed_finds_nothing(client, agent):
    make.case("live", of=make.merchant(name="", short_name="", uscc=""))
    assert client.post("/desk/phone/duplicates/", {}).content.strip() == b""


def test_wrong_codes_and_too_many_of_them(client, agent):
    register(client)
    url, visitor = handing.link_of(MOBILE), Client()
    assert visitor.post(url, {"code": "123456"}).context["form"].errors["code"]  # none was sent
    visitor.post(url, {"send": "first"})
    wrong = "000000" if handing.code_of(MOBILE) != "000000" else "111111"
    for _try in range(5):
        assert visitor.post(url, {"code": wrong}).context["form"].errors["code"]
    assert visitor.post(url, {"code": handing.code_of(MOBILE)}).status_code == 200
    assert visitor.post(url, {"code": "abc"}).context["form"].errors["code"]
    assert not Membership.objects.exists() and "_auth_user_id" not in visitor.session


def test_a_code_is_sent_once_a_minute(client, agent):
    register(client)
    url = handing.link_of(MOBILE)
    Client().post(url, {"send": "first"})
    Client().post(url, {"send": "again"})
    assert Notice.objects.filter(template="sign_in_code").count() == 1


def test_a_used_link_says_so_kindly(client, agent):
    register(client)
    url, owner = handing.link_of(MOBILE), Client()
    handing.claim(owner, MOBILE)
    assert Client().get(url).status_code == 410
    assert Client().post(url, {"code": "123456"}).status_code == 410
    assert owner.get(url).url == Case.objects.get().get_absolute_url()
    assert Membership.objects.count() == 1


def test_an_old_link_is_of_no_use_until_it_is_sent_again(client, agent):
    register(client)
    url, row = handing.link_of(MOBILE), Invitation.objects.get()
    later(days=7, minutes=1)
    assert Client().get(url).status_code == 410
    client.post(reverse("send_invitation", args=[row.case.ref, row.pk]))
    assert Client().get(url).status_code == 200


@pytest.mark.parametrize("key", ["1", "1:abc", "x" * 300, "1:" + "A" * 43])
def test_a_made_up_link_is_not_found(client, key):
    assert client.get(f"/c/{key}").status_code == 404


def test_sent_again_but_not_too_often(client, agent):
    register(client)
    row = Invitation.objects.get()
    url = reverse("send_invitation", args=[row.case.ref, row.pk])
    client.post(url)
    assert Invitation.objects.get().sends == 1  # within the minute
    for _time in range(7):
        later(minutes=2)
        client.post(url)
    assert Invitation.objects.get().sends == 5
    assert Notice.objects.filter(template="claim_link").count() == 5


def test_a_misheard_number_is_corrected(client, agent):
    register(client)
    row, old = Invitation.objects.get(), handing.link_of(MOBILE)
    url = reverse("correct_invitation", args=[row.case.ref, row.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"mobile": "1"}).context["form"].errors["mobile"]
    client.post(url, {"mobile": "13987654321"})
    assert Client().get(old).status_code == 410
    handing.claim(Client(), "+8613987654321")
    assert Case.objects.get().merchant.contact_mobile == "+8613987654321"


def test_the_link_signs_in_whose_number_it_is(client, agent):
    """Who is signed in as somebody else goes on as the one whose number it is, and as nobody else."""
    register(client)
    other = Client()
    other.force_login(people.stranger())
    handing.claim(other, MOBILE)
    assert other.session["_auth_user_id"] == str(User.objects.get(memberships__isnull=False).pk)


def test_a_closed_account_cannot_take_over(client, agent):
    people.merchant(mobile=MOBILE, is_active=False)
    register(client)
    assert handing.claim(Client(), MOBILE).status_code == 302
    assert not Membership.objects.exists()


@pytest.mark.parametrize("role", [who.value for who in Who if who not in (Who.SYSTEM, Who.CALL_CENTRE_AGENT)])
def test_only_the_call_centre(client, role):
    client.force_login(people.somebody(role))
    assert client.get("/desk/phone/").status_code == register(client).status_code == 404
    assert client.post("/desk/phone/duplicates/", GOOD).status_code == 404


def test_strangers_sign_in_first(client):
    assert client.get("/desk/phone/").status_code == register(client).status_code == 302
    assert not Case.objects.exists()


def test_who_opened_it_never_reviews_it(client):
    both = people.somebody("call_centre_agent", "senior_reviewer")
    client.force_login(both)
    register(client)
    case = make.put(Case.objects.get(), "identity_review") or Case.objects.get()
    for verb in ("approve_identity", "recommend_identity", "return_identity", "reject"):
        assert barred(case, VERBS[verb], both)
    with translation.override("en"):
        assert "entered this case" in str(barred(case, VERBS["approve_identity"], both))
