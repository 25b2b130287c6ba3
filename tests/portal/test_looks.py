"""The frame, the form templates, the words for money and time, and the pages for when something does not work."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Button, Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from portal import context, middleware, views, words
from portal.templatetags import kaitong

KINDS = [("company", "Company"), ("trader", "Sole trader")]


class Every(forms.Form):
    """One field of every widget that we use."""

    text = forms.CharField(label="Shop", help_text="As on the sign")
    number = forms.IntegerField(min_value=1)
    mail = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(widget=forms.Textarea)
    choice = forms.ChoiceField(choices=KINDS)
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, help_text="As on the licence")
    ways = forms.MultipleChoiceField(choices=KINDS, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="I agree")
    paper = forms.FileField(widget=forms.FileInput, help_text="Up to 10 MB")
    moment = forms.SplitDateTimeField(widget=forms.SplitDateTimeWidget)
    token = forms.CharField(widget=forms.HiddenInput)


def draw(source: str, **context) -> str:
    request = RequestFactory().get("/somewhere/?page=2")
    request.user = AnonymousUser()
    return engines["django"].from_string("{% load crispy_forms_tags kaitong %}" + source).render(context, request)


def ids(html: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', html))


def test_every_control_has_its_words():
    html = draw("{% crispy form %}", form=Every())
    for label in re.findall(r'<label[^>]* for="([^"]+)"', html):
        assert label in ids(html)
    for name in ("text", "number", "mail", "password", "day", "note", "choice", "agreed", "paper"):
        assert f'for="id_{name}"' in html
    for name in ("kind", "ways", "moment"):
        assert re.search(rf'<fieldset id="div_id_{name}"[^>]*>\s*<legend>', html)


def test_descriptions_exist_and_are_named_by_their_controls():
    html = draw("{% crispy form %}", form=Every({}))
    named = {one for many in re.findall(r'aria-describedby="([^"]+)"', html) for one in many.split()}
    assert {"id_text_helptext", "id_text_error", "id_kind_error", "id_paper_helptext"} <= named
    assert named <= ids(html)
    assert html.count('aria-invalid="true"') >= len(Every({}).errors) - 1  # the hidden one says it in the summary only


def test_summary_takes_the_focus_and_leads_to_each_field_in_the_same_words():
    form = Every({"number": "0"})
    html = draw("{% crispy form %}", form=form)
    summary = html[html.index('class="errsum"') : html.index("</ul>")]
    assert "autofocus" in summary and 'tabindex="-1"' in summary
    links = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary))
    assert set(links) <= ids(html)
    assert links["id_number"] == form.errors["number"][0]
    assert {"id_kind_0", "id_ways_0", "id_moment_0", "id_agreed", "id_paper"} <= set(links)


def test_errors_of_the_whole_form_are_said():
    form = Every({})
    form.add_error(None, "These two do not fit together")
    assert "These two do not fit together" in draw("{% crispy form %}", form=form)


def test_a_form_posts_with_protection_and_one_button():
    html = draw("{% crispy form %}", form=Every())
    assert 'method="post"' in html and "novalidate" in html and 'enctype="multipart/form-data"' in html
    assert html.count("csrfmiddlewaretoken") == 1
    assert html.count('type="submit"') == 1


def test_the_filter_draws_fields_alone():
    html = draw("{{ form|crispy }}", form=Every())
    assert "<form" not in html and "<button" not in html and 'name="text"' in html


def test_what_a_person_typed_is_escaped():
    html = draw("{% crispy form %}", form=Every({"text": "<b>shop</b>", "choice": "<i>"}))
    assert "<b>shop" not in html and "<i>" not in html


def test_a_layout_keeps_its_order_and_buttons():
    form = Every()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("Shop", Row(Column("text"), Column("number")), Div("kind", css_class="stack")),
        HTML("<p>Between</p>"),
        Submit("send", "Send it"),
        Button("later", "Later"),
    )
    html = draw("{% crispy form %}", form=form)
    places = [html.index(word) for word in ("<legend", 'name="text"', 'name="kind"', "Between", "Send it", "Later")]
    assert places == sorted(places)
    assert html.count('type="submit"') == 1 and 'name="note"' not in html


def test_a_search_form_does_not_say_optional():
    form = Every()
    form.helper = FormHelper()
    form.helper.form_method = "get"
    html = draw("{% crispy form %}", form=form)
    assert "optional" not in html and "csrfmiddlewaretoken" not in html


def test_formsets_draw_their_management_form():
    html = draw("{% crispy formset %}", formset=forms.formset_factory(Every, extra=2)())
    assert 'name="form-TOTAL_FORMS"' in html and 'name="form-1-text"' in html and html.count("<form") == 1


def test_no_template_breaks_the_policy():
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        if "emails" in path.parts:
            continue
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:|\"data:", text), path
        assert not re.search(r"<script(?![^>]* src=)", text), path


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    sprite = Path(finders.find("icons.svg")).read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        assert set(re.findall(r'{% icon "([^"]+)"', path.read_text())) <= drawn, path


def test_first_load_is_light():
    parts = ["css/portal.css", "icons.svg", "js/portal.js", "js/upload.js", "js/pad.js", "img/mark.svg"]
    sizes = {part: Path(finders.find(part)).stat().st_size for part in parts}
    assert sizes["css/portal.css"] <= 30_000
    assert sum(sizes.values()) <= 60_000


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "¥0.00"), (5, "¥0.05"), (12864050, "¥128,640.50"), (-70752, "−¥707.52"), (-5, "−¥0.05")],
)
def test_money(fen, text):
    assert words.money(fen) == text


def test_money_on_a_page():
    assert kaitong.money(12864050) == '<span class="money">128,640.<i>50</i></span>'
    assert kaitong.money(None) == kaitong.rate(None) == kaitong.day(None) == kaitong.left(None) == ""


@pytest.mark.parametrize(
    ("ppm", "text"), [(5500, "0.55%"), (6000, "0.60%"), (3825, "0.3825%"), (0, "0.00%"), (1_000_000, "100.00%")]
)
def test_rate(ppm, text):
    assert words.rate(ppm) == text


def test_days_carry_their_weekday(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 23))
    late = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)  # already the 27th in Shanghai
    with translation.override("en"):
        assert words.day(date(2026, 11, 26)) == "Thu 26 Nov"
        assert words.day(late) == "Fri 27 Nov" and words.hour(late) == "01:30"
        assert words.day(date(2027, 1, 4)) == "Mon 4 Jan 2027"


@pytest.mark.parametrize(
    ("away", "text"),
    [
        (timedelta(days=3, hours=5), "3 days left"),
        (timedelta(hours=1, minutes=5), "1 hour left"),
        (timedelta(seconds=50), "1 minute left"),
        (-timedelta(hours=2, minutes=3), "2 hours late"),
    ],
)
def test_time_left(away, text):
    with translation.override("en"):
        assert words.left(timezone.now() + away) == text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_dates_are_typed_in_the_usual_ways(language):
    field = forms.DateField(localize=True)
    with translation.override(language):
        for typed in ("2026-11-26", "2026/11/26", "20261126"):
            assert field.clean(typed) == date(2026, 11, 26)


@pytest.mark.parametrize(
    "view", [views.bad_request, views.forbidden, views.not_found, views.csrf_failure, views.not_allowed]
)
def test_trouble_pages_help_and_tell_nothing(view):
    request = RequestFactory().get("/secret-name/")
    request.user = AnonymousUser()
    page = view(request).content.decode()
    assert settings.SUPPORT_PHONE in page and "<h1>" in page
    assert "Traceback" not in page and "Django" not in page


def test_server_error_needs_neither_request_nor_database():
    answer = views.server_error(RequestFactory().get("/"))  # without the mark django_db a query would fail this test
    assert answer.status_code == 500
    assert "我们这边" in answer.content.decode() and "on our side" in answer.content.decode()


def plain(answer: HttpResponse) -> HttpResponse:
    request = RequestFactory().get("/x")
    request.user = AnonymousUser()
    return middleware.PlainPages(lambda _: answer)(request)


def test_a_bare_405_becomes_a_page_and_keeps_its_header():
    answer = plain(HttpResponseNotAllowed(["POST"]))
    assert answer.status_code == 405 and answer["Allow"] == "POST" and b"<h1>" in answer.content


def test_json_and_our_own_404_are_left_alone(settings):
    settings.DEBUG = True
    for body, kind in ((b'{"detail": "DEBUG = True"}', "application/json"), (b"<h1>ours</h1>", "text/html")):
        assert plain(HttpResponse(body, status=404, content_type=kind)).content == body


def test_needs_are_drawn_from_plain_dicts():
    due = timezone.now() + timedelta(days=2)
    need = {"kind": "bad", "title": "Retake the ID", "url": "/go/", "due": due, "otherwise": "The review pauses"}
    with translation.override("en"):
        html = render_to_string("includes/need.html", {"need": need})
    assert 'class="need bad"' in html and "Retake the ID" in html and "The review pauses" in html and "left" in html


@pytest.mark.django_db
def test_front_page_in_both_languages(client):
    for language, tag in (("zh-hans", "zh-Hans"), ("en", "en")):
        page = client.get("/", headers={"accept-language": language}).content.decode()
        assert f'<html lang="{tag}">' in page
        assert page.count("<h1") == 1 and 'id="main"' in page and 'class="skip"' in page


@pytest.mark.django_db
def test_language_stays_on_the_page_and_never_leaves_the_site(client):
    answer = client.post("/language/", {"language": "en", "next": "/?a=1"})
    assert answer.status_code == 302 and answer["Location"] == "/?a=1"
    assert '<html lang="en">' in client.get("/").content.decode()
    assert client.post("/language/", {"language": "zh-hans", "next": "https://evil.example/"})["Location"] == "/"
    assert client.get("/language/").status_code == 405


@pytest.mark.django_db
def test_language_is_remembered_for_mails(client, django_user_model):
    person = django_user_model.objects.create(username="lin")
    client.force_login(person)
    client.post("/language/", {"language": "en"})
    client.post("/language/", {"language": "xx"})
    assert django_user_model.objects.get(pk=person.pk).language == "en"


@pytest.mark.django_db
def test_an_unknown_address_gets_our_page(client, settings):
    for debug in (True, False):
        settings.DEBUG = debug
        answer = client.get("/no/such/page/")
        assert answer.status_code == 404 and settings.SUPPORT_PHONE in answer.content.decode()


def menu(path: str = "/", *roles: str, boss: bool = False) -> list[context.NavItem]:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=True, is_superuser=boss, roles=frozenset(roles))
    return context.nav_items(request)


def test_the_menu_follows_the_role():
    assert "/admin/" in [item.url for item in menu("/", "reviewer")]
    for role in ("merchant", "technician", "warehouse_clerk"):
        assert "/admin/" not in [item.url for item in menu("/", role)]
    assert "/admin/" in [item.url for item in menu("/", boss=True)]


def test_the_menu_marks_where_the_reader_is():
    assert [item.url for item in menu("/admin/onboarding/", "reviewer") if item.current] == ["/admin/"]
    assert not [item.url for item in menu("/elsewhere/", "reviewer") if item.current]


def test_the_menu_names_only_places_that_exist(monkeypatch):
    monkeypatch.setattr(context, "MERCHANT", (context.Place("Nowhere", ("no_such_name",), "x"),))
    assert menu("/", "merchant") == []


def test_mails_in_text_escape_nothing_and_in_html_everything():
    source = '{{% extends "emails/base.{0}" %}}{{% block body %}}{{{{ shop }}}} & co{{% endblock %}}'
    text = engines["django"].from_string(source.format("txt")).render({"shop": "<Noodles>"})
    html = engines["django"].from_string(source.format("html")).render({"shop": "<Noodles>"})
    assert "<Noodles> & co" in text and settings.SUPPORT_PHONE in text
    assert "&lt;Noodles&gt;" in html and "<script" not in html and "<img" not in html


def test_every_colour_that_is_used_has_a_name_in_the_style_sheet():
    """An unknown one is drawn black, and nothing says so."""
    rooms = ("static", "templates", "portal", "onboarding", "devices", "support", "desk")
    written = [
        path.read_text(encoding="utf-8")
        for room in rooms
        for path in (settings.BASE_DIR / room).rglob("*")
        if path.suffix in (".css", ".html", ".js", ".py", ".svg") and path.is_file()
    ]
    used = {name for text in written for name in re.findall(r"var\((--[\w-]+)\)", text)}
    defined = {name for text in written for name in re.findall(r"(--[\w-]+)\s*:", text)}
    assert used - defined == set() and "--card" in used
