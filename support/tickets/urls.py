"""Addresses of tickets."""

from django.urls import path

from support.tickets import queue, views

urlpatterns = [
    path("tickets/", views.tickets, name="tickets"),
    path("cases/<str:ref>/tickets/new/", views.open_ticket, name="open_ticket"),
    path("tickets/<str:ref>/", views.ticket, name="ticket"),
    path("t/<str:ref>", views.ticket, name="ticket_short"),  # for an SMS
    path("tickets/<str:ref>/take/", views.take, name="take_ticket"),
    path("tickets/<str:ref>/answer/", views.answer, name="answer_ticket"),
    path("tickets/<str:ref>/note/", views.note, name="note_ticket"),
    path("tickets/<str:ref>/resolve/", views.resolve, name="resolve_ticket"),
    path("tickets/<str:ref>/close/", views.close, name="close_ticket"),
    path("tickets/<str:ref>/reopen/", views.reopen, name="reopen_ticket"),
    path("desk/tickets/", queue.desk_tickets, name="desk_tickets"),
]
