"""The app devices. Its rules, facts, panels and consequences are enrolled by onboarding/apps.py."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevicesConfig(AppConfig):
    name = "devices"
    verbose_name = _("Devices")
