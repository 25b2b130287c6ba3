"""The guide, and what search engines ask for."""

from django.urls import path

from support.guide import views

urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path("guide/terminal/", views.terminal, name="guide_terminal"),
    path("guide/prepare/", views.prepare, name="guide_prepare"),
    path("guide/prepare/list/", views.checklist_page, name="guide_list"),
    path("guide/steps/", views.steps, name="guide_steps"),
    path("guide/compare/", views.compare, name="guide_compare"),
    path("guide/beware/", views.beware, name="guide_beware"),
    path("guide/agent/", views.agent, name="guide_agent"),
    path("guide/duties/", views.duties, name="guide_duties"),
    path("guide/care/", views.care, name="guide_care"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
