"""Addresses of the steps. One verb, one name: the URL that fires a verb carries its name."""

from django.urls import include, path

STEPS = ("registration", "identity", "application", "training", "golive")
AROUND = ("members", "cases", "privacy", "documents", "handover")

urlpatterns = [path("", include(f"onboarding.{step}.urls")) for step in (*STEPS, *AROUND)]
