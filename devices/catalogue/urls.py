"""The public catalogue."""

from django.urls import path

from devices.catalogue import views

urlpatterns = [path("terminals/", views.terminals, name="terminals")]
