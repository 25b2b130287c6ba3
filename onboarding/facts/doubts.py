"""Finds what does not fit together: one query beside those of the step itself, two where something does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.utils import timezone

from onboarding import data
from onboarding.facts.application import drafted
from onboarding.facts.identity import people
from onboarding.facts.read import Read, all_values
from onboarding.formats import text, uscc
from onboarding.models import Application, Case, Merchant, MerchantType, Person, Standing
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.doubts import PAPER, PAPERS, ApplicationDoubts, Doubt, IdentityDoubts, step_of
from onboarding.screening import account, extracts, typed
from onboarding.screening.expiry import SOON
from onboarding.screening.extraction import type_of_licence
from portal.crypto import blind_index

RETURNED = ("identity_returned", "application_returned")  # only marked items are open: nothing else can be refused
PERSON_PAGES = {
    Person.Role.LEGAL_REPRESENTATIVE: "identity_person",
    Person.Role.HANDLER: "identity_handler",
    Person.Role.BENEFICIAL_OWNER: "identity_owners",
}
ALL_WHOLE = 1_000_000  # ppm


@gathers(IdentityDoubts)
def identity(facts: CaseFacts) -> IdentityDoubts:
    known = people(facts)
    case = _case(facts, known)
    found = [*_of_merchant(case.merchant), *_of_people(known), *_of_papers(case, known)]
    return IdentityDoubts(tuple(_judged(facts, found)))


@gathers(ApplicationDoubts)
def application(facts: CaseFacts) -> ApplicationDoubts:
    row = drafted(facts)
    if row.account is None and row.store is None:
        return ApplicationDoubts()
    known = people(facts)
    case = _case(facts, known)
    found = [*_of_account(row, case, known), *_of_trade(row, case)]
    return ApplicationDoubts(tuple(_judged(facts, found)))


def _case(facts: CaseFacts, known: list[Person]) -> Case:
    """A case that remembers what this page has asked already, with its merchant; saved by nobody."""
    merchant = known[0].merchant if known else Merchant.objects.get(pk=facts.merchant_id)
    case = Case(pk=facts.id, merchant=merchant)
    case.known = facts.known
    return case


def _judged(facts: CaseFacts, found: Iterable[Doubt]) -> Iterator[Doubt]:
    """Each once; those of which the merchant said, about the same answers, that they are right, stand."""
    known = list(found)
    said = facts.once("standings", lambda: dict(_standings(facts.id))) if known else {}
    told: set[str] = set()
    for one in known:
        if one.code not in told:
            told.add(one.code)
            refused = one.refused and facts.state not in RETURNED
            yield Doubt(one.code, one.index, refused, said.get(one.code) == one.index, one.page)


def _standings(case_id: int) -> list[tuple[str, str]]:
    return list(Standing.objects.filter(case=case_id).values_list("code", "index"))


def _doubt(code: str, *values: object, refused: bool = False, page: str = "") -> Doubt:
    return Doubt(code, blind_index("\x1f".join(map(str, values)), "standing"), refused, page=page)


def _of_merchant(merchant: Merchant) -> Iterator[Doubt]:
    if merchant.type == MerchantType.MICRO:
        return
    reading = uscc.read(merchant.uscc, merchant_type=merchant.type)
    if "merchant_type" in reading.codes:
        mixed_up = any(one.code == "merchant_type" for one in reading.errors)
        yield _doubt("uscc_type", merchant.uscc, merchant.type, refused=mixed_up)
    if not merchant.is_long_term:
        yield from _ending("licence", merchant.valid_until, merchant.valid_until)


def _ending(subject: str, until: date | None, *values: object, page: str = "") -> Iterator[Doubt]:
    left = (until - timezone.localdate()).days if until else SOON
    if left < 0:
        yield _doubt(f"{subject}_expired", *values, refused=True, page=page)
    elif left < SOON:
        yield _doubt(f"{subject}_soon", *values, page=page)


def _of_people(known: Collection[Person]) -> Iterator[Doubt]:
    responsible = next((one for one in known if one.role == Person.Role.LEGAL_REPRESENTATIVE), None)
    for one in known:
        if not one.id_long_term:
            yield from _ending(
                "id", one.id_valid_until, one.pk, one.id_valid_until, page=PERSON_PAGES[Person.Role(one.role)]
            )
        if one.role == Person.Role.HANDLER and responsible and one.id_number == responsible.id_number:
            yield _doubt("handler_same", one.pk, refused=True)
    if sum(one.share_ppm or 0 for one in known if one.role == Person.Role.BENEFICIAL_OWNER) > ALL_WHOLE:
        yield _doubt("owners_shares", refused=True)


def _of_papers(case: Case, known: list[Person]) -> Iterator[Doubt]:
    values = [one for one in all_values(case, placed=False) if not one.field.startswith(("settlement.", "owners."))]
    answers = typed.identity(case, known)
    yield from _differing(values, answers, "identity")
    if wrong := type_of_licence(case, values):
        yield _doubt("licence_type", case.merchant.type, wrong.value)


def _differing(values: list[Read], answers: dict[str, str], step: str) -> Iterator[Doubt]:
    for finding in (*extracts.differing(values, answers), *extracts.disagreeing(values)):
        field = finding["params"]["field"]
        prefix = PAPERS if finding["code"] == "papers_disagree" else PAPER
        if finding["code"] != "read_look_alike" and step_of(prefix + field) == step:
            read = sorted(one.value for one in values if one.field == field)
            yield _doubt(prefix + field, answers.get(field, ""), *read)


def _of_account(row: Application, case: Case, known: list[Person]) -> Iterator[Doubt]:
    if row.account is None:
        return
    responsible = next((one for one in known if one.role == Person.Role.LEGAL_REPRESENTATIVE), None)
    owner = account.owner_of(case, responsible, row.account.kind)
    if owner and not text.is_same(owner, row.account.holder):
        yield _doubt("account_name", owner, row.account.holder, refused=True)
    values = [one for one in all_values(case, placed=False) if one.field.startswith("settlement.")]
    yield from _differing(values, typed.application(row, responsible), "application")


def _of_trade(row: Application, case: Case) -> Iterator[Doubt]:
    mcc = row.store.mcc if row.store else ""
    words = next((line["words"].split() for line in data.rows("scope_words.csv") if line["mcc"] == mcc), [])
    scope = case.merchant.scope or next(
        (one.value for one in all_values(case, placed=False) if one.field == "merchant.scope"), ""
    )
    if words and scope and not any(word in scope for word in words):
        yield _doubt("trade_scope", mcc, scope)
