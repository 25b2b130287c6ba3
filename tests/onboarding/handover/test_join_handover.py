"""Going on with a phone: the code works once and soon, the number must be right, and nothing but the case opens."""

import logging
import re
from urllib.parse import urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from onboarding.handover import keeping
from onboarding.handover.computer import TOKEN
from portal.context import LIMITED
from tests import make, people
from tests.onboarding.accounts.hands import is_in
from tests.onboarding.documents import samples

pytestmark = pytest.mark.django_db
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0"
)


def url(case, name, *more):
    return reverse(name, args=[case.ref, *more])


def begun(client, case, place=None):
    """The computer shows a code; returns the link that is in it."""
    place = place or url(case, "identity_document", "business_licence")
    assert client.post(url(case, "begin_handover"), {"place": place}).url == url(case, "handover")
    return f"/phone/?k={client.session[TOKEN][case.ref]}"


def number_on(client, case):
    page = client.get(url(case, "handover")).content.decode()
    found = re.search(r'id="number"><b>(\d{4})</b>', page)
    return found and found[1]


def opened(link):
    phone = Client(headers={"user-agent": ANDROID})
    assert phone.get(link, follow=True).status_code == 200
    return phone


def asks_for_a_number(phone, link):
    answer = phone.get(link, follow=True)
    assert answer.status_code == 200
    return 'name="number"' in answer.content.decode()


def typed(phone, number):
    return phone.post("/phone/join_handover/", {"number": number})


@pytest.fixture
def joined(signed_in, case):
    phone = opened(begun(signed_in, case))
    answer = typed(phone, number_on(signed_in, case))
    assert answer.url == url(case, "identity_document", "business_licence")
    return phone


def other_than(number):
    return f"{(int(number) + 1) % 10_000:04d}"


def test_the_number_shows_only_after_a_phone_has_opened_the_link(signed_in, case):
    link = begun(signed_in, case)
    assert number_on(signed_in, case) is None
    assert signed_in.get(url(case, "handover_qr"))["Content-Type"] == "image/svg+xml"
    phone = opened(link)
    assert number_on(signed_in, case) and not is_in(phone)
    assert "WeChat, Android" in signed_in.get(url(case, "handover")).content.decode()


def test_the_phone_is_signed_in_for_this_case_only(joined, signed_in, case, liu):
    assert joined.get(url(case, "identity_document", "business_licence")).status_code == 200
    assert joined.get(url(case, "identity")).status_code == 200
    other = make.case("identity", by=liu)
    closed = ["/home/", "/me/account/", url(case, "case"), url(other, "identity"), url(case, "members"), "/start/"]
    assert [joined.get(one).headers.get("Location") for one in closed] == ["/phone/here/"] * len(closed)
    assert joined.get(url(case, "handover")).headers["Location"] == "/phone/here/"
    assert joined.post("/accounts/password/set/").headers["Location"] == "/phone/here/"
    assert joined.get("/phone/here/").status_code == 200
    assert joined.session.get_expiry_age() <= keeping.LASTS


def test_a_paper_of_another_case_stays_closed(joined, liu, signed_in, case):
    other = make.case("identity", by=liu)
    file = samples.jpeg()
    signed_in.post(url(other, "identity_document", "business_licence"), {"file": file})
    paper = other.documents.get()
    assert joined.get(f"/documents/{paper.pk}/").headers["Location"] == "/phone/here/"
    assert signed_in.get(f"/documents/{paper.pk}/").status_code == 200


def test_pictures_arrive_on_the_computer(joined, signed_in, case):
    before = signed_in.get(url(case, "handover"))
    mark = before.context["now"].mark
    assert signed_in.get(f"{url(case, 'handover')}?seen={mark}", headers={"HX-Request": "true"}).status_code == 204
    page = url(case, "identity_document", "business_licence")
    assert 'capture="environment"' in joined.get(page).content.decode()
    assert joined.post(page, {"file": samples.jpeg()}).status_code == 302
    joined.get(url(case, "identity_person"))
    part = signed_in.get(f"{url(case, 'handover')}?seen={mark}", headers={"HX-Request": "true"})
    assert part.status_code == 200 and len(part.context["now"].tiles) == 1
    assert part.context["now"].page and "<html" not in part.content.decode()


def test_an_ordinary_page_has_no_camera_field(signed_in, case):
    page = signed_in.get(url(case, "identity_document", "business_licence")).content.decode()
    assert 'capture="environment"' not in page and "begin_handover" in page


def test_the_code_works_once(signed_in, case):
    link = begun(signed_in, case)
    first, second = opened(link), opened(link)
    number = number_on(signed_in, case)
    typed(first, number)
    assert is_in(first)
    assert typed(second, number).url == "/phone/" and not is_in(second)
    assert not asks_for_a_number(Client(), link)


def test_a_wrong_number_three_times_ends_it(signed_in, case):
    phone = opened(begun(signed_in, case))
    number = number_on(signed_in, case)
    wrong = other_than(number)
    for _time in range(2):
        answer = typed(phone, wrong)
        assert answer.status_code == 200 and answer.context["form"].errors["number"]
    assert typed(phone, wrong).url == "/phone/"
    assert typed(phone, number).url == "/phone/" and not is_in(phone)
    assert signed_in.get(url(case, "handover")).context["now"].state == "void"


def test_other_phones_share_the_three_tries(signed_in, case):
    link = begun(signed_in, case)
    phones = [opened(link) for _ in range(4)]
    number = number_on(signed_in, case)
    for phone in phones[:3]:
        typed(phone, other_than(number))
    typed(phones[3], number)
    assert not is_in(phones[3])


@pytest.mark.parametrize("words", ["", "12", "12345", "abcd", "🍜🍜🍜🍜", "１２", "\x00\x00\x00\x00"])
def test_what_is_no_number_is_said_and_costs_no_try(signed_in, case, words):
    phone = opened(begun(signed_in, case))
    number = number_on(signed_in, case)
    for _time in range(4):
        assert typed(phone, words).context["form"].errors["number"]
    typed(phone, f" {number[:2]} {number[2:]} ")
    assert is_in(phone)


def test_an_old_code_is_refused_on_both_sides(signed_in, case):
    link = begun(signed_in, case)
    cache.clear()  # what ten minutes do
    phone = Client()
    assert not asks_for_a_number(phone, link)
    assert typed(phone, "1234").url == "/phone/"
    assert signed_in.get(url(case, "handover")).context["now"].state == "expired"


def test_a_made_up_code_is_refused(client):
    assert not asks_for_a_number(client, "/phone/?k=made-up")


def test_strangers_and_staff_hand_nothing_over(case, client):
    for who in (people.stranger(), people.reviewer(), people.call_centre_agent(), people.administrator()):
        client.force_login(who)
        assert client.get(url(case, "handover")).status_code == 404
        assert client.post(url(case, "begin_handover")).status_code == 404
        assert client.get(url(case, "handover_qr")).status_code == 404


def test_who_has_left_the_merchant_is_not_let_in(signed_in, case):
    phone = opened(begun(signed_in, case))
    number = number_on(signed_in, case)
    case.merchant.memberships.update(active=False)
    typed(phone, number)
    assert not is_in(phone)


def test_done_on_the_phone_signs_it_out(joined, signed_in, case):
    assert joined.post("/phone/leave_handover/").url == "/phone/"
    assert not is_in(joined) and is_in(signed_in)
    assert signed_in.get(url(case, "handover")).context["now"].state == "done"
    assert joined.get(url(case, "identity")).status_code == 302


def test_back_at_the_computer_signs_the_phone_out(joined, signed_in, case):
    answer = signed_in.post(url(case, "end_handover"))
    assert answer.url == url(case, "identity_document", "business_licence")
    assert "/accounts/login/" in joined.get(url(case, "identity")).url


def test_it_ends_when_its_time_is_up(joined, case):
    session = joined.session
    session[LIMITED] = {**session[LIMITED], "until": 1}
    session.save()
    assert joined.get(url(case, "identity")).url == "/phone/" and not is_in(joined)


def test_it_is_among_the_places_and_can_be_signed_out_there(joined, signed_in, case, liu):
    row = UserSession.objects.get(data__handover__isnull=False)
    signed_in.post("/accounts/login/")
    assert case.ref in signed_in.get("/me/account/").content.decode()
    signed_in.post(f"/me/sessions/{row.pk}/end_session/")
    assert "/accounts/login/" in joined.get(url(case, "identity")).url


def test_a_new_code_ends_the_one_before(signed_in, case):
    old = begun(signed_in, case)
    begun(signed_in, case)
    assert not asks_for_a_number(Client(), old)


def test_codes_are_rate_limited(signed_in, case):
    for _time in range(10):
        begun(signed_in, case)
    assert signed_in.post(url(case, "begin_handover")).status_code == 429


@pytest.mark.parametrize(
    "place", ["https://example.com/", "//example.com/", "/me/account/", "", "/cases/KT-0000-0000/identity/"]
)
def test_the_phone_begins_only_where_it_may_go(signed_in, case, place):
    phone = opened(begun(signed_in, case, place=place or "/"))
    assert typed(phone, number_on(signed_in, case)).url == "/phone/here/"


def test_the_token_is_in_no_address_and_no_log(signed_in, case, caplog):
    caplog.set_level(logging.DEBUG)
    link = begun(signed_in, case)
    token = urlsplit(link).query.removeprefix("k=")
    assert Client().get(link).url == "/phone/"
    phone = opened(link)
    typed(phone, number_on(signed_in, case))
    assert token not in caplog.text
    assert token not in signed_in.get(url(case, "handover")).content.decode()


def test_somebody_signed_in_on_the_phone_as_another_is_replaced(signed_in, case):
    phone = Client()
    phone.force_login(people.stranger())
    assert asks_for_a_number(phone, begun(signed_in, case))
    typed(phone, number_on(signed_in, case))
    assert phone.session[LIMITED]["case"] == case.ref
