"""Second factors: looked at and, for somebody who has lost theirs, taken away. allauth's own tables are not shown."""

from __future__ import annotations

from typing import Any

from allauth.account import admin as addresses
from allauth.mfa import admin as factors
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as sessions
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.registration.second_factor import take_away

options: Any = Authenticator._meta  # allauth gives it no name in Chinese
options.verbose_name, options.verbose_name_plural = _("second factor"), _("second factors")
admin.site.unregister([factors.Authenticator, sessions.UserSession, addresses.EmailAddress])


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """Whose, what kind, since when; never the secret."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__username__exact", "user__email__exact")
    ordering = ("-id",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        """Administrators, and not their own: that they do in their account."""
        return bool(request.user.is_superuser) and (obj is None or obj.user_id != request.user.pk)

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        take_away(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for row in queryset.exclude(user=request.user.pk):
            take_away(row)
