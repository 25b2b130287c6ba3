"""Addresses of one's own data."""

from django.urls import URLPattern, URLResolver, path

from onboarding.privacy import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", views.my_data, name="my_data"),
    path("me/consents/<int:consent>/withdraw_consent/", views.withdraw_consent, name="withdraw_consent"),
    path("me/ask_export/", views.ask_export, name="ask_export"),
    path("me/exports/<uuid:ref>/", views.export, name="export"),
    path("me/exports/<uuid:ref>/code/", views.send_export_code, name="send_export_code"),
    path("me/exports/<uuid:ref>/fetch_export/", views.fetch_export, name="fetch_export"),
    path("me/exports/<uuid:ref>/discard_export/", views.discard_export, name="discard_export"),
    path("me/ask_deletion/", views.ask_deletion, name="ask_deletion"),
    path("me/take_back_deletion/", views.take_back_deletion, name="take_back_deletion"),
]
