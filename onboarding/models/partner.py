"""Sales agencies: who may bring in merchants, where, and until when."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.formats.regions import PROVINCES
from onboarding.formats.text import trim

NO_REGION = _("“%(code)s” is not the six-digit code of a province or a city, such as 330000 or 330100.")


def read_regions(written: str) -> list[str]:
    """The codes in a text, in order and once each; blanks, commas and line ends part them."""
    parts = trim(written).replace("，", " ").replace("、", " ").replace(",", " ").split()
    return list(dict.fromkeys(parts))


def check_regions(written: str) -> None:
    """Raise ValidationError for the first part that cannot be a province or a city (GB/T 2260)."""
    for code in read_regions(written):
        known = len(code) == 6 and code.isascii() and code.isdigit() and code[:2] in PROVINCES
        if not known or not code.endswith("00"):
            raise ValidationError(NO_REGION, params={"code": code}, code="region")


class Partner(models.Model):
    """A sales agency with its filing at the payment association. Its agents are users with `partner` set."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    filing_number = models.CharField(
        _("filing number"),
        max_length=60,
        unique=True,
        help_text=_("Of its filing as an agency for card acquiring."),
    )
    region_codes = models.TextField(
        _("regions"),
        validators=[check_regions],
        help_text=_("Six-digit codes of provinces and cities where it may work, e.g. 330000 310100."),
    )
    valid_until = models.DateField(_("valid until"), help_text=_("The last day on which its agents may open cases."))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("sales agency")
        verbose_name_plural = _("sales agencies")

    def __str__(self) -> str:
        return self.name

    @property
    def regions(self) -> list[str]:
        return read_regions(self.region_codes)

    @property
    def works(self) -> bool:
        """Whether its agents may act today (Shanghai time)."""
        return self.active and self.valid_until >= timezone.localdate()

    def covers(self, code: str) -> bool:
        """Whether a region code (province, city or county) lies in one of its regions."""
        return any(code.startswith(_significant(region)) for region in self.regions)


def _significant(code: str) -> str:
    """330000 → 33, 330100 → 3301: what every code inside the region begins with."""
    return code[:2] if code.endswith("0000") else code[:4]


def works(partner: Any) -> bool:
    """Whether an agent of this agency (None: of none) may act for merchants today."""
    return partner is not None and partner.works
