"""Cases: the list is the queue, the page of a case is the workbench. Nothing here ever saves a case."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from onboarding import services
from onboarding.admin.common import ReadOnly
from onboarding.admin.review import actions, handing, promising, queue, score
from onboarding.admin.review.decisions import SAID, decide
from onboarding.admin.review.workbench import workbench
from onboarding.models import Case
from onboarding.pages import person
from portal.words import left


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """Fires verbs through `services.advance`; there is no form of a case. The list is in the order of the promises."""

    list_display = ("ref", "business", "state", "promise", "risk_tier", "round", "assigned_to")
    list_display_links = ("ref", "business")
    list_filter = (queue.StateFilter, queue.WhoseFilter, queue.PromiseFilter, "risk_tier", "channel")
    list_select_related = ("merchant", "assigned_to")
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("ref",)
    search_help_text = _("Case number, merchant, credit code, mobile or identity number")
    sortable_by = ()
    nothing = _("What merchants hand in comes here as soon as the checks are through.")

    @admin.display(description=_("merchant"))
    def business(self, case: Case) -> str:
        return case.merchant.name or str(case.merchant) or "—"

    @admin.display(description=_("promise"))
    def promise(self, case: Case) -> str:
        return left(case.due_at) if case.due_at else "—"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[queue.QueueList]:
        return queue.QueueList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return Case.objects.visible_to(request.user)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return (queue.found(queryset, search_term) if search_term.strip() else queryset), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        user = person(request)
        shown = {"title": _("Review queue"), "whose": request.GET.get("whose", "")}
        if services.reviews(user) or services.may_reassign(user):
            shown |= {"may_claim_next": services.reviews(user), "words": services.words_for(user)}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The workbench; by reference, or by number as the admin's own links have it."""
        return workbench(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        return [
            self._path("claim_next/", handing.claim_next, "claim_next"),
            *(self._path(f"<slug:ref>/{verb}/", decide, verb, {"verb": verb}) for verb in SAID),
            self._path("<slug:ref>/propose_condition/", promising.propose_condition, "propose_condition"),
            *(
                self._path(f"<slug:ref>/{name}/<int:condition>/", getattr(promising, name), name)
                for name in ("drop_condition", "accept_condition", "refuse_condition", "move_condition")
            ),
            self._path("<slug:ref>/uphold/", promising.uphold, "uphold"),
            self._path("<slug:ref>/mark/", actions.mark, "mark"),
            self._path("<slug:ref>/unmark/<int:mark>/", actions.unmark, "unmark"),
            self._path("<slug:ref>/claim/", actions.claim, "claim"),
            self._path("<slug:ref>/release/", actions.release, "release"),
            self._path("<slug:ref>/reassign/", handing.reassign, "reassign"),
            self._path("<slug:ref>/presence/", handing.present, "presence"),
            self._path("<slug:ref>/read_words/", handing.read_words, "read_words"),
            self._path("<slug:ref>/add_note/", actions.add_note, "add_note"),
            self._path("<slug:ref>/rerun/<int:check>/", actions.rerun, "rerun"),
            self._path("<slug:ref>/tier/", score.tier, "tier"),
            self._path("<slug:ref>/unmask/<slug:what>/<int:row>/", actions.unmask, "unmask"),
            *super().get_urls(),
        ]

    def _path(self, route: str, view: Any, name: str, fixed: dict[str, str] | None = None) -> URLPattern:
        address: URLPattern = path(route, self.admin_site.admin_view(view), fixed or {}, name=name)
        return address
