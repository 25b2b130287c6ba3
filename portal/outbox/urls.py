"""Pages of the embedded mode: the outbox, the rehearsal panel, the payment page. Elsewhere they answer 404."""

from django.urls import path

from portal.outbox import views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.message, name="outbox_message"),
    path("outbox/<int:pk>/html/", views.message_html, name="outbox_html"),
    path("rehearsal/", views.rehearsal, name="rehearsal"),
    path("rehearsal/<slug:name>/", views.party, name="rehearsal_party"),
    path("pay/<str:token>/", views.pay, name="pay"),
]
