"""Addresses of the application, its plans and its agreement."""

from django.urls import URLPattern, URLResolver, path

from onboarding.application import account_views, agreement_views, papers, plan_views, views

CASE = "cases/<str:ref>/application/"
SIGN = "cases/<str:ref>/agreement/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", plan_views.compare, name="plans"),
    path(CASE, views.application, name="application"),
    path(f"{CASE}store/", views.store, name="application_store"),
    path(f"{CASE}trade/", views.trade, name="application_trade"),
    path(f"{CASE}address/", views.address, name="application_address"),
    path(f"{CASE}turnover/", views.turnover, name="application_turnover"),
    path(f"{CASE}account/", views.account, name="application_account"),
    path(f"{CASE}account/small-sum/", account_views.page, name="application_small_sum"),
    path(f"{CASE}account/send_small_sum/", account_views.send_small_sum, name="send_small_sum"),
    path(f"{CASE}plan/", plan_views.plan, name="application_plan"),
    *papers.PAGE.routes(f"{CASE}papers/"),
    path(f"{CASE}check/", views.check, name="application_check"),
    path(f"{CASE}check/stand/", views.stand, name="application_stand"),
    path(f"{CASE}submit_application/", views.submit_application, name="submit_application"),
    path(SIGN, agreement_views.agreement, name="agreement"),
    path(f"{SIGN}<int:version>.pdf", agreement_views.agreement_file, name="agreement_file"),
    path(f"{SIGN}code/", agreement_views.send_signing_code, name="send_signing_code"),
    path(f"{SIGN}sign_agreement/", agreement_views.sign_agreement, name="sign_agreement"),
    path(f"{SIGN}revise_application/", agreement_views.revise_application, name="revise_application"),
]
