from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import sentences


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Outside parties")

    def ready(self) -> None:
        sentences.install()
