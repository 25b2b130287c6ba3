"""Addresses of registration."""

from django.urls import URLPattern, URLResolver, path

from onboarding.registration import account_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("start/", views.start, name="start"),
    path("me/account/", account_views.account, name="account"),
    path("me/sessions/<int:pk>/end_session/", account_views.end_session, name="end_session"),
    path("me/password/", account_views.NewPassword.as_view(), name="new_password"),
    path("me/resume/", account_views.resume, name="resume"),
    path("privacy/", views.privacy, name="privacy"),
    path("cases/<ref>/registration/", views.registration, name="registration"),
    path("cases/<ref>/complete_registration/", views.complete_registration, name="complete_registration"),
]
