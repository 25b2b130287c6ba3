"""Dispatch."""

from django.urls import path

from devices.rollouts import views

urlpatterns = [
    path("desk/dispatch/", views.dispatch, name="dispatch"),
    path("desk/dispatch/<int:pk>/book_visit/", views.book_visit, name="book_visit"),
]
