"""Addresses of sales agents."""

from django.urls import path

from desk.agents import views

urlpatterns = [
    path("agent/", views.agent_home, name="agent_home"),
    path("agent/new/", views.agent_new, name="agent_new"),
    path("agent/duplicates/", views.agent_duplicates, name="agent_duplicates"),
]
