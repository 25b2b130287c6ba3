"""The merchant's order."""

from django.urls import path

from devices.orders import views

urlpatterns = [
    path("cases/<str:ref>/order/", views.order, name="order"),
    path("cases/<str:ref>/order/place_order/", views.place_order, name="place_order"),
    path("cases/<str:ref>/order/paid/", views.order_paid, name="order_paid"),
    path("cases/<str:ref>/order/cancel_order/", views.cancel_order, name="cancel_order"),
    path("payments/notice/", views.payment_notice, name="payment_notice"),
]
