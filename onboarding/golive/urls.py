"""Addresses of go-live."""

from django.urls import path

from onboarding.golive import views

urlpatterns = [
    path("cases/<str:ref>/acceptance/", views.acceptance, name="acceptance"),
    path("cases/<str:ref>/go_live/", views.go_live, name="go_live"),
    path("cases/<str:ref>/fail_acceptance/", views.fail_acceptance, name="fail_acceptance"),
]
