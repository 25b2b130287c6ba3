"""Addresses of registration."""

from django.urls import URLPattern, URLResolver, path

from onboarding.registration import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("start/", views.start, name="start"),
    path("privacy/", views.privacy, name="privacy"),
    path("cases/<ref>/registration/", views.registration, name="registration"),
    path("cases/<ref>/complete_registration/", views.complete_registration, name="complete_registration"),
]
