"""Generated cases: honest ones of every merchant type, and one function per planted fault.

`honest(number, type)` is what a merchant would tell, as plain values. A fault changes these values, or what the world
knows (registers, lists, other merchants). `Handed(draft)` writes the rows and lets the machine checks run for real.
"""

import dataclasses
import datetime
import hashlib
import io
import json
import random

from django.utils import timezone
from PIL import Image, ImageDraw

from onboarding import screening, tasks
from onboarding.documents import intake
from onboarding.formats import iso7064, uscc
from onboarding.models import (
    Application,
    Bank,
    Case,
    Check,
    Document,
    DocumentKind,
    Examination,
    Merchant,
    SettlementAccount,
    Store,
)
from portal.gateways.simulator import teach
from tests import make
from tests.onboarding.documents import samples
from tests.watching import line

TYPES = ("enterprise", "sole_trader", "micro", "institution", "government", "social_org")
FIRST = {"enterprise": "91", "sole_trader": "92", "institution": "12", "government": "11", "social_org": "51"}
LICENCES = {
    "enterprise": "business_licence", "sole_trader": "business_licence", "institution": "registration_certificate",
    "government": "registration_certificate", "social_org": "registration_certificate",
}  # fmt: skip
VALID_UNTIL = datetime.date(2040, 1, 1)
WHOLE = (0, 0, 1, 1)
PERSONAL = ("sole_trader", "micro")
SIGNS = "晨曦岚柏棠溪澜枫竹荷芸莘蓉墨砚书笙箫琴瑟"
WORDS = "清河明远长宁广益同泰和丰瑞祥永安德昌"
PAPER, SHOP = "id_portrait", "shopfront"
SIZE = (1280, 960)  # as small as a phone would ever send them


def picture(number: int) -> Image.Image:
    """A photograph unlike any other: twelve coarse fields with things in front."""
    chance = random.Random(number)
    coarse = Image.new("L", (9, 8))
    coarse.putdata([chance.randrange(256) for _point in range(72)])
    image = coarse.resize(SIZE, Image.Resampling.BICUBIC).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _thing in range(14):
        x, y = chance.randrange(SIZE[0] - 240), chance.randrange(SIZE[1] - 200)
        colour = tuple(chance.randrange(256) for _channel in range(3))
        draw.rectangle([x, y, x + chance.randrange(48, 240), y + chance.randrange(48, 200)], fill=colour)
    return image


def jpeg(image: Image.Image, quality: int = 88) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def resident_id(number: int) -> str:
    """Somebody born between 1975 and 1994."""
    body = f"310101{1975 + number % 20}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    return body + iso7064.check_11_2(body)


def credit_code(number: int, merchant_type: str) -> str:
    organisation = f"MAC{number:05d}"
    body = f"{FIRST[merchant_type]}310115{organisation}{uscc.organisation_check(organisation)}"
    return body + uscc.check_character(body)


def card(number: int) -> str:
    body = f"62170012345{number:07d}"
    return next(body + str(last) for last in range(10) if iso7064.luhn_holds(body + str(last)))


def person_name(number: int) -> str:
    return "赵钱孙李周吴郑王"[number % 8] + SIGNS[number % 20] + SIGNS[number // 20 % 20]


def company_name(number: int) -> str:
    start = WORDS[number % 18] + WORDS[number // 18 % 18] + SIGNS[number % 20]
    return f"虚构市{start}文具有限公司"


@dataclasses.dataclass
class Draft:
    """One merchant as it tells of itself."""

    number: int
    merchant: dict
    person: dict
    store: dict
    account: dict
    application: dict
    papers: dict[str, bytes]
    shown: dict[str, str]  # what stands on the papers, whatever is typed
    permit: bool = False

    @property
    def type(self) -> str:
        return self.merchant["type"]


def honest(number: int, merchant_type: str) -> Draft:
    name = "" if merchant_type == "micro" else company_name(number)
    who, personal = person_name(number), merchant_type in PERSONAL
    phone = f"+86137{number:08d}"
    founded = None if merchant_type == "micro" else datetime.date(2015 + number % 8, number % 12 + 1, 3)
    bank = Bank.objects.get(name_zh="中国建设银行")
    code = "" if merchant_type == "micro" else credit_code(number, merchant_type)
    account_number = card(number) if personal else f"31050200{number:08d}"
    return Draft(
        number,
        shown={
            "uscc": code, "name": name, "legal_representative": who, "person": who, "number": resident_id(number),
            "valid_until": VALID_UNTIL.isoformat(), "account_name": who if personal else name,
            "account_number": account_number,
        },
        merchant={
            "type": merchant_type, "name": name, "short_name": f"{SIGNS[number % 20]}记文具", "uscc": code,
            "established_on": founded, "is_long_term": True, "contact_name": who, "contact_mobile": phone,
            "registered_address": f"虚构市听雨区第{number}弄 {number % 90 + 1} 号", "scope": "文具用品零售",
        },
        person={"name": who, "id_number": resident_id(number), "mobile": phone},
        store={
            "name": f"{SIGNS[number % 20]}记文具", "mcc": "5943", "division_code": "310115",
            "division_name": "上海市 浦东新区", "address": f"样例路 {number} 号",
        },
        account={
            "kind": "personal" if personal else "unit", "holder": who if personal else name, "bank": bank.pk,
            "number": account_number,
            "proof_sent_at": timezone.now(), "proved_at": timezone.now(),
        },
        application={"monthly_turnover_fen": 2_000_000, "largest_amount_fen": 100_000},
        papers={PAPER: jpeg(picture(number * 2)), SHOP: jpeg(picture(number * 2 + 1))},
    )  # fmt: skip


class Handed:
    """A case from submission to what the machine may decide: at the identity step, then at the application."""

    def __init__(self, draft: Draft, owner) -> None:
        self.draft = draft
        self.merchant = Merchant.objects.create(beneficial_owner_exempt=True, **draft.merchant)
        self.case = make.case("identity", by=owner, of=self.merchant)
        self._known()
        valid = {"id_valid_from": datetime.date(2020, 1, 1), "id_valid_until": VALID_UNTIL}
        make.person(self.merchant, **{**valid, **draft.person})
        self._paper(PAPER, "identity", owner, name="person", number="number")
        self._scan("id_emblem", owner, valid_until="valid_until")
        if licence := LICENCES.get(draft.type):
            self._scan(licence, owner, uscc="uscc", name="name", legal_representative="legal_representative")
        self._screen("identity")
        if self.state == "application":
            self._apply(owner)

    @property
    def state(self) -> str:
        return Case.objects.get(pk=self.case.pk).state

    def _known(self) -> None:
        """Honest businesses stand in the register as they say."""
        if self.merchant.uscc and not getattr(self.draft, "unknown", False):
            told = {"name": self.merchant.name, "status": "存续", "legal_representative": self.draft.person["name"]}
            teach("registry", self.merchant.uscc, {**told, **getattr(self.draft, "registered", {})})

    def _paper(self, kind: str, step: str, owner, **read: str) -> None:
        """A photograph, taken in as every upload is, and read: `read` is the reader's field -> the draft's."""
        if kind in self.draft.papers:
            upload = samples.upload(self.draft.papers[kind], f"{kind}.jpg")
            case = Case.objects.select_related("merchant").get(pk=self.case.pk)
            self._read(intake.take(case, DocumentKind.objects.get(pk=kind), upload, by=owner, step=step), read)

    def _scan(self, kind: str, owner, **read: str) -> None:
        """A paper of which only the words matter here: it has no picture."""
        digest = hashlib.sha256(f"{self.case.pk}{kind}".encode()).hexdigest()
        about = {"media_type": "image/jpeg", "size": 1, "original_name": f"{kind}.jpg", "uploaded_by": owner}
        self._read(Document.objects.create(case=self.case, kind=kind, sha256=digest, **about), read)

    def _read(self, document: Document, read: dict[str, str]) -> None:
        """What the recogniser gives on a good photograph; how well it reads is measured by bench/reading.py."""
        values = [
            {
                "field": field,
                "value": self.draft.shown[name],
                "page": 1,
                "box": (0, 0, 1, 1),
                "sure": 1,
                "mended": False,
            }
            for field, name in read.items()
        ]
        done = {"result": Examination.Result.DONE, "sealed": json.dumps(values), "done_at": timezone.now()}
        Examination.objects.update_or_create(document=document, defaults=done)

    def _screen(self, step: str) -> None:
        tasks.marks()
        case = Case.objects.get(pk=self.case.pk)
        make.put(case, f"{step}_screening")
        screening.plan(case, step)
        while Check.objects.filter(case=case, result="due", stale=False).exists():
            tasks.screen()
            long_ago = timezone.now() - datetime.timedelta(hours=1)
            Check.objects.filter(case=case, result="due").update(due_at=long_ago)

    def _apply(self, owner) -> None:
        self._paper(SHOP, "application", owner)
        field = "number" if self.draft.account["kind"] == "personal" else "account_number"
        kind = "bank_card" if field == "number" else "basic_account_proof"
        self._scan(kind, owner, **{field: "account_number"})
        if self.draft.permit:
            self._paper("special_permit", "application", owner)
        store = Store.objects.create(merchant=self.merchant, **self.draft.store)
        account = SettlementAccount.objects.create(merchant=self.merchant, **self.draft.account)
        Application.objects.create(case=self.case, store=store, account=account, **self.draft.application)
        self._screen("application")

    @property
    def passed_alone(self) -> bool:
        """The machine decided both steps."""
        return self.state not in ("identity_review", "application_review")

    def found(self) -> dict[str, str]:
        """Check -> its result, where it did not pass."""
        rows = Check.objects.filter(case=self.case, stale=False).exclude(result="passed")
        return dict(rows.values_list("name", "result"))


# Faults: one function each. `victim` is an honest merchant that is with us already.
FAULTS = []


def fault(*types: str):
    """Enrol a planted fault for these merchant types (all of them without any)."""

    def enrol(plant):
        FAULTS.append((plant, types or TYPES))
        return plant

    return enrol


@fault()
def card_expired(draft: Draft, victim: Draft) -> None:
    draft.person["id_valid_until"] = timezone.localdate() - datetime.timedelta(days=1 + draft.number % 400)


@fault("enterprise", "sole_trader", "institution")
def licence_expired(draft: Draft, victim: Draft) -> None:
    ended = timezone.localdate() - datetime.timedelta(days=1 + draft.number % 400)
    draft.merchant.update(is_long_term=False, valid_until=ended)


@fault()
def card_number_altered(draft: Draft, victim: Draft) -> None:
    number, place = draft.person["id_number"], 6 + draft.number % 11
    changed = str((int(number[place]) + 1 + draft.number % 8) % 10)
    draft.person["id_number"] = number[:place] + changed + number[place + 1 :]


@fault("enterprise", "sole_trader", "institution", "social_org")
def credit_code_altered(draft: Draft, victim: Draft) -> None:
    code, place = draft.merchant["uscc"], 11 + draft.number % 5
    changed = str((int(code[place]) + 1 + draft.number % 8) % 10)
    draft.merchant["uscc"] = code[:place] + changed + code[place + 1 :]
    draft.unknown = True


@fault()
def card_of_another_person(draft: Draft, victim: Draft) -> None:
    """A real number with a wrong name: the authority knows whose it is."""
    draft.person["id_number"] = resident_id(draft.number + 5_000)
    teach("person", draft.person["id_number"], {"name": "另有其人"})


@fault()
def photo_borrowed(draft: Draft, victim: Draft) -> None:
    draft.papers[PAPER] = victim.papers[PAPER]


@fault()
def photo_saved_anew(draft: Draft, victim: Draft) -> None:
    image = Image.open(io.BytesIO(victim.papers[PAPER]))
    draft.papers[PAPER] = jpeg(image, quality=45 + draft.number % 40)


@fault()
def photo_cropped(draft: Draft, victim: Draft) -> None:
    """Up to 5 % off each side, and saved anew."""
    image, share = Image.open(io.BytesIO(victim.papers[PAPER])), (1 + draft.number % 5) / 100
    width, height = image.size
    box = (int(width * share), int(height * share), int(width * (1 - share)), int(height * (1 - share)))
    draft.papers[PAPER] = jpeg(image.crop(box), quality=75)


@fault()
def shop_photo_borrowed(draft: Draft, victim: Draft) -> None:
    draft.papers[SHOP] = victim.papers[SHOP]


@fault()
def listed_by_number(draft: Draft, victim: Draft) -> None:
    draft.listed = line(number=f"N-{draft.number}", name="另有其名", identifiers=draft.person["id_number"])


@fault()
def listed_one_sign_changed(draft: Draft, victim: Draft) -> None:
    """The list has the name with its last sign changed. A family name of its own: no honest merchant is like it."""
    name = "欧阳" + draft.person["name"][1:]
    draft.person["name"] = draft.merchant["contact_name"] = name
    draft.shown.update(person=name, legal_representative=name)
    if draft.type in PERSONAL:
        draft.account["holder"] = draft.shown["account_name"] = name
    draft.listed = line(number=f"S-{draft.number}", name=name[:-1] + "犇")


@fault("enterprise", "sole_trader", "institution", "government", "social_org")
def business_on_the_risk_list(draft: Draft, victim: Draft) -> None:
    teach("risk_list", draft.merchant["uscc"], {"result": "listed", "reason_code": "R1"})


@fault()
def account_of_somebody_else(draft: Draft, victim: Draft) -> None:
    draft.account["holder"] = "别人" if draft.type in PERSONAL else "虚构市别家商贸有限公司"


@fault("enterprise", "institution", "government", "social_org")
def company_takes_by_a_private_card(draft: Draft, victim: Draft) -> None:
    draft.account.update(kind="personal", holder=draft.person["name"], number=card(draft.number))


@fault()
def account_not_proved(draft: Draft, victim: Draft) -> None:
    draft.account["proved_at"] = None


@fault("enterprise", "sole_trader", "institution", "social_org")
def known_merchant_renamed(draft: Draft, victim: Draft) -> None:
    """Somebody who is with us comes again under another name."""
    if draft.type == victim.type:
        draft.merchant["uscc"] = victim.merchant["uscc"]
    draft.person.update(name=victim.person["name"], id_number=victim.person["id_number"])


@fault("enterprise", "sole_trader", "institution", "government", "social_org")
def type_against_code(draft: Draft, victim: Draft) -> None:
    draft.merchant["uscc"] = credit_code(draft.number, "enterprise" if draft.type != "enterprise" else "social_org")


@fault()
def permit_missing(draft: Draft, victim: Draft) -> None:
    draft.store["mcc"] = "5812"


@fault()
def trade_not_taken(draft: Draft, victim: Draft) -> None:
    draft.store["mcc"] = "7995"


@fault("enterprise", "sole_trader")
def not_in_operation(draft: Draft, victim: Draft) -> None:
    draft.registered = {"status": "注销"}


@fault("enterprise", "sole_trader")
def not_in_the_register(draft: Draft, victim: Draft) -> None:
    draft.unknown = True


@fault()
def takings_out_of_proportion(draft: Draft, victim: Draft) -> None:
    draft.application.update(monthly_turnover_fen=9_000_000_000, largest_amount_fen=1_000_000_000)
