"""Those who work for the portal: reviewer, warehouse, dispatcher, support agent."""

import datetime

from django.urls import reverse
from django.utils import timezone

from tests.journey.visitor import Visitor


class Reviewer(Visitor):
    """In the admin: the queue, the workbench, a mark, a decision."""

    def opens(self, ref: str) -> None:
        """The case out of the queue, by its link."""
        self.page.goto(reverse("admin:onboarding_case_changelist"))
        self.look()
        with self.page.expect_navigation():
            self.page.locator(f"#result_list a[href*='{ref}']").first.click()
        self.look()

    def marks(self, ref: str, item: str, reason: str, note: str) -> None:
        """One paper to be taken again, for a reason of the catalogue."""
        self.page.goto(reverse("admin:mark", args=[ref]) + f"?item={item}")
        self.fill(reason=reason, note=note)
        self.look()
        self.save()

    def returns(self, ref: str, verb: str) -> str:
        """What the merchant will read is shown before it is sent."""
        self._decision(ref, verb).click()
        self.page.wait_for_url(f"**/{verb}/")
        shown = self.page.locator(".preview-reason").first.inner_text()
        self.look()
        self.save()
        return shown

    def approves(self, ref: str, verb: str) -> None:
        """By the key A, as somebody does who decides all day."""
        assert self._decision(ref, verb).count(), self.page.locator(".decide").inner_text()
        with self.page.expect_navigation():
            self.page.keyboard.press("a")
        self.look()

    def _decision(self, ref: str, verb: str):
        url = reverse(f"admin:{verb}", args=[ref])
        return self.page.locator(f".decide a[href='{url}'], .decide form[action='{url}'] button")


class Warehouse(Visitor):
    def allocates(self, order: int) -> str:
        """The first serial number on the shelf, typed."""
        self.go("warehouse")
        self.look()
        form = self.page.locator(f"form[action='{reverse('allocate', args=[order])}']")
        serial = form.locator("datalist option").first.get_attribute("value")
        form.locator("[name=serial]").fill(serial)
        self.press("allocate", order)
        return serial

    def hands_over(self, order: int, technician) -> None:
        """To the technician, once the acquirer has given its numbers."""
        self.go("warehouse")
        form = self.page.locator(f"form[action='{reverse('hand_over', args=[order])}']")
        self.reload_until(lambda: form.count() > 0, "the acquirer's numbers")
        form.locator("[name=technician]").select_option(str(technician.pk))
        self.press("hand_over", order)


class Dispatcher(Visitor):
    def books(self, rollout: int, technician) -> None:
        """Tomorrow from two to four."""
        self.go("dispatch")
        self.look()
        self.follow("book_visit", rollout)
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        self.fill(technician=technician.pk, day=tomorrow.isoformat(), window="14:00")
        self.save()
        self.look()


class SupportAgent(Visitor):
    def answers(self, ticket: str, text: str) -> None:
        self.go("desk_tickets")
        self.look()
        self.follow("ticket", ticket)
        self.press("take_ticket", ticket)
        self.page.locator(f"form[action='{reverse('answer_ticket', args=[ticket])}'] textarea").fill(text)
        self.press("answer_ticket", ticket)
