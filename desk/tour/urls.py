"""The guided tour."""

from django.urls import path

from desk.tour import views

urlpatterns = [path("tour/", views.tour, name="tour")]
