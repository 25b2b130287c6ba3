"""Accounts. A password is never seen or set here: people set their own by the mail that the sign-in page sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import Table
from onboarding.formats import mobile
from onboarding.models import User
from onboarding.rules import Who
from portal import typed
from portal.crypto import blind_index


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes no [ ] at run time
    """The groups by the words of `Who`."""

    def label_from_instance(self, obj: Any) -> str:
        return str(Who(obj.name).label) if obj.name in set(Who) else obj.name


class UserForm(typed.ModelForm):
    """Staff sign in by e-mail, so that it must be there and be theirs alone."""

    groups = GroupsField(
        Group.objects.order_by("pk"), required=False, label=_("groups"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ("name", "email", "language", "groups", "partner", "is_staff", "is_active")

    def clean_email(self) -> str:
        email = str(self.cleaned_data.get("email") or "").strip().lower()
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody else has this address already."))
        return email

    def clean(self) -> dict[str, Any]:
        """An account that is made here is named by its address."""
        cleaned = super().clean() or self.cleaned_data
        needed = cleaned.get("is_staff") or not self.instance.pk
        if needed and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Staff sign in by e-mail. Enter the address."))
        return cleaned


@admin.register(User)
class UserAdmin(Table):
    """Who works here in which role, and who may sign in."""

    form = UserForm
    list_display = ("name", "email", "masked_mobile", "roles_in_words", "is_staff", "is_active", "last_login")
    list_filter = ("groups", "is_staff", "is_active")
    search_fields = ("name", "email")
    search_help_text = _("Name, e-mail or mobile number")
    ordering = ("-id",)
    fields = ("name", "email", "masked_mobile", "language", "groups", "partner", "is_staff", "is_active", "last_login")
    readonly_fields = ("masked_mobile", "last_login")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        number = mobile.read(search_term)
        if number.ok:
            return queryset.filter(mobile_index=blind_index(number.value, "mobile")), False
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new account has no password until its owner sets one."""
        if not change:
            obj.username = obj.email
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # who acted stays named; switch the account off instead

    @admin.display(description=_("mobile number"))
    def masked_mobile(self, user: User) -> str:
        return mobile.mask(user.mobile) if user.mobile else "–"

    @admin.display(description=_("groups"))
    def roles_in_words(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join(str(Who(name).label) if name in set(Who) else name for name in names) or "–"
