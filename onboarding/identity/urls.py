"""Addresses of identity."""

from django.urls import URLPattern, URLResolver, path

from onboarding.identity import owners, papers, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:ref>/identity/", views.identity, name="identity"),
    path("cases/<slug:ref>/identity/business/", views.business, name="identity_business"),
    path("cases/<slug:ref>/identity/person/", views.responsible, name="identity_person"),
    path("cases/<slug:ref>/identity/handler/", views.handler, name="identity_handler"),
    path("cases/<slug:ref>/identity/owners/", owners.owners, name="identity_owners"),
    path("cases/<slug:ref>/identity/owners/add/", owners.add_owner, name="identity_owner_add"),
    path("cases/<slug:ref>/identity/owners/<int:owner>/remove/", owners.remove_owner, name="identity_owner_remove"),
    *papers.PAGE.routes("cases/<slug:ref>/identity/documents/"),
    path("cases/<slug:ref>/identity/check/", views.check, name="identity_check"),
    path("cases/<slug:ref>/identity/check/stand/", views.stand, name="identity_stand"),
    path("cases/<slug:ref>/identity/submit_identity/", views.submit_identity, name="submit_identity"),
]
