"""The warehouse."""

from django.urls import path

from devices.terminals import views

urlpatterns = [
    path("desk/warehouse/", views.warehouse, name="warehouse"),
    path("desk/warehouse/orders/<int:pk>/allocate/", views.allocate, name="allocate"),
    path("desk/warehouse/orders/<int:pk>/ship/", views.ship, name="ship"),
    path("desk/warehouse/orders/<int:pk>/hand_over/", views.hand_over, name="hand_over"),
    path("desk/warehouse/orders/<int:pk>/confirm_delivery/", views.confirm_delivery, name="confirm_arrival"),
    path("desk/warehouse/terminals/<int:pk>/take_back/", views.take_back, name="take_back"),
    path("desk/warehouse/<slug:kind>/<int:pk>/try_again/", views.try_again, name="try_again"),
    path("desk/warehouse/stock/", views.stock, name="stock"),
    path("desk/warehouse/stock/<int:pk>/<slug:verb>/", views.on_the_shelf, name="on_the_shelf"),
]
