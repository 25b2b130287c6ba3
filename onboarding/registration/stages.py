"""What signing in may still demand after the password or the code."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import EmailVerificationStage


class ConfirmNewAddress(EmailVerificationStage):  # type: ignore[misc]  # allauth has no types
    """A code to the e-mail address, only for accounts that have confirmed nothing else: no number, no work here."""

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user and (user.mobile_verified or user.works_here):
            return None, True
        response, go_on = super().handle()
        return response, go_on
