"""One form per page of the application. Each gets the draft, fills itself from it, and cleans to what `keep` takes."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.application import categories, places
from onboarding.application.fields import PlainText, YuanField
from onboarding.application.services import Draft
from onboarding.facts.application import allows
from onboarding.models import MerchantCategory, Store
from onboarding.rules.application import OUTSIDE
from portal import typed

MOST_A_MONTH = 10**12  # fen: ten billion yuan
MOST_TERMINALS = 50
CHOOSE = {"required": _("Choose one"), "invalid_choice": _("Choose one of the list")}


class Page(typed.Form):
    """A page: `name` in rules.application.FIELDS."""

    name: ClassVar[str]

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)
        self.initial = {**self.saved(draft), **(self.initial or {})}
        self.helper = FormHelper()
        self.helper.form_tag = False

    def saved(self, draft: Draft) -> dict[str, Any]:
        """The answers as they are kept."""
        raise NotImplementedError


class StoreForm(Page):
    name = "store.name"
    sign = PlainText(
        label=_("Name on the sign"),
        longest=60,
        help_text=_("As customers read it above the door."),
        error_messages={"required": _("Enter the name on the sign of the shop")},
    )
    premises = forms.ChoiceField(
        label=_("What kind of place is it?"),
        choices=Store.Premises.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    tenure = forms.ChoiceField(
        label=_("Is the place yours or rented?"),
        choices=Store.Tenure.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("For a fixed shop. A company shows the lease."),
        error_messages=CHOOSE,
    )
    opens_at = forms.TimeField(
        label=_("Opens at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time such as 9:00")},
    )
    closes_at = forms.TimeField(
        label=_("Closes at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        help_text=_("Takings outside of these hours make us ask. Leave both empty when you never close."),
        error_messages={"invalid": _("Enter a time such as 22:00")},
    )

    def saved(self, draft: Draft) -> dict[str, Any]:
        store = draft.store
        return {
            "sign": store.name,
            **{one: getattr(store, one) for one in ("premises", "tenure", "opens_at", "closes_at")},
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["name"] = values.get("sign", "")
        values["tenure"] = values.get("tenure") or Store.Tenure.LEASED
        if bool(values.get("opens_at")) != bool(values.get("closes_at")) and not self.errors:
            empty = "closes_at" if values.get("opens_at") else "opens_at"
            self.add_error(empty, _("Enter both times, or leave both empty"))
        return values


class TradeForm(Page):
    name = "store.mcc"
    mcc = forms.CharField(
        label=_("What do you sell?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the trade that fits best")},
    )
    permit_declared = forms.BooleanField(label=_("I do something there that needs a permit"), required=False)

    def __init__(self, *args: Any, found: list[MerchantCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.fields["mcc"].widget.choices = [(row.code, row) for row in found]

    def saved(self, draft: Draft) -> dict[str, Any]:
        return {"mcc": draft.store.mcc, "permit_declared": draft.store.permit_declared}

    def clean_mcc(self) -> str:
        code = str(self.cleaned_data["mcc"])[:4]
        row = MerchantCategory.objects.filter(pk=code).first()
        if row is None:
            raise forms.ValidationError(_("Choose one of the list, or search with other words"), "unknown")
        refusal = categories.refusal(row, self.draft.merchant_type)
        if refusal:
            raise forms.ValidationError(REFUSED[refusal], refusal)
        return row.code


REFUSED = {
    "prohibited": _("We may not offer card payments for this trade. Choose another one if you picked it by mistake"),
    "needs_licence": _(
        "This trade needs a business licence. A micro merchant cannot choose it: register as a sole trader first"
    ),
}


class AddressForm(Page):
    name = "store.address"
    division_code = forms.ChoiceField(
        label=_("District"),
        error_messages={"required": _("Choose the district"), "invalid_choice": _("Choose the district")},
    )
    address = PlainText(
        label=_("Street and number"),
        longest=200,
        help_text=_("So that the technician finds it: street, number, building, shop number."),
        error_messages={"required": _("Enter street and number")},
    )

    def __init__(self, *args: Any, chosen: places.Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        districts = [(row.code, places.label(row)) for row in chosen.districts]
        self.fields["division_code"].choices = [("", _("Choose")), *districts]  # type: ignore[attr-defined]

    def saved(self, draft: Draft) -> dict[str, Any]:
        return {"division_code": draft.store.division_code, "address": draft.store.address}

    def clean_division_code(self) -> str:
        code = str(self.cleaned_data["division_code"])
        if not allows(self.draft.agency, code):
            raise forms.ValidationError(OUTSIDE, "outside_region")
        return code

    def clean_address(self) -> str:
        street = str(self.cleaned_data["address"])
        if sum(one.isalnum() for one in street) < 4:
            raise forms.ValidationError(_("Enter street and number in full, so that the technician finds it"), "short")
        return street

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if code := values.get("division_code"):
            values["division_name"] = self.chosen.full_name(code)
        return values


class TurnoverForm(Page):
    name = "application.turnover"
    monthly = YuanField(
        label=_("How much will you take by card and QR in a month?"),
        least=100,
        most=MOST_A_MONTH,
        help_text=_("In yuan. A guess is fine; if it turns out to be far more, we ask."),
    )
    largest = YuanField(
        label=_("Largest single payment"),
        least=1,
        most=MOST_A_MONTH,
        help_text=_("In yuan. For a restaurant: the most expensive banquet."),
    )
    terminals = forms.IntegerField(
        label=_("How many terminals?"),
        min_value=1,
        max_value=MOST_TERMINALS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num short", "maxlength": "4"}),
        help_text=_("One for each till. You can add more later."),
        error_messages={
            "required": _("Enter how many terminals you need"),
            "invalid": _("Enter a number such as 1"),
            "min_value": _("Enter at least 1"),
            "max_value": _("Enter at most %(limit_value)s. For more, call us after you have started"),
        },
    )

    def saved(self, draft: Draft) -> dict[str, Any]:
        row = draft.application
        return {"monthly": row.monthly_turnover_fen, "largest": row.largest_amount_fen, "terminals": row.terminals}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        monthly, largest = values.get("monthly"), values.get("largest")
        if monthly and largest and largest > monthly:
            self.add_error("largest", _("One payment cannot be more than the whole month. Correct one of the two"))
        return values
