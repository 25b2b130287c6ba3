"""What a finding says to a reviewer. It is kept as a code with parameters; the sentence is made when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import DocumentKind, Person
from onboarding.rules import doubts, identity
from onboarding.screening.watch_words import BYS, WAYS
from onboarding.words import pick

SENTENCES: dict[str, Any] = {
    # formats
    "uscc_wrong": _("The credit code cannot be right (%(why)s)."),
    "uscc_doubtful": _("The credit code is unusual (%(why)s). Compare it with the licence."),
    "person_id_wrong": _("The number of an identity document cannot be right (%(why)s)."),
    "person_id_doubtful": _("The number of an identity document is unusual (%(why)s). Compare it with the document."),
    "age_unusual": _("The responsible person is %(age)s years old. Talk to them before you decide."),
    # expiry
    "licence_no_end": _("No end date of the licence was entered."),
    "licence_expired": _("The licence ended %(days)s days ago."),
    "licence_expires_soon": _("The licence ends in %(days)s days."),
    "person_id_no_end": _("No end date of an identity document was entered."),
    "person_id_expired": _("An identity document ended %(days)s days ago."),
    "person_id_expires_soon": _("An identity document ends in %(days)s days."),
    # duplicates
    "same_uscc": _("The same credit code stands in other cases: %(refs)s."),
    "same_id": _("The same person is named in other cases: %(refs)s."),
    "same_mobile": _("The same mobile number stands in other cases: %(refs)s."),
    "same_address": _("The same address stands in other cases: %(refs)s."),
    "same_device": _("Other cases were filled in on the same device: %(refs)s."),
    # owners
    "owners_missing": _("No beneficial owner is named, and no promise is given."),
    "owners_shares_exceed": _("The shares of the owners are more than 100 per cent together."),
    "owners_capital_too_large": _("The registered capital is too large for the promise of exemption."),
    "owners_capital_unknown": _("How large the registered capital is, is not known: look whether the promise holds."),
    "owners_promise_and_list": _("The promise of exemption was given, and owners are named as well."),
    "owners_share_small": _("Somebody with less than a quarter is named as owner."),
    "owners_by_control": _("Somebody without a share is named as owner: find out how they control the firm."),
    "owners_may_be_missing": _("%(percent)s per cent belong to nobody who is named: another owner may be missing."),
    # premises
    "premises_unknown": _("No place of the shop was entered."),
    "premises_no_photo": _("There is no photograph of the shop."),
    "premises_district_closed": _("The district of the shop does not exist any more."),
    "premises_no_house": _("The address of the shop names no house."),
    "premises_same_photo": _("The same photograph was handed in twice: %(kind)s."),
    "premises_old_photo": _("The photograph was taken %(days)s days ago: %(kind)s."),
    "premises_future_photo": _("The date of the photograph has not come yet: %(kind)s."),
    "premises_edited_photo": _("The photograph went through a program that edits pictures: %(kind)s."),
    # places
    "photos_far_apart": _("Photographs of the shop were taken %(km)s km apart: %(kind)s and %(other_kind)s."),
    "photo_elsewhere": _("A photograph of the shop was taken outside the province of its address: %(kind)s."),
    # registry_entry
    "registry_no_answer": _("The register gave no answer. Look the business up yourself."),
    "registry_not_found": _("The register does not know this credit code."),
    "registry_not_active": _("The register says that the business is not in operation: %(status)s."),
    "registry_other_name": _("The register has another name for this credit code."),
    "registry_other_representative": _("The register names another legal representative."),
    "registry_capital_too_large": _("The registered capital is too large for the promise of exemption."),
    # person
    "person_nobody": _("Nobody is named whose identity could be checked."),
    "person_mismatch": _("Name and number do not belong together: %(role)s."),
    "person_no_answer": _("The authority gave no answer about a person: %(role)s. Run the check again."),
    # risk_list
    "listed": _("On the risk list: %(subject)s. Do not tell the merchant."),
    "list_no_answer": _("The risk list gave no answer about: %(subject)s. Run the check again."),
    # watch_list
    "watch_number": _("On a watch-list by number: %(subject)s. Do not tell the merchant."),
    "watch_name": _("Perhaps on a watch-list: %(subject)s, %(way)s%(by)s. Say who it is. Do not tell the merchant."),
    "watch_confirmed": _("Confirmed to be on a watch-list: %(subject)s. Do not tell the merchant."),
    # photo
    "picture_elsewhere": _("This picture was handed in by another merchant too: %(kind)s, in %(refs)s."),
    "picture_alike": _("Another merchant handed in the same picture, changed a little: %(kind)s, in %(refs)s."),
    "pictures_waiting": _("Older pictures are being prepared for the comparison: run this check again later."),
    # extraction, account_paper
    "no_papers": _("There is no paper to compare the answers with."),
    "not_examined": _("The machine could not look at this paper: %(kind)s. Compare it yourself."),
    "not_read": _("Could not be read on the paper %(kind)s: %(field)s. Compare it yourself."),
    "read_differs": _("The paper says something else than was typed: %(field)s."),
    "read_look_alike": _("Typed and read differ in a character that looks like another: %(field)s."),
    "read_other_number": _("Another number stands on the paper: %(field)s."),
    "papers_disagree": _("Two papers disagree: %(field)s."),
    "type_differs": _("The licence speaks of another type of business."),
    "owner_paper_other": _("A paper of a beneficial owner belongs to nobody on the list."),
    # quality
    "photo_doubtful": _("A photograph is doubtful (%(why)s): %(kind)s."),
    "photo_kept": _("The merchant kept a doubtful photograph (%(why)s): %(kind)s."),
    "photo_not_examined": _("The machine could not judge this photograph: %(kind)s."),
    # confirmed
    "merchant_confirmed": _("The merchant was told this, and says that it is right as it is: %(doubt)s"),
    # category
    "unknown_trade": _("No store with a known category was entered."),
    "prohibited_trade": _("We do not take this category: %(mcc)s."),
    "needs_licence": _("This category needs a business licence: %(mcc)s."),
    "permit_missing": _("A permit for this trade was not handed in."),
    "high_risk_trade": _("This category carries a high risk: %(mcc)s."),
    "cash_like": _("This category deals in things that are as good as money: %(mcc)s."),
    "out_of_region": _("The institution does not work in the region of the store."),
    # account
    "no_account": _("No settlement account was entered."),
    "account_kind": _("This kind of account does not fit the type of merchant."),
    "account_name": _("The account is not in the merchant's own name."),
    "account_owner_unknown": _("Nobody is named in whose name the account could be."),
    "account_shared": _("Other merchants settle to the same account."),
    "bank_unknown": _("The bank of the account is not known."),
    "bank_differs": _("The branch number belongs to another bank."),
    # small_sum
    "small_sum_not_sent": _("No small sum was sent to the account."),
    "small_sum_sent_back": _("The small sum came back."),
    "small_sum_used_up": _("The merchant told a wrong sum too often."),
    "small_sum_expired": _("The small sum was not confirmed in time."),
    "small_sum_not_told": _("The merchant has not said how much arrived."),
    # turnover
    "turnover_missing": _("The expected takings are missing."),
    "turnover_high": _("The expected takings of a month are unusually high for this type of merchant."),
    "amount_high": _("The largest single amount is unusually high for this type of merchant."),
    "amount_above_month": _("The largest single amount is more than the takings of a month."),
    "terminals_many": _("Many terminals for these takings: %(terminals)s."),
}
# The codes of onboarding.formats, as far as a reviewer meets them.
WHY: dict[str, Any] = {
    "empty": _("nothing was entered"),
    "length": _("wrong length"),
    "characters": _("wrong characters"),
    "shape": _("wrong shape"),
    "type": _("impossible beginning"),
    "rare_type": _("rare beginning"),
    "merchant_type": _("belongs to another type of merchant"),
    "region": _("no such region"),
    "rare_region": _("unknown region"),
    "region_not_then": _("region had another code in the year of birth"),
    "check": _("check character"),
    "organisation_check": _("check character of the organisation code"),
    "birth": _("impossible birth date"),
    "old_number": _("old number"),
    "other_kind": _("belongs to another kind of document"),
    "letters": _("letters in it"),
    "personal_card": _("looks like a personal card"),
    "impossible": _("impossible number"),
}
# Why something in common may be in order: told behind the finding.
LAWFUL: dict[str, Any] = {
    "same_person": _("The merchants have a person in common."),
    "same_firm": _("It is the same business."),
    "same_agency": _("The same agency brought them in."),
    "same_place": _("They are in the same building."),
    "earlier_case": _("The other case has ended."),
    "agent_device": _("It is the device of an agent or of our staff."),
}
OF_NUMBER = _("The account number is unusual (%(why)s).")
GENERAL = _("Look at this: %(code)s.")
FIELDS: dict[str, Any] = {
    **identity.FIELDS,
    "merchant.legal_representative": _("Legal representative"),
    "handler.name": _("Name of the handler"),
    "handler.id_number": _("Number of the handler’s document"),
    "handler.id_valid_until": _("Handler’s document valid until"),
    "owners.id_number": _("Number of a beneficial owner’s document"),
    "settlement.holder": _("Account name"),
    "settlement.number": _("Account or card number"),
    "settlement.legal_representative": _("Legal representative"),
}
SUBJECTS: dict[str, Any] = {"company": _("the business"), **dict(Person.Role.choices)}


def sentence(finding: Mapping[str, Any], kinds: Mapping[str, DocumentKind] | None = None) -> str:
    """The finding in the reader's language; a code without words is shown as it is. `kinds` saves a query for each."""
    code = str(finding.get("code", ""))
    params = {name: _told(name, value, kinds) for name, value in (finding.get("params") or {}).items()}
    if code.startswith("number_"):
        return str(OF_NUMBER) % {"why": _told("why", code.removeprefix("number_"))}
    try:
        said = str(SENTENCES[code]) % params
    except KeyError:
        return str(GENERAL) % {"code": code}
    return " ".join([said, *_lawful(finding)])


def _lawful(finding: Mapping[str, Any]) -> list[str]:
    """The reasons why it may be in order, as sentences."""
    known = (finding.get("params") or {}).get("lawful") or ()
    return [str(LAWFUL[one]) for one in known if one in LAWFUL]


def _told(name: str, value: Any, kinds: Mapping[str, DocumentKind] | None = None) -> Any:
    """Parameters that are names of things, in words."""
    if name == "why":
        return WHY.get(str(value), value)
    if name in ("role", "subject"):
        return SUBJECTS.get(str(value).partition(":")[0], value)
    if name == "way":
        return WAYS.get(str(value), value)
    if name == "by":
        return f" ({BYS[str(value)]})" if value in BYS else ""
    if name == "doubt":
        return doubts.sentence_of(str(value))
    if name == "field":
        return _field(str(value))
    if name in ("kind", "other_kind"):
        kind = DocumentKind.objects.filter(code=value).first() if kinds is None else kinds.get(value)
        return pick(kind, "name") if kind else value
    return value


def _field(name: str) -> Any:
    return FIELDS.get(name, name)
