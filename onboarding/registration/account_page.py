"""The rows of the account page: what there is, and where to change it."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding.formats.mobile import mask
from onboarding.models import User


@dataclass(frozen=True, slots=True)
class Answer:
    """One row for includes/answers.html."""

    label: str
    value: str
    note: str = ""
    url: str = ""


def answers(user: User) -> list[Answer]:
    """Mobile number, e-mail, password, second factor, recovery codes."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return [_mobile(user), _email(user), _password(user), _factor(user, kinds), *_codes(kinds)]


def _mobile(user: User) -> Answer:
    note = _("Signs you in with a code.") if user.mobile_verified else _("Not confirmed yet.")
    value = mask(user.mobile) if user.mobile else _("None")
    return Answer(_("Mobile number"), value, note if user.mobile else "", reverse("account_change_phone"))


def _email(user: User) -> Answer:
    confirmed = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    note = _("Confirmed.") if confirmed else _("Not confirmed yet.")
    return Answer(_("E-mail"), user.email or _("None"), note if user.email else "", reverse("account_email"))


def _password(user: User) -> Answer:
    if user.has_usable_password():
        return Answer(_("Password"), _("Chosen"), "", reverse("account_change_password"))
    return Answer(_("Password"), _("None: you sign in with a code"), "", reverse("account_set_password"))


def _factor(user: User, kinds: list[str]) -> Answer:
    passkeys = kinds.count(Authenticator.Type.WEBAUTHN)
    found = [_("App with codes")] if Authenticator.Type.TOTP in kinds else []
    if passkeys:
        found.append(ngettext("%(n)d passkey", "%(n)d passkeys", passkeys) % {"n": passkeys})
    note = _("Your work needs one.") if user.works_here and not found else ""
    return Answer(_("Second factor"), " · ".join(found) or _("None"), note, reverse("mfa_index"))


def _codes(kinds: list[str]) -> list[Answer]:
    if Authenticator.Type.RECOVERY_CODES not in kinds:
        return []
    note = _("For the day when the phone is gone.")
    return [Answer(_("Recovery codes"), _("Made"), note, reverse("mfa_view_recovery_codes"))]
