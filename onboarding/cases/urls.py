"""Addresses of cases. A verb without a page of its own is asked and fired at its own name."""

from django.urls import URLPattern, URLResolver, path

from onboarding.cases import appeal, numbers, promises, views
from onboarding.cases.asked import QUESTIONS
from onboarding.drafts import keep_draft

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/draft/keep_draft/", keep_draft, name="keep_draft"),
    path("home/", views.home, name="home"),
    path("cases/<ref>/", views.case, name="case"),
    path("cases/<ref>/numbers/<slug:what>/<int:row>/", numbers.unmask, name="unmask"),
    *promises.PAGE.routes("cases/<slug:ref>/promises/"),
    path("cases/<ref>/hand_in_condition/<int:condition>/", promises.hand_in_condition, name="hand_in_condition"),
    path("cases/<ref>/appeal/", appeal.appeal, name="appeal"),
    *appeal.PAGE.routes("cases/<slug:ref>/appeal/documents/"),
    *(path(f"cases/<ref>/{verb}/", views.ask, {"verb": verb}, name=verb) for verb in QUESTIONS),
]
