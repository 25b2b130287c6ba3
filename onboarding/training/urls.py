"""Addresses of training. What lies below /learn/ needs no account, only a signed key."""

from django.urls import path

from onboarding.training import views

urlpatterns = [
    path("cases/<str:ref>/training/", views.training, name="training"),
    path("cases/<str:ref>/training/qr.svg", views.training_qr, name="training_qr"),
    path("learn/<str:key>/", views.learn, name="learn"),
    path("learn/<str:key>/attempts/<int:pk>/", views.attempt, name="attempt"),
    path("learn/<str:key>/<slug:course>/<int:number>/", views.lesson, name="lesson"),
    path("learn/<str:key>/<slug:course>/quiz/", views.quiz, name="quiz"),
]
