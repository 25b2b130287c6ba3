"""Addresses of the desk."""

from django.urls import include, path

from desk import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/cases/", views.cases, name="desk_cases"),
    path("desk/late/", views.late, name="desk_late"),
    path("", include("desk.tour.urls")),
    path("", include("desk.phone.urls")),
    path("", include("desk.agents.urls")),
    path("", include("desk.watch.urls")),
    path("", include("desk.letters.urls")),
    path("", include("desk.styleguide.urls")),
]
