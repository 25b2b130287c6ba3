"""All addresses. Each app brings its own; unknown ones get our own 404 (portal.middleware)."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from portal import health, views

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door: its rate limits, codes and second factor

urlpatterns = [
    path("", views.front, name="front"),
    path("language/", views.language, name="language"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    *(path("", include(f"{app}.urls")) for app in ("onboarding", "devices", "support", "desk")),
    path("", include("portal.outbox.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler429 = "onboarding.registration.account_views.too_many"  # allauth looks for it here
handler500 = views.server_error
