"""Choosing terminals and the way they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from devices.models import Order
from devices.services import Offer
from devices.services.ordering import MOST
from portal import typed

TOO_MANY = _("Order at most %(most)s of one model. For more, call us.") % {"most": MOST}


class OrderForm(typed.Form):
    """One number per model on offer, and the delivery."""

    way = forms.ChoiceField(
        label=_("How does it get to your shop"), choices=Order.Way.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the terminal gets to your shop.")},
    )  # fmt: skip

    def __init__(self, offers: Sequence[Offer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        for offer in offers:
            self.fields[self._name(offer)] = forms.IntegerField(
                label=_("How many"), min_value=0, max_value=MOST, required=False,
                error_messages={
                    "invalid": _("Enter a whole number, such as 1."),
                    "min_value": _("Enter 0 or more."),
                    "max_value": TOO_MANY,
                },
            )  # fmt: skip

    @staticmethod
    def _name(offer: Offer) -> str:
        return f"quantity_{offer.model.code}"

    def rows(self) -> list[tuple[Offer, forms.BoundField]]:
        return [(offer, self[self._name(offer)]) for offer in self.offers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(self.quantities().values()):
            raise forms.ValidationError(_("Choose at least one terminal: enter how many you need."))
        return cleaned

    def quantities(self) -> dict[int, int]:
        """Model id -> how many."""
        return {offer.model.pk: self.cleaned_data.get(self._name(offer)) or 0 for offer in self.offers}


def initial(order: Order, offers: Sequence[Offer], expected: int = 1) -> dict[str, Any]:
    """What was chosen; on the first visit as many of the plan's own terminal as the application named."""
    chosen = {f"quantity_{line.model.code}": line.quantity for line in order.lines.select_related("model")}
    if not chosen and offers and offers[0].in_plan:
        chosen = {f"quantity_{offers[0].model.code}": expected}
    return {"way": order.way or Order.Way.TECHNICIAN, **chosen}


class CancelForm(typed.Form):
    note = forms.CharField(
        label=_("Why do you cancel the order"), max_length=300,
        error_messages={"required": _("Say why in a few words.")},
    )  # fmt: skip
