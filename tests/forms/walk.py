"""The forms of the portal as people of every role see them, in a world with a case at every stage.

They are found in the pages themselves: a new form is walked from its first day. For the tests of forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices import services as devices
from devices.models import Rollout, Visit
from onboarding import services
from onboarding.flow import State
from onboarding.identity import services as identity
from onboarding.models import Case, Person
from onboarding.rules import Who
from tests import make, people
from tests.world import TABLE, Address, World, addresses

LEFT_OUT = {
    "admin:logout": "ends the walk",
    "account_logout": "ends the walk",
    "end_session": "ends the walk",
    "language": "one choice, no text",
}
TEXTS = {"text", "search", "textarea", "email", "tel", "url", "password", "number", "date", "time", "datetime-local"}
HIDDEN = {"hidden"}


# A form in a page ------------------------------------------------------------------------------------------------


@dataclass
class Found:
    """A form as it stands in a page, with what its fields hold: as a browser would send it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    described: dict[str, str] = field(default_factory=dict)  # name -> aria-describedby
    ids: dict[str, str] = field(default_factory=dict)

    def seen_texts(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in TEXTS]

    def texts(self) -> list[str]:
        """Also the hidden ones, which only somebody with bad intent writes into."""
        known = TEXTS | HIDDEN
        return [name for name, kind in self.kinds.items() if kind in known and name != "csrfmiddlewaretoken"]

    def sent(self, **changed: object) -> dict[str, object]:
        kept = {name: one for name, one in self.values.items() if self.kinds.get(name) != "file"}
        return kept | changed


class Reader(HTMLParser):
    """The forms of a page, and which elements it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Found] = []
        self.by_id: dict[str, Found] = {}
        self.now: Found | None = None
        self.area = self.select = ""
        self.into: Found | None = None
        self.options: list[str] = []
        self.targets: set[str] = set()  # ids on the page
        self.links: set[str] = set()  # where links within the page lead
        self.feed(page)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in pairs}
        self.targets.add(known.get("id", ""))
        if tag == "a" and known.get("href", "").startswith("#"):
            self.links.add(known["href"][1:])
        if tag == "form":
            self.now = Found(known.get("action", ""), known.get("method", "get").lower())
            self.forms.append(self.now)
            self.by_id[known.get("id", "")] = self.now
        elif tag in ("input", "textarea", "select", "option", "button"):
            self.into = self.by_id.get(known.get("form", "")) if known.get("form") else self.now
            if self.into is not None:
                getattr(self, f"_{tag}")(self.into, known)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        if tag == "textarea":
            self.area = ""
        if tag == "select" and self.select:
            if self.now and self.options and self.select not in self.now.values:
                self.now.values[self.select] = self.options[:1]
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area and self.now:
            self.now.values[self.area] = [self.now.values[self.area][0] + data]

    def _keep(self, form: Found, known: dict[str, str], kind: str, chosen: bool = True) -> None:
        name = known.get("name")
        if not name:
            return
        form.kinds.setdefault(name, kind)
        form.ids.setdefault(name, known.get("id", ""))
        form.described.setdefault(name, known.get("aria-describedby", ""))
        if chosen:
            form.values.setdefault(name, []).append(known.get("value", "on"))

    def _input(self, form: Found, known: dict[str, str]) -> None:
        kind = known.get("type", "text")
        if "disabled" in known:
            return
        if kind in ("checkbox", "radio"):
            self._keep(form, known, kind, "checked" in known)
        elif kind == "file":
            self._keep(form, known, kind, False)
        elif kind == "submit":
            self._button(form, known)
        else:
            self._keep(form, {"value": "", **known}, kind)

    def _textarea(self, form: Found, known: dict[str, str]) -> None:
        self.area = known.get("name", "")
        self._keep(form, {**known, "value": ""}, "textarea")

    def _select(self, form: Found, known: dict[str, str]) -> None:
        self.select, self.options = known.get("name", ""), []
        multiple = "multiple" in known
        self._keep(form, known, "select", False)
        if multiple:
            self.select = ""

    def _option(self, form: Found, known: dict[str, str]) -> None:
        if not self.select:
            return
        self.options.append(known.get("value", ""))
        if "selected" in known:
            form.values[self.select] = [known.get("value", "")]

    def _button(self, form: Found, known: dict[str, str]) -> None:
        if known.get("type") not in ("button", "reset") and known.get("name"):
            self._keep(form, known, "button", known["name"] not in form.values)


def read_page(answer: object) -> Reader:
    return Reader(answer.content.decode())


def is_page(answer: object) -> bool:
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code in (200, 422) and kind.startswith("text/html") and not answer.streaming


def forms_of(client: Client, url: str) -> Iterator[tuple[str, Found]]:
    """(name of the address it is sent to, the form) for each form of a page."""
    answer = client.get(url)
    if is_page(answer):
        yield from forms_in(answer, url)


def forms_in(answer: object, url: str) -> Iterator[tuple[str, Found]]:
    for form in read_page(answer).forms:
        target = form.action.split("#")[0] or url
        try:
            name = resolve(target.split("?")[0]).view_name
        except Resolver404:
            continue
        form.action = target
        if name not in LEFT_OUT:
            yield name, form


def form_at(client: Client, url: str, name: str, having: str = "") -> Found:
    """The POST form on a page that goes to `name` (and has a field `having`)."""
    found = [one for to, one in forms_of(client, url) if to == name and one.method == "post"]
    fitting = [one for one in found if not having or having in one.kinds]
    assert fitting, f"no form to {name} on {url}: {[to for to, _one in forms_of(client, url)]}"
    return fitting[0]


def send(client: Client, form: Found, **changed: object):
    """As a browser sends it."""
    if form.method == "get":
        return client.get(form.action.split("?")[0], form.sent(**changed))
    return client.post(form.action, form.sent(**changed))


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back at the end. The limits per hour begin anew: they are not the matter here."""
    cache.clear()
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def words_of(answer: object) -> str:
    """What a page holds, with its escapes resolved."""
    return unescape(answer.content.decode())


# What a page says about a field ----------------------------------------------------------------------------------

ANSWERS = TEXTS | {"radio", "checkbox", "select"}


def same_form(page: Reader, form: Found, name: str) -> Found | None:
    """The form on a page that came back: the one with the most fields in common."""
    having = [one for one in page.forms if name in one.kinds and one.method == form.method]
    return max(having, key=lambda one: len(one.kinds.keys() & form.kinds.keys()), default=None)


def says_at(page: Reader, form: Found, name: str) -> bool:
    """Whether an error is tied to that very field: by aria-describedby of the field, or by a link of the summary."""
    again = same_form(page, form, name)
    if again is None:
        return False
    own = again.ids[name]
    described = [one for one in again.described[name].split() if one.endswith("_error") and one in page.targets]
    return bool(described) or bool(own) and own in page.links


def lost(page: Reader, form: Found, sent: dict[str, object], changed: str) -> list[str]:
    """Fields, other than the changed one, that no longer hold what was sent."""
    again = same_form(page, form, changed)
    if again is None:
        return [f"no form with {changed}"]
    names = [one for one, kind in form.kinds.items() if kind in ANSWERS and one != changed]
    return [one for one in names if _plain(again.values.get(one)) != _plain(sent.get(one))]


def _plain(held: object) -> list[str]:
    """A lone value and an empty one look the same in a form that was filled in and in one that was read."""
    values = held if isinstance(held, list) else [held]
    return [str(one).strip() for one in values if one not in (None, "")]


# Worlds ----------------------------------------------------------------------------------------------------------

WALKS = (
    State.IDENTITY, State.IDENTITY_RETURNED, State.APPLICATION, State.APPLICATION_RETURNED, State.SIGNING,
    State.ORDERING, State.DELIVERY, State.INSTALLATION, State.TRAINING, State.ACCEPTANCE,
)  # fmt: skip
LATE = (State.ORDERING, State.DELIVERY, State.TRAINING, State.ACCEPTANCE, State.INSTALLATION)
BEFORE = {  # state -> where the walk stops, then the verb, and what is marked
    State.IDENTITY_RETURNED: (State.IDENTITY_REVIEW, "return_identity", {
        "field:merchant.name": "name_mismatch", "document:business_licence": "blurred",
    }),
    State.APPLICATION_RETURNED: (State.APPLICATION_REVIEW, "return_application", {
        "field:store.name": "sign_differs", "field:application.turnover": "field_differs",
    }),
    State.ACCEPTANCE: (State.TRAINING, "", {}),  # the walk would go on by itself
}  # fmt: skip
HANDLER = {
    "who": "other", "name": "韩助理", "id_type": "resident_id", "id_number": "11010519491231002X",
    "id_valid_until": None, "id_long_term": True, "mobile": "+8613800138011",
}  # fmt: skip
ASKED_FOR = {"admin:mark": "?item=field:merchant.name"}  # what a page needs to know to show its form
AT_WORK = {  # role -> where its own forms are
    Who.REVIEWER: ("desk/", "admin/onboarding/case"),
    Who.CALL_CENTRE_AGENT: ("desk/",),
    Who.SALES_AGENT: ("agent/", "cases/"),
    Who.WAREHOUSE_CLERK: ("desk/warehouse",),
    Who.DISPATCHER: ("desk/dispatch",),
    Who.TECHNICIAN: ("field/",),
    Who.SUPPORT_AGENT: ("tickets/", "desk/tickets"),
    Who.RISK_OFFICER: ("desk/", "admin/onboarding/case"),
    Who.OPERATIONS_MANAGER: ("desk/", "cases/", "admin/onboarding/case"),
    Who.ADMINISTRATOR: ("admin/", "accounts/", "me/"),
}


@dataclass
class Scene:
    """Somebody, the case that they look at, and which addresses they open."""

    name: str
    who: object
    case: Case
    takes: Callable[[Address], bool]

    def client(self) -> Client:
        client = Client(raise_request_exception=False)
        if self.who:
            client.force_login(self.who)
        return client


class Scenes(World):
    """A case at every stage, each of another merchant, and everybody who works on them."""

    def __init__(self) -> None:
        super().__init__()
        self.walks = {state: self._begun(number, state) for number, state in enumerate(WALKS, 2)}
        self.fresh = make.case(State.REGISTRATION, by=people.merchant())
        self.review = self._shop(20).to(State.IDENTITY_REVIEW)
        services.claim(self.review.pk, by=self.staff[Who.REVIEWER])
        services.mark(self.review.pk, "document:business_licence", "blurred", by=self.staff[Who.REVIEWER])
        self.there = self._at_the_visit()
        self.scenes = [
            Scene("stranger", None, self.case, lambda one: not one.name.startswith("admin:") or "login" in one.name),
            Scene("merchant", self.owner, self.case, lambda one: not one.name.startswith("admin:")),
            Scene("at the visit", self.staff[Who.TECHNICIAN], self.there, _starting("field/")),
            Scene("registration", self.fresh.opened_by, self.fresh, _of_a_case),
            *(Scene(state.value, walk.owner, walk.case, _of_a_case) for state, walk in self.walks.items()),
            *(Scene(role.value, self.staff[role], self._case_of(role), _starting(*AT_WORK[role])) for role in AT_WORK),
        ]

    def _case_of(self, role: Who) -> Case:
        if role is Who.REVIEWER:
            return self.review
        return self.walks[State.INSTALLATION].case if role is Who.TECHNICIAN else self.case

    def _shop(self, number: int, kind: str = "enterprise") -> FullWalk:
        return FullWalk(Shop(number, kind, f"虚构市{number}号面馆有限公司", f"{number}号面馆", "刘满"), self.staff)

    def _begun(self, number: int, state: State) -> FullWalk:
        """At this state; what a merchant fills in there is filled in and not handed in."""
        walk = self._shop(number, "micro" if state in LATE else "enterprise")  # who has the fewest papers
        before, verb, marks = BEFORE.get(state, (state, "", {}))
        walk.to(before)
        for item, reason in marks.items():
            services.mark(walk.case.pk, item, reason, by=self.staff[Who.REVIEWER])
        if state is State.ACCEPTANCE:
            make.put(walk.now() and walk.case, state)
        if verb:
            walk.fire(verb, self.staff[Who.REVIEWER])
        if state in (State.IDENTITY, State.APPLICATION):
            walk.fire = lambda *args, **kwargs: None
            walk.steps()[state]()
        if state is State.IDENTITY:
            identity.save_promise(walk.case, False, by=walk.owner)
            identity.save_handler(walk.case, HANDLER, by=walk.owner)
        if state is State.INSTALLATION:
            walk.visit()
        walk.now()
        return walk

    def _at_the_visit(self) -> Case:
        walk = self._shop(21, "micro")
        walk.to(State.INSTALLATION)
        devices.check_in(walk.visit().pk, by=self.staff[Who.TECHNICIAN])
        return walk.case

    def pages(self, scene: Scene) -> Iterator[tuple[Address, str]]:
        whole, self.case = self.case, scene.case
        page = scene.case.documents.first() or whole.documents.first()
        person = Person.objects.filter(merchant=scene.case.merchant).first() or Person.objects.first()
        for address in addresses():
            if scene.takes(address) and not address.name.endswith(("_history", "jsi18n", "_delete", "logout")):
                url = address.url({**self.values(address), "document": page.pk, "owner": person.pk})
                yield address, url + ASKED_FOR.get(address.name, "")
        self.case = whole

    def pk(self, address: Address) -> int:
        """The visit of the case of the scene, and the rollout that has none yet."""
        visit = Visit.objects.filter(rollout__case=self.case).first()
        if address.route.startswith("field/visits/") and visit:
            return visit.pk
        if address.route.startswith("desk/dispatch/"):
            return Rollout.objects.order_by("-pk").first().pk
        return super().pk(address)

    def of(self, name: str) -> Scene:
        return next(one for one in self.scenes if one.name == name)

    @cached_property
    def forms(self) -> dict[str, tuple[Scene, str, Found]]:
        """One of every form: who sees it, on which page, and the form. Keyed by where it goes and its fields."""
        found: dict[str, tuple[Scene, str, Found]] = {}
        for scene in self.scenes:
            client = scene.client()
            for _address, url in self.pages(scene):
                for name, form in forms_of(client, url):
                    found.setdefault(key_of(name, form), (scene, url, form))
        return found


def key_of(name: str, form: Found) -> str:
    return f"{form.method} {name} {' '.join(sorted(form.kinds))}"


def _of_a_case(one: Address) -> bool:
    return one.route.startswith(("cases/", "phone/", "learn/"))


def _starting(*starts: str) -> Callable[[Address], bool]:
    def takes(one: Address) -> bool:
        in_table = TABLE.match(one.name) and "admin/" not in starts
        return one.route.startswith(starts) and not in_table

    return takes
