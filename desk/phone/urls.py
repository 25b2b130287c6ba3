"""Addresses of the call centre."""

from django.urls import path

from desk.phone import views

urlpatterns = [
    path("desk/phone/", views.phone, name="phone"),
    path("desk/phone/duplicates/", views.phone_duplicates, name="phone_duplicates"),
]
