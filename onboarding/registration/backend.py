"""Who may do what: as Django keeps it, read with the groups in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from onboarding.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs people in as allauth does. Permissions come from `User.granted`, so that a request asks once for both."""

    def get_all_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        if not isinstance(user_obj, User) or user_obj.is_superuser or not user_obj.is_active or obj is not None:
            return set(super().get_all_permissions(user_obj, obj))
        return set(user_obj.granted[1])
