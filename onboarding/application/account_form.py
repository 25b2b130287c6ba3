"""The settlement account: of a kind that fits the business, in the same name, with a number that can exist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.application.fields import PlainText
from onboarding.application.forms import CHOOSE, Page
from onboarding.application.services import Draft
from onboarding.documents.prefill import Wanted
from onboarding.formats import bank_account, bank_card, cnaps, text
from onboarding.models import Bank, SettlementAccount
from onboarding.rules.application import account_kinds
from onboarding.words import pick

UNIT = SettlementAccount.Kind.UNIT


class AccountForm(Page):
    name = "settlement.account"
    kind = forms.ChoiceField(label=_("What kind of account is it?"), widget=forms.RadioSelect, error_messages=CHOOSE)
    holder = PlainText(
        label=_("Account name"),
        longest=200,
        error_messages={"required": _("Enter the account name as the bank has it")},
    )
    bank = forms.ChoiceField(label=_("Bank"), error_messages=CHOOSE)
    number = forms.CharField(
        label=_("Account or card number"),
        error_messages={"required": _("Enter the number of the account or card")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num", "maxlength": "60"}
        ),
    )
    cnaps = forms.CharField(
        label=_("Number of the branch (CNAPS)"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "maxlength": "30"}),
        help_text=_("12 digits, if you have it. The money comes faster with it."),
    )
    is_basic = forms.BooleanField(
        label=_("It is our basic account"),
        required=False,
        help_text=_("For a business: otherwise we ask for a paper about the other account as well."),
    )

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        kinds = account_kinds(draft.merchant_type)
        labels = dict(SettlementAccount.Kind.choices)
        self.fields["kind"].choices = [(one, labels[SettlementAccount.Kind(one)]) for one in kinds]  # type: ignore[attr-defined]
        self.fields["bank"].choices = [("", _("Choose your bank")), *banks()]  # type: ignore[attr-defined]
        if UNIT not in kinds:
            del self.fields["is_basic"]
        self.fields["number"].required = draft.account is None
        self.fields["number"].help_text = self._number_hint(draft.account)
        self.fields["holder"].help_text = _holder_hint(draft, kinds)

    def saved(self, draft: Draft) -> dict[str, Any]:
        kinds = account_kinds(draft.merchant_type)
        if draft.account is None:
            return {"kind": kinds[0], "holder": draft.owner_name(kinds[0]), "is_basic": True}
        names = ("kind", "holder", "bank", "cnaps", "is_basic")
        return {name: getattr(draft.account, name) for name in names}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = values.get("kind") or account_kinds(self.draft.merchant_type)[0]
        values.setdefault("is_basic", True)
        self._check_number(values, kind)
        self._check_branch(values)
        owner, holder = self.draft.owner_name(kind), values.get("holder")
        if owner and holder and not text.is_same(owner, holder):
            sentence = _("The account must be in the name of %(owner)s. Money never goes to another name")
            self.add_error("holder", forms.ValidationError(sentence, "owner", {"owner": owner}))
        return values

    def _check_number(self, values: dict[str, Any], kind: str) -> None:
        typed = values.get("number", "")
        if "number" in self.errors or (not typed and self._keeps_number(kind)):
            return
        reading = (bank_account if kind == UNIT else bank_card).read(typed)
        values["number"] = reading.value
        if reading.errors:
            self.add_error("number", forms.ValidationError(reading.errors[0].sentence, reading.errors[0].code))

    def _check_branch(self, values: dict[str, Any]) -> None:
        if not values.get("cnaps"):
            return
        reading = cnaps.read(values["cnaps"])
        values["cnaps"] = reading.value
        chosen = values.get("bank") or ""
        if reading.errors:
            self.add_error("cnaps", forms.ValidationError(reading.errors[0].sentence, reading.errors[0].code))
        elif chosen and cnaps.bank_class(reading.value) != cnaps.bank_class(chosen):
            self.add_error("cnaps", _("This is the number of a branch of another bank. Compare it, or leave it empty"))

    def _keeps_number(self, kind: str) -> bool:
        return self.draft.account is not None and self.draft.account.kind == kind

    @staticmethod
    def _number_hint(account: SettlementAccount | None) -> Any:
        if account is None:
            return _("Of a card: the number on the front. Of an account: as on the paper from your bank.")
        return _("%(number)s is kept. Leave it empty unless it changes.") % {"number": masked(account)}


def _holder_hint(draft: Draft, kinds: tuple[str, ...]) -> Any:
    names = " / ".join(dict.fromkeys(name for kind in kinds if (name := draft.owner_name(kind))))
    return _("In the same name: %(names)s") % {"names": names} if names else ""


def masked(account: SettlementAccount) -> str:
    """The number as a merchant reads it: its last four digits."""
    return str((bank_account if account.kind == UNIT else bank_card).mask(account.number))


def bank_of(words: str) -> str:
    """The number of the head office of the bank that a paper names; "" where the table knows none, or two alike."""
    named = [row for row in Bank.objects.all() if row.name_zh and row.name_zh in words]
    longest = max((len(row.name_zh) for row in named), default=0)
    found = [row.head_cnaps for row in named if len(row.name_zh) == longest]
    return found[0] if len(found) == 1 else ""


FROM_ACCOUNT = {
    "holder": Wanted(("settlement.holder",)),
    "bank": Wanted(("settlement.bank",), bank_of),
    "number": Wanted(("settlement.number",)),
}


def banks() -> list[tuple[str, str]]:
    """(number of the head office, name) of the banks, the big ones first; invented ones last."""
    return [
        (row.head_cnaps, pick(row, "name")) for row in Bank.objects.order_by("example", "cnaps_class", "head_cnaps")
    ]
