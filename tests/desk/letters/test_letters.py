"""The letters of the house: complete and plain in both languages, one SMS each, readable on the desk and never sent."""

import dataclasses
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.letters import catalogue
from desk.letters.catalogue import MAIL, SMS
from desk.letters.drawing import DARK, drawn
from desk.letters.samples import LONGEST, REF, Sample, values
from onboarding.models import Notice, Return
from onboarding.notices import TOLD, template_of
from onboarding.tasks import letters as delivery
from portal.models import SimulatedMessage
from tests import make, people

LANGUAGES = ("zh-hans", "en")
HOST = "https://www.kaitong.example"  # as long as our own address may be: 27 characters
ALL = {one.name: one for one in catalogue.letters()}
BY_MAIL = sorted(name for name, one in ALL.items() if MAIL in one.channels)
BY_SMS = sorted(name for name, one in ALL.items() if SMS in one.channels)
OF_CASES = sorted({template_of(verb) for verb in TOLD})


def every(sample: Sample) -> list[Sample]:
    """The same values for each reader that a letter may have."""
    return [sample, dataclasses.replace(sample, ours=True), dataclasses.replace(sample, owner=True)]


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = HOST


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BY_SMS)
def test_an_sms_is_one_message_with_the_longest_values(name, language):
    for sample in (*every(Sample()), *every(LONGEST)):
        found = drawn(ALL[name], language, sample)
        assert found.length.messages == 1, f"{found.length.used} of {found.length.limit}: {found.sms}"
        assert found.longest.messages == 1
        assert found.sms.startswith("【开通】" if language == "zh-hans" else "[Kaitong]")
        assert "\n" not in found.sms and "  " not in found.sms


@pytest.mark.parametrize("name", BY_SMS)
def test_an_english_sms_needs_no_other_alphabet(name):
    found = drawn(ALL[name], "en", LONGEST)
    assert found.length.alphabet == "GSM-7", found.sms


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BY_MAIL)
def test_text_and_html_say_the_same(name, language):
    """Every sentence of the plain text is in the HTML too, and nothing is left unfilled."""
    for sample in every(Sample()):
        mail = drawn(ALL[name], language, sample)
        assert mail.subject and len(mail.subject) <= 70
        seen = squeezed(re.sub(r"<style.*?</style>|<[^>]+>", " ", mail.html, flags=re.S))
        for line in mail.text.splitlines():
            for sentence in re.split(r"(?<=[.。？?!])\s*|[:：] ?http.*|https?://\S+", line):
                assert squeezed(sentence or "").strip("-()") in seen, sentence
        assert not re.search(r"{[{%]|None", mail.text + mail.html)


def squeezed(text: str) -> str:
    for entity, sign in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OF_CASES)
def test_a_letter_about_a_case_names_shop_turn_date_and_one_button(name, language):
    mail, known = drawn(ALL[name], language), values(name, Sample())
    for words in (mail.text, mail.html):
        assert known["name"] in words and REF in words and HOST in words
    assert mail.html.count('class="btn"') == 1
    if name.startswith("condition_"):  # has a day of its own, and says itself what follows
        return
    if known["due"]:
        hour = "14:00" if "starts_at" in known else "18:00"
        assert hour in mail.text and re.search("Otherwise|If we are late|If nobody|否则|晚了会|如果没人", mail.text)


@pytest.mark.parametrize("name", BY_MAIL)
def test_a_mail_reads_in_the_dark_and_on_a_phone_and_loads_nothing(name):
    html = drawn(ALL[name], "zh-hans").html
    assert DARK in html and 'name="viewport"' in html
    assert not re.search(r"<(img|script|link|iframe)|https?://(?!www\.kaitong\.example)", html)


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_personal_number_and_no_reason_of_ours(name):
    for language in LANGUAGES:
        found = drawn(ALL[name], language)
        words = found.text + found.sms
        assert not re.search(r"1[3-9]\d{9}|\d{15,}", words)
        assert not re.search(r"risk|fraud|watch|second review|风险|名单|复核|可疑", words)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["return_identity", "fact:visit_booked", "fact:refunded", "go_live"])
def test_the_samples_have_what_the_delivery_gives(verb):
    case = make.case("identity_returned", due_at=timezone.now() + timedelta(days=2))
    if verb == "return_identity":
        marked = make.mark(case, people.reviewer())
        Return.objects.filter(pk=marked.pk).update(sent_at=timezone.now())
    entry = case.entries.last()
    moment = timezone.now().isoformat()
    entry.data = {
        "fact:visit_booked": {"starts_at": moment, "ends_at": moment},
        "fact:refunded": {"amount_fen": 1},
    }.get(verb, {})
    name = template_of(verb)
    real = delivery.context(Notice(template=name, channel="mail", language="en", address="a@b.c", entry=entry))
    assert set(real) == set(values(name, Sample()))


# On the desk ---------------------------------------------------------------------------------------------------------


def inside(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["operations_manager", "administrator", "support_agent"])
def test_those_who_answer_for_words_read_every_letter_and_nothing_is_sent(group):
    client = inside(people.somebody(group))
    index = client.get(reverse("letters")).content.decode()
    for name in ALL:
        assert reverse("letter", args=[name]) in index
        for language in LANGUAGES:
            page = client.get(reverse("letter", args=[name]), {"language": language, "width": "desk", "reader": "us"})
            assert page.status_code == 200
    assert not Notice.objects.exists() and not SimulatedMessage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["merchant", "reviewer", "technician", "sales_agent"])
def test_nobody_else_finds_them(group):
    client = inside(people.somebody(group))
    for url in (reverse("letters"), *(reverse(one, args=["go_live"]) for one in ("letter", "letter_html"))):
        assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_the_html_stands_in_a_frame_that_may_do_nothing():
    client = inside(people.operations_manager())
    page = client.get(reverse("letter", args=["go_live"]))
    assert "frame-src 'self'" in page["Content-Security-Policy"] and " sandbox " in page.content.decode()
    mail = client.get(reverse("letter_html", args=["go_live"]), {"language": "en", "shade": "dark"})
    policy = mail["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and policy.endswith("sandbox") and "script-src" not in policy
    assert mail["X-Frame-Options"] == "SAMEORIGIN" and "default-src 'none'" in policy
    assert "You can take cards now" in mail.content.decode() and DARK not in mail.content.decode()


@pytest.mark.django_db
def test_strange_wishes_and_names_get_an_answer():
    client = inside(people.operations_manager())
    odd = {"language": "xx", "width": "<", "shade": "", "reader": "me"}
    assert client.get(reverse("letter", args=["go_live"]), odd).status_code == 200
    assert client.get(reverse("letter", args=["no_such"])).status_code == 404
    assert client.get(reverse("letter_html", args=["export_code"])).status_code == 404


def test_the_frame_shows_the_mail_in_a_browser(new_page):
    """The strict policy lets our own frame in, the mail's own style works inside, and phones need not scroll."""
    client, page = inside(people.operations_manager()), new_page(width=360)
    page.goto("/livez")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}])
    page.goto(reverse("letter", args=["approve_identity"]) + "?language=en")
    button = page.frame_locator("iframe").locator("a.btn")
    assert button.inner_text() == "Go on"
    assert button.evaluate("one => getComputedStyle(one).borderRadius") == "99px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
