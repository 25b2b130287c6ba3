"""Every table of the admin: open to whom it should be, never counting more rows than it shows, nothing in clear."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding.models import (
    Access,
    Anchor,
    Appeal,
    Case,
    Consent,
    Division,
    Document,
    FeePlan,
    Merchant,
    Person,
    Reason,
    User,
)  # fmt: skip
from onboarding.templatetags.review import rooms
from tests import make, people

pytestmark = pytest.mark.django_db
EVERY = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "onboarding"), key=lambda one: one.__name__
)
names = [model.__name__ for model in EVERY]
SECRETS = ("11010519491231002X", "13800138000", "argon2", "pbkdf2")


def client_of(user, language="en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def rows():
    """At least one row of every table."""
    case = make.case("identity_review")
    make.person(case.merchant)
    reviewer = people.reviewer()
    Access.objects.create(user=reviewer, case=case, what="page:1/1")
    Anchor.objects.create(day=datetime.date(2026, 11, 23), digest="0" * 64, signature="x")
    Consent.objects.create(case=case, purpose="privacy", version="1", language="en", text_sha256="0" * 64)
    Document.objects.create(
        case=case, kind="business_licence", original_name="a.jpg", media_type="image/jpeg", size=1, sha256="0" * 64,
        original="x", uploaded_by=reviewer,
    )  # fmt: skip
    return case


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("model", EVERY, ids=names)
def test_an_administrator_sees_it(model, language, rows):
    client = client_of(people.administrator(), language)
    row, registered = model._default_manager.first(), admin.site._registry[model]
    listed = client.get(address(model, "changelist"))
    assert listed.status_code == 200
    pages = [listed.content.decode()]
    if row is not None:
        opened = client.get(address(model, "change", row.pk))
        assert opened.status_code == 200
        pages.append(opened.content.decode())
    adds = type(registered).has_add_permission is admin.ModelAdmin.has_add_permission
    assert client.get(address(model, "add")).status_code == (200 if adds else 403)
    for secret in SECRETS:
        assert secret not in "".join(pages)


def test_an_empty_list_says_why_it_is_empty():
    client = client_of(people.administrator())
    page = client.get(address(Appeal, "changelist")).content.decode()
    assert "There is nothing here yet." in page and "may ask for one reconsideration" in page
    searched = client.get(address(Appeal, "changelist"), {"q": "KT-2345-6789"}).content.decode()
    assert "Nothing fits what you look for." in searched and "may ask for one" not in searched


@pytest.mark.parametrize("model", EVERY, ids=names)
def test_an_auditor_looks_and_changes_nothing(model, rows):
    client = client_of(people.somebody("auditor"))
    row = model._default_manager.first()
    assert client.get(address(model, "changelist")).status_code == 200
    if row is not None:
        opened = client.get(address(model, "change", row.pk))
        assert opened.status_code == 200
        assert 'name="_save"' not in opened.content.decode()
        assert client.post(address(model, "change", row.pk), {}).status_code in (403, 405)
        assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("model", EVERY, ids=names)
def test_merchants_are_sent_away(model, rows):
    for visitor in (Client(), client_of(people.merchant()), client_of(people.somebody("sales_agent"))):
        answer = visitor.get(address(model, "changelist"))
        assert answer.status_code == 302
        assert "login" in answer["location"]


def test_roles_see_what_is_theirs(rows):
    reviewer, trainer = client_of(people.reviewer()), client_of(people.somebody("trainer"))
    assert reviewer.get(address(Case, "changelist")).status_code == 200
    assert reviewer.get(address(FeePlan, "changelist")).status_code == 403
    assert reviewer.get(address(Access, "changelist")).status_code == 403
    assert trainer.get(address(Person, "changelist")).status_code == 403


def cost(client, where) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def more(number: int) -> None:
    for _one in range(number):
        case = make.case("identity_review", by=people.merchant(), of=make.merchant(uscc=""))
        make.person(case.merchant)
        Access.objects.create(user=case.opened_by, case=case, what="page:1/1")
        Consent.objects.create(case=case, purpose="privacy", version="1", language="en", text_sha256="0" * 64)
        Document.objects.create(
            case=case, kind="business_licence", original_name="a.jpg", media_type="image/jpeg", size=1,
            sha256="0" * 64, original="x", uploaded_by=case.opened_by,
        )  # fmt: skip


def test_lists_cost_the_same_for_1_and_for_50_rows(rows):
    client = client_of(people.administrator())
    lists = [model for model in EVERY if model.__name__ in (
        "Case", "Merchant", "Person", "Document", "Entry", "Access", "Consent", "User", "Notice")]  # fmt: skip
    client.get(address(Case, "changelist"))
    before = {model.__name__: cost(client, address(model, "changelist")) for model in lists}
    more(49)
    assert {model.__name__: cost(client, address(model, "changelist")) for model in lists} == before


def test_lists_count_no_more_than_they_page_through(rows):
    client = client_of(people.administrator())
    with CaptureQueriesContext(connection) as queries:
        client.get(address(Division, "changelist"))
    counting = [query["sql"] for query in queries if "COUNT(*)" in query["sql"]]
    assert counting
    assert all("LIMIT 2001" in sql for sql in counting)


# the queue


def refs(client, query: str = "") -> list[str]:
    answer = client.get(address(Case, "changelist") + query)
    return [case.ref for case in answer.context["cl"].result_list]


def test_the_queue_begins_with_what_waits():
    reviewer = people.reviewer()
    soon, later = (datetime.datetime(2026, 11, day, tzinfo=datetime.UTC) for day in (20, 30))
    second = make.case("identity_review", by=people.merchant(), due_at=later)
    first = make.case("application_second_review", by=people.merchant(), due_at=soon, assigned_to=reviewer)
    other = make.case("ordering", by=people.merchant())
    client = client_of(reviewer)
    assert refs(client) == [first.ref, second.ref]
    assert refs(client, "?whose=mine") == [first.ref]
    assert refs(client, "?whose=free") == [second.ref]
    assert first.ref in refs(client, "?whose=late")
    assert refs(client, "?at=ordering") == [other.ref]
    assert set(refs(client, "?at=all")) == {first.ref, second.ref, other.ref}
    assert refs(client, "?at=nonsense&whose=nonsense")


@pytest.mark.parametrize(
    "typed",
    ["小满面馆", "91110000600037341L", "9111 0000 6000 3734 1L", "13800138000", "138 0013 8000", "11010519491231002X"],
)
def test_a_case_is_found(typed):
    case = make.case("live", by=people.merchant())
    make.person(case.merchant)
    make.case(
        "live", by=people.merchant(), of=make.merchant(name="别家", short_name="别家", uscc="", contact_mobile=None)
    )
    client = client_of(people.reviewer())
    assert refs(client, f"?q={typed}") == [case.ref]
    assert refs(client, f"?q={case.ref.lower()}") == [case.ref]
    assert refs(client, "?q=没有这一家") == []
    assert refs(client, "?q=00000") == []


def test_rows_link_to_the_page_of_the_case():
    case = make.case("identity_review")
    client = client_of(people.reviewer())
    assert f"{case.ref}/change/" in client.get(address(Case, "changelist")).content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "the most urgent first"), ("zh-hans", "最急的在前")])
def test_the_start_page_shows_the_queue_and_the_next_case(language, words):
    reviewer = people.reviewer()
    mine = make.case("identity_review", assigned_to=reviewer, due_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    make.case("application_review", by=people.merchant())
    answer = client_of(reviewer, language).get(reverse("admin:index"))
    assert answer.context["queue"] == {"waiting": 2, "mine": 1, "free": 1, "late": 1}
    shown = answer.content.decode()
    assert words in shown and f"{mine.ref}/change/" in shown


def test_tables_stand_by_what_they_are_for_and_none_is_lost():
    """A table that nobody has sorted yet still stands somewhere."""
    client = client_of(people.somebody("administrator"), "en")
    answer = client.get(reverse("admin:index"))
    shown = answer.content.decode()
    tables = [model["admin_url"] for app in answer.context["app_list"] for model in app["models"] if model["admin_url"]]
    assert len(tables) > 20 and "Prices and directories" in shown
    assert [url for url in tables if f'href="{url}"' not in shown] == []
    fresh = {"name": "Later", "models": [{"object_name": "Later"}]}
    assert rooms([fresh]) == [fresh]


# tables with rules of their own


def draft(**fields) -> FeePlan:
    plan = FeePlan.objects.filter(status="published").first()
    from onboarding.services import draft_of

    made = draft_of(plan.pk)
    FeePlan.objects.filter(pk=made.pk).update(**fields) if fields else None
    return made


def act(client, action: str, plan: FeePlan):
    chosen = {"action": action, "_selected_action": [plan.pk]}
    return client.post(address(FeePlan, "changelist"), chosen, follow=True)


def test_a_plan_is_published_by_a_second_person():
    published = FeePlan.objects.filter(status="published").first()
    author, colleague = people.operations_manager(), people.operations_manager()
    act(client_of(author), "new_version", published)
    made = FeePlan.objects.get(code=published.code, status="draft")
    assert made.rules.count() == published.rules.count()
    assert "You wrote this plan" in act(client_of(author), "publish", made).content.decode()
    assert LogEntry.objects.filter(object_id=str(made.pk), user=author).exists()
    act(client_of(colleague), "publish", made)
    assert FeePlan.objects.get(pk=made.pk).status == "published"
    assert FeePlan.objects.get(pk=published.pk).status == "superseded"


def test_a_published_plan_is_only_read():
    plan = FeePlan.objects.filter(status="published").first()
    client = client_of(people.operations_manager())
    page = client.get(address(FeePlan, "change", plan.pk)).content.decode()
    assert 'name="_save"' not in page
    assert client.post(address(FeePlan, "change", plan.pk), {"name_zh": "便宜"}).status_code == 403
    made = draft()
    assert 'name="_save"' in client.get(address(FeePlan, "change", made.pk)).content.decode()


def test_an_account_is_made_without_a_password():
    client = client_of(people.administrator())
    group = people.reviewer().groups.get()
    answers = {"name": "新同事", "email": "New@Example.com", "language": "en", "is_staff": "on", "is_active": "on",
               "groups": [group.pk]}  # fmt: skip
    client.post(address(User, "add"), answers)
    made = User.objects.get(email="new@example.com")
    assert not made.has_usable_password()
    assert made.groups.get() == group
    for wrong in ({**answers, "email": ""}, answers):
        assert client.post(address(User, "add"), wrong).context["adminform"].form.errors["email"]


def test_a_user_is_found_by_mobile():
    people.liu()
    client = client_of(people.administrator())
    found = client.get(address(User, "changelist") + "?q=138 0013 8000").context["cl"].result_list
    assert [user.name for user in found] == ["刘小满"]


def test_a_reason_is_edited_by_a_senior_reviewer():
    reason = Reason.objects.get(code="glare")
    client = client_of(people.senior_reviewer())
    fields = ("code", "applies_to", "audience", "sentence_zh", "sentence_en", "remedy_zh", "remedy_en", "shown_as")
    values = {name: getattr(reason, name) for name in fields}
    answer = client.post(address(Reason, "change", reason.pk), {**values, "sentence_en": "Too shiny."})
    assert answer.status_code == 302
    assert Reason.objects.get(code="glare").sentence_en == "Too shiny."
    assert client_of(people.reviewer()).get(address(Reason, "changelist")).status_code == 403


def test_merchant_rows_cannot_be_saved():
    merchant = make.merchant()
    answer = client_of(people.administrator()).post(address(Merchant, "change", merchant.pk), {"name": "别的"})
    assert answer.status_code == 403
    assert Merchant.objects.get(pk=merchant.pk).name == "虚构市小满面馆有限公司"
