"""Addresses of devices. A URL that does something carries its verb."""

from django.urls import include, path

PARTS = ("catalogue", "orders", "terminals", "rollouts", "installation")

urlpatterns = [path("", include(f"devices.{part}.urls")) for part in PARTS]
