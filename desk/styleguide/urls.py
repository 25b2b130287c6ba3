"""The address of the style guide."""

from django.urls import path

from desk.styleguide import views

urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
