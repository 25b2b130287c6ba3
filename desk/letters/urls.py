"""Addresses of the letters."""

from django.urls import path

from desk.letters import views

urlpatterns = [
    path("desk/letters/", views.letters, name="letters"),
    path("desk/letters/<slug:letter>/", views.letter, name="letter"),
    path("desk/letters/<slug:letter>/html/", views.letter_html, name="letter_html"),
]
