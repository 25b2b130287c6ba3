"""Carries one made-up merchant through the steps, by the same services that people's pages call.

`Walk(...).to("delivery")` stops when the case is in that state. The demonstration and tests of journeys use it.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable
from unittest import mock

from django.utils import timezone

from desk.demo import numbers, papers, reading
from desk.demo.people import owner
from onboarding import services
from onboarding.application import agreement as agreements
from onboarding.application import codes, signing
from onboarding.application.services import keep
from onboarding.documents import intake
from onboarding.facts import application as application_facts
from onboarding.facts import identity as identity_facts
from onboarding.facts.papers import asked
from onboarding.flow import State
from onboarding.identity import services as identity
from onboarding.models import Bank, Case, DocumentKind, FeePlan, Merchant, Notice, Person, Step, User
from onboarding.registration import services as registration
from onboarding.rules import Who
from onboarding.screening import lookalikes
from onboarding.services import conditions
from onboarding.tasks import screening
from portal.gateways import simulator

PROMISED = datetime.timedelta(days=21)  # how long a merchant has to keep a promise
Staff = dict[Who, User]


@dataclasses.dataclass
class Shop:
    """Who the merchant is. `number` makes all its numbers; `mcc` and district must exist in the reference tables."""

    number: int
    type: str
    name: str
    sign: str
    person: str
    mcc: str = "5812"
    district: tuple[str, str] = ("310115", "上海市 浦东新区")
    street: str = "样例路 18 号 1 层"
    email: str = ""
    scope: str = "餐饮服务；食品销售"
    trade: str = "food"  # what the drawn shop sells, and which permit it holds
    tenure: str = "owned"
    permit: bool = False  # declares a permit that its trade may need
    founded: datetime.date = datetime.date(2024, 3, 18)
    plan: str = ""  # code of a fee plan; "" takes the first that fits
    store: int = 1  # the second store of the same merchant is a case of its own
    registered: dict[str, str] = dataclasses.field(default_factory=dict)  # what the register says otherwise

    @property
    def address(self) -> str:
        return f"{self.district[1].replace(' ', '')}{self.street}"

    @property
    def shown(self) -> str:
        """The name of this store."""
        return self.sign if self.store == 1 else f"{self.sign}（{self.store} 店）"

    @property
    def personal(self) -> bool:
        """Settles to a card of the owner."""
        return self.type in ("sole_trader", "micro")

    @property
    def account(self) -> str:
        return numbers.card(self.number) if self.personal else f"31050100{self.number:08d}"

    def about(self) -> papers.About:
        """What stands on its papers."""
        number, code = numbers.resident_id(self.number), numbers.credit_code(self.number, self.type)
        return papers.About(
            self.number, self.type, self.name, self.shown, self.person, number, self.address,
            uscc=code, scope=self.scope, founded=self.founded, trade=self.trade, account=self.account,
        )  # fmt: skip


class Walk:
    """One case on its way. Each method is a step; `to` calls them in order until the state is reached."""

    promises: tuple[str, ...] = ()  # kinds of conditions that the application is approved on

    def __init__(self, shop: Shop, staff: Staff, opener: User | None = None) -> None:
        """`opener`: the colleague who opened the case for the merchant."""
        self.shop, self.staff = shop, staff
        self.owner = owner(shop.number, shop.person, shop.email)
        self.case = self._opened(opener)

    def _opened(self, opener: User | None) -> Case:
        merchant = Merchant.objects.filter(memberships__user=self.owner).first()
        if merchant and self.shop.store > 1:
            return services.open_case(merchant, by=self.owner)
        if opener is None:
            return registration.begin(self.owner)
        named = {"contact_name": self.owner.name, "contact_mobile": self.owner.mobile}
        brought = Merchant.objects.create(type=self.shop.type, short_name=self.shop.sign, **named)
        channel = Case.Channel.AGENT if opener.partner else Case.Channel.PHONE
        case = services.open_case(brought, by=opener, channel=channel, partner=opener.partner)
        services.add_member(brought, self.owner)
        return case

    def to(self, state: str, between: Callable[[], None] = lambda: None) -> Case:
        """Walk on until the case is in `state`; raises RuntimeError when no step leads on from where it is.

        `between` is called after every step.
        """
        while self.now() != state:
            step = self.steps().get(self.case.state)
            if step is None:
                raise RuntimeError(f"the walk ended at {self.case.state}, not at {state}")
            step()
            between()
        return self.case

    def steps(self) -> dict[str, Callable[[], None]]:
        """State -> what is done there."""
        return {
            State.REGISTRATION: self.register,
            State.IDENTITY: self.identify,
            State.IDENTITY_SCREENING: self.check,
            State.IDENTITY_REVIEW: self.approve,
            State.IDENTITY_SECOND_REVIEW: self.confirm,
            State.APPLICATION: self.apply,
            State.APPLICATION_SCREENING: self.check,
            State.APPLICATION_REVIEW: self.approve,
            State.APPLICATION_SECOND_REVIEW: self.confirm,
            State.SIGNING: self.sign,
        }

    def now(self) -> str:
        self.case = Case.objects.select_related("merchant").get(pk=self.case.pk)
        return str(self.case.state)

    def fire(self, verb: str, by: User, note: str = "") -> None:
        services.advance(self.case.pk, verb, by=by, note=note)

    # 1 registration
    def register(self) -> None:
        entered = {"type": self.shop.type, "contact_name": self.shop.person, "contact_email": self.owner.email}
        registration.save_registration(
            self.case, self.owner, {**entered, "privacy": True, "identity": True}, address=None
        )
        self.fire("complete_registration", self.owner)

    # 2 identity
    def identify(self) -> None:
        self.now()
        self._teach()
        identity.save_business(self.case, self._business(), by=self.owner)
        identity.save_person(self.case, self._person(), by=self.owner)
        if self.shop.type != "micro":
            identity.save_handler(self.case, {"who": "self"}, by=self.owner)
        if self.shop.type in ("enterprise", "institution", "social_org"):
            identity.save_promise(self.case, True, by=self.owner)
        people = list(Person.objects.filter(merchant=self.case.merchant))
        self.now()
        self._hand_in(Step.IDENTITY, identity_facts.conditions(self.case.merchant, people))
        self._submit(Step.IDENTITY)

    def _teach(self) -> None:
        """The simulated registry knows only companies that it was told of."""
        code = numbers.credit_code(self.shop.number, self.shop.type)
        if code:
            record = {"name": self.shop.name, "legal_representative": self.shop.person, "address": self.shop.address}
            simulator.teach(
                "registry", code, {**record, "scope": self.shop.scope, "status": "存续", **self.shop.registered}
            )

    def _business(self) -> dict[str, object]:
        code = numbers.credit_code(self.shop.number, self.shop.type)
        values: dict[str, object] = {"registered_address": self.shop.address, "short_name": self.shop.sign}
        values["scope"] = self.shop.scope
        if not code:
            return values
        founded = {"established_on": self.shop.founded, "is_long_term": True, "valid_until": None}
        return {**values, **founded, "name": self.shop.name, "uscc": code}

    def _person(self) -> dict[str, object]:
        return {
            "name": self.shop.person,
            "id_type": Person.IdType.RESIDENT_ID,
            "id_number": numbers.resident_id(self.shop.number),
            "id_valid_from": datetime.date(2016, 5, 1),
            "id_valid_until": None,
            "id_long_term": True,
            "mobile": self.owner.mobile,
        }

    def _submit(self, step: Step) -> None:
        """As a merchant does who was asked about something unusual and knows that it is right."""
        for doubt in services.doubts(self.case, step):
            if not doubt.refused:
                services.stand(self.case.pk, doubt.code, by=self.owner)
        self.fire(f"submit_{step}", self.owner)

    def _hand_in(self, step: str, held: frozenset[str]) -> None:
        for kind, _level in asked(self.shop.type, step, held):
            for part in range(max(kind.min_pages, 1)):
                self._photograph(kind, part, step)

    def _photograph(self, kind: DocumentKind, part: int, step: str) -> None:
        seed = self.shop.number * 10_000 + self.shop.store * 4_000 + sum(kind.code.encode()) + part
        drawn = papers.draw(kind.code, self.shop.about(), seed, title=kind.name_zh, part=part)
        taken = intake.take(self.case, kind, papers.upload(f"{kind.code}.jpg", drawn), by=self.owner, step=step)
        reading.examine(taken, drawn)

    def check(self) -> None:
        """The machine checks, at once instead of by the worker.

        Pictures are not laid over each other: each of these was drawn for its own merchant, and it would take minutes.
        """
        with mock.patch.object(lookalikes, "COMPARED", 0):
            screening.screen()

    def approve(self) -> None:
        """One reviewer at low risk; above, a second one confirms. What the merchant promised belongs to it."""
        if self._step() == Step.APPLICATION:
            for kind in self.promises:
                due = timezone.localdate() + PROMISED
                conditions.propose(self.case.pk, kind, due, by=self.staff[Who.REVIEWER])
        opinion = "approve" if self.case.risk_tier == Case.Tier.LOW else "recommend"
        self.fire(f"{opinion}_{self._step()}", self.staff[Who.REVIEWER])

    def confirm(self) -> None:
        self.fire(f"confirm_{self._step()}", self.staff[Who.SENIOR_REVIEWER])

    def _step(self) -> Step:
        return Step.APPLICATION if self.now().startswith("application") else Step.IDENTITY

    # 3 application
    def apply(self) -> None:
        for name, values in self._answers().items():
            keep(self.case.pk, name, values, by=self.owner)
        self.now()
        row = application_facts.drafted(self.case)
        held = application_facts.conditions(self.case, row, application_facts.category_of(row))
        self._hand_in(Step.APPLICATION, held)
        self._submit(Step.APPLICATION)

    def _answers(self) -> dict[str, dict[str, object]]:
        code, name = self.shop.district
        hours = {"opens_at": datetime.time(9), "closes_at": datetime.time(22)}
        return {
            "store.name": {"name": self.shop.shown, "premises": "fixed", "tenure": self.shop.tenure, **hours},
            "store.mcc": {"mcc": self.shop.mcc, "permit_declared": self.shop.permit},
            "store.address": {"division_code": code, "division_name": name, "address": self.shop.street},
            "application.turnover": {"monthly": 8_000_000, "largest": 200_000, "terminals": 1},
            "settlement.account": self._account(),
            "application.plan": {"plan": self._plan(), "cycle": "T1"},
        }

    def _account(self) -> dict[str, object]:
        personal = self.shop.personal
        bank = Bank.objects.get(name_zh="中国建设银行")
        return {
            "kind": "personal" if personal else "unit",
            "holder": self.shop.person if personal else self.shop.name,
            "number": self.shop.account,
            "bank": bank.head_cnaps,
            "bank_class": bank.cnaps_class,
            "cnaps": "",
            "is_basic": True,
        }

    def _plan(self) -> FeePlan:
        plans = FeePlan.objects.filter(status=FeePlan.Status.PUBLISHED).order_by("code")
        fitting = [plan for plan in plans if self.shop.type in plan.for_types and "standard" in plan.for_classes]
        return next((plan for plan in fitting if plan.code == self.shop.plan), fitting[0])

    def sign(self) -> None:
        """The legal representative signs with the code that the SMS brought."""
        offer = agreements.offer(self.case.pk)
        signer = Person.objects.get(merchant=self.case.merchant, role=Person.Role.LEGAL_REPRESENTATIVE)
        sent = codes.send(offer, signer.mobile or "", by=self.owner)
        digits = json.loads(Notice.objects.get(key=f"signing_code:{sent.pk}").context)["code"]
        code, problem = codes.check(offer, digits)
        if code is None:
            raise RuntimeError(str(problem))
        given = signing.Signature(signer.name, None, marketing=False, address=None)
        signing.sign(self.case, offer, code, signer, given, by=self.owner)


__all__ = ["Shop", "State", "Walk"]
