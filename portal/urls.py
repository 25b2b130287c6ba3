"""All addresses. Each app brings its own; unknown ones get our own 404 (portal.middleware)."""

from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("", views.front, name="front"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
