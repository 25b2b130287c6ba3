"""Enrols the rules, facts, holdings and panels of every app, as Django does with admin modules."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

ENROLLING = ("rules", "facts", "holdings", "panels", "consequences")


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = _("Onboarding")

    def ready(self) -> None:
        for app in apps.get_app_configs():
            for room in ENROLLING:
                if app.module and module_has_submodule(app.module, room):
                    enrol(f"{app.name}.{room}")


def enrol(name: str) -> None:
    """Import a module, or a package with all its modules: each enrols itself."""
    module = import_module(name)
    for found in iter_modules(getattr(module, "__path__", ())):
        import_module(f"{name}.{found.name}")
