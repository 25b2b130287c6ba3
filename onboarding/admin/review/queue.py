"""The queue: who waits for a review, whose case it is, what is late; and how a case is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ByRef
from onboarding.flow import REVIEWS, State
from onboarding.formats import identity_document, mobile, uscc
from onboarding.models import Case, User
from onboarding.services import tallies
from portal import by_key
from portal.crypto import blind_index

NEXT = 7  # cases in the strip on top of the workbench
MOST = 1_000  # late cases that are counted; so many are an emergency whatever the number
PLACES = (by_key.AFTER, by_key.BEFORE, ORDER_VAR)


class QueueList(ByRef):
    """Paged by key in the one order that a queue has: the stock list counts, sorts and skips rows."""

    first_url = previous_url = next_url = ""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Case]:
        """Where somebody is in the list is no filter, and a link to another filter begins at the beginning."""
        for name in PLACES:
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        found: QuerySet[Case] = super().get_queryset(request, exclude_parameters)
        return found

    def get_results(self, request: HttpRequest) -> None:
        """A number of results is told only where all of them are on the page."""
        # The indexes queue_waiting, queue_free and case_queue have this order.
        page = by_key.page(self.queryset, by_key.BY_PROMISE, request.GET, self.list_per_page)
        self.result_list, self.result_count = page.rows, len(page.rows)
        self.multi_page = bool(page.previous or page.next)
        self.full_result_count = self.result_count if self.multi_page else None
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = True
        if page.previous:
            self.first_url = self.get_query_string()
            self.previous_url = self.get_query_string({by_key.BEFORE: page.previous})
        if page.next:
            self.next_url = self.get_query_string({by_key.AFTER: page.next})


class StateFilter(admin.SimpleListFilter):
    """Waiting for review unless something else is chosen, or searched for."""

    title = _("state")
    parameter_name = "at"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("all", _("All states")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        chosen = self.value()
        if chosen is None:
            return queryset if request.GET.get("q") else queryset.filter(state__in=REVIEWS)
        return queryset.filter(state=chosen) if chosen in State.values else queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        waiting, *others = super().choices(changelist)
        yield {**waiting, "display": _("Waiting for review")}
        yield from others


class WhoseFilter(admin.SimpleListFilter):
    """Mine, nobody's, or late."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("Mine")), ("free", _("Not taken yet")), ("late", _("Late"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        chosen = self.value()
        if chosen == "mine":
            return queryset.filter(assigned_to=request.user.pk)
        if chosen == "free":
            return queryset.filter(assigned_to=None)
        return queryset.filter(due_at__lt=timezone.now()) if chosen == "late" else queryset


class PromiseFilter(admin.SimpleListFilter):
    """By the day that was promised."""

    title = _("promise")
    parameter_name = "promised"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("Until tonight")),
            ("tomorrow", _("Until tomorrow night")),
            ("week", _("Within seven days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        days = {"today": 1, "tomorrow": 2, "week": 8}.get(self.value() or "")
        if days is None:
            return queryset
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return queryset.filter(due_at__lt=midnight + timedelta(days=days))


def found(queryset: QuerySet[Case], typed: str) -> QuerySet[Case]:
    """By case number, credit code, mobile or identity number (blind index), else by the merchant's name."""
    words = typed.strip()
    if words.upper().startswith("KT"):
        return queryset.filter(ref__startswith=words.upper())
    if words.isascii() and any(sign.isdigit() for sign in words) and (numbers := _numbers(words)):
        return queryset.filter(numbers).distinct()
    return queryset.filter(Q(merchant__name__icontains=words) | Q(merchant__short_name__icontains=words))


def _numbers(words: str) -> Q | None:
    """What a number may be; None when it is none that we know."""
    phone, code, identity = mobile.read(words), uscc.read(words), identity_document.read(words)
    if phone.ok:
        index = blind_index(phone.value, "mobile")
        return Q(merchant__contact_mobile_index=index) | Q(merchant__persons__mobile_index=index)
    if not code.ok and not identity.ok:
        return None
    person = Q(merchant__persons__id_number_index=blind_index(identity.value, "person_id"))
    return Q(merchant__uscc=code.value) | person


def counts(user: User) -> dict[str, int]:
    """How many cases wait, are this reader's, are free, are late: kept sums, and a bounded look at the late ones."""
    kept = tallies.counted(REVIEWS, user.pk)
    late = Case.objects.filter(state__in=REVIEWS, due_at__lt=timezone.now()).order_by()[:MOST].count()
    return {"waiting": kept["all"], "mine": kept["mine"], "free": kept["free"], "late": late}


def upcoming(user: User) -> list[Case]:
    """The next cases that this reader may take, the most urgent first."""
    waiting = Case.objects.visible_to(user).filter(state__in=REVIEWS)
    open_to_me = waiting.filter(Q(assigned_to=None) | Q(assigned_to=user))
    return list(open_to_me.select_related("merchant").by_promise()[:NEXT])
