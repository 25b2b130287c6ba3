"""Addresses of a merchant's people."""

from django.urls import URLPattern, URLResolver, path

from onboarding.members import claim_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<key>", claim_views.claim, name="claim"),  # short: it goes by SMS
    path("claim/<key>/", claim_views.claim),  # in messages sent before
    path("cases/<ref>/members/", views.members, name="members"),
    path("cases/<ref>/members/<int:pk>/", views.member, name="member"),
    path("cases/<ref>/members/<int:pk>/remove/", views.remove_member, name="remove_member"),
    path("cases/<ref>/invitations/<int:pk>/send/", views.send_invitation, name="send_invitation"),
    path("cases/<ref>/invitations/<int:pk>/take_back/", views.take_back_invitation, name="take_back_invitation"),
    path("cases/<ref>/invitations/<int:pk>/number/", views.correct_invitation, name="correct_invitation"),
]
