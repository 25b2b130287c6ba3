"""Addresses of support. A URL that does something carries its verb."""

from django.urls import include, path

PARTS = ("guide", "tickets", "knowledge")

urlpatterns = [path("", include(f"support.{part}.urls")) for part in PARTS]
