"""Addresses of the hand-over to a phone and back."""

from django.urls import URLPattern, URLResolver, path

from onboarding.handover import computer, phone

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:ref>/phone/", computer.handover, name="handover"),
    path("cases/<slug:ref>/phone/code.svg", computer.handover_qr, name="handover_qr"),
    path("cases/<slug:ref>/phone/begin_handover/", computer.begin_handover, name="begin_handover"),
    path("cases/<slug:ref>/phone/end_handover/", computer.end_handover, name="end_handover"),
    path("phone/", phone.join, name="join"),
    path("phone/join_handover/", phone.join_handover, name="join_handover"),
    path("phone/here/", phone.on_phone, name="on_phone"),
    path("phone/leave_handover/", phone.leave_handover, name="leave_handover"),
]
