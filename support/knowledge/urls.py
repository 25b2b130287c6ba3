"""Addresses of the help pages."""

from django.urls import path

from support.knowledge import views

urlpatterns = [
    path("help/", views.help_pages, name="help"),
    path("help/<slug:slug>/", views.article, name="article"),
]
