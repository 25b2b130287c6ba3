"""Addresses of the possible matches."""

from django.urls import path

from desk.watch import views

urlpatterns = [
    path("desk/matches/", views.watch_queue, name="watch_queue"),
    path("desk/matches/<int:pk>/", views.watch_hit, name="watch_hit"),
]
