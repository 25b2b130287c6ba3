"""The public catalogue."""

from django.urls import path

from devices.catalogue import views

urlpatterns = [
    path("terminals/", views.terminals, name="terminals"),
    path("terminals/models/<slug:code>/", views.terminal_model, name="terminal_model"),
]
