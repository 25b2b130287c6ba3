"""Who signs in."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.formats.mobile import mask
from onboarding.models.fields import BlindIndexField
from onboarding.rules import Who
from portal.crypto import EncryptedTextField


class User(AbstractUser):
    """A person with an account: merchants sign in by mobile and code or password, staff by e-mail and password."""

    first_name = None  # type: ignore[assignment]  # one name field: names here do not split in two
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=120, blank=True, default="")
    mobile = EncryptedTextField(_("mobile number"), context="onboarding.User.mobile", null=True, blank=True)
    mobile_index = BlindIndexField(source="mobile", purpose="mobile", unique=True)
    mobile_verified = models.BooleanField(_("mobile number confirmed"), default=False)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    partner = models.ForeignKey(
        "onboarding.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agents",
        verbose_name=_("sales agency"),
        help_text=_("Only of a sales agent: for whom this person brings in merchants."),
    )
    demo = models.BooleanField(_("demonstration account"), default=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or (mask(self.mobile) if self.mobile else self.username)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def granted(self) -> tuple[frozenset[str], frozenset[str]]:
        """(names of the groups, permissions as "app.codename"); one query per instance, as a request needs both."""
        if not self.pk:
            return frozenset(), frozenset()
        app, code = "content_type__app_label", "codename"
        own = Permission.objects.filter(user=self).values_list(models.Value(""), app, code)
        groups = self.groups.values_list("name", f"permissions__{app}", f"permissions__{code}")
        rows = list(groups.order_by().union(own.order_by(), all=True))
        return frozenset(row[0] for row in rows if row[0]), frozenset(f"{row[1]}.{row[2]}" for row in rows if row[2])

    @property
    def roles(self) -> frozenset[str]:
        """Names of the groups."""
        return self.granted[0]

    def plays(self, *roles: Who) -> bool:
        return any(role.value in self.roles for role in roles)

    @property
    def works_here(self) -> bool:
        """Staff of ours, as opposed to a merchant or a sales agent."""
        return self.is_active and (self.is_superuser or bool(self.roles - {Who.MERCHANT, Who.SALES_AGENT}))
