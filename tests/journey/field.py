"""At the shop: the technician with a phone, and a cashier who learns without an account."""

import re

from django.urls import reverse

from onboarding.models import Question
from tests.journey.shop import PERSON, Camera
from tests.journey.visitor import BUTTON, Visitor


class Technician(Visitor):
    def arrives(self, visit: int) -> None:
        self.go("field")
        self.look()
        self.follow("visit", visit)
        self.press("check_in", visit)

    def reads_serial(self, visit: int, serial: str) -> None:
        """Typed as it stands on the back, in small letters and with spaces."""
        self.fill(serial=serial.lower())
        self.press("verify_serial", visit)

    def looks_around(self, visit: int, camera: Camera) -> None:
        """The checklist, and a photo of each kind."""
        for box in self.page.locator("[name=done]").all():
            box.check()
        self.press("tick", visit)
        photos = self.page.locator(f"form[action='{reverse('add_photo', args=[visit])}']")
        while count := photos.count():
            kind = photos.first.locator("[name=kind]").get_attribute("value")
            with self.page.expect_navigation():
                photos.first.locator("[name=photo]").set_input_files(str(camera.picture(kind)))
            assert photos.count() == count - 1, self.page.locator("main").inner_text()

    def tests(self, visit: int, terminal: int) -> None:
        """Every payment of the matrix works."""
        form = self.page.locator(f"form[action='{reverse('record_test', args=[visit, terminal])}']")
        for test in form.locator("fieldset").all():
            test.locator("input[value=ok]").check(force=True)
        self.press("record_test", visit, terminal)

    def shows_and_gets_signed(self, visit: int) -> None:
        self.fill(note="店主：收款、撤销、结算、换纸")
        self.press("note_training", visit)
        form = self.page.locator(f"form[action='{reverse('sign_visit', args=[visit])}']")
        form.locator("[name=signer]").fill(PERSON)
        self.draws(form.locator("canvas"))
        self.press("sign_visit", visit)

    def draws(self, pad) -> None:
        """A stroke with the finger."""
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        self.page.mouse.move(box["x"] + 40, box["y"] + 40)
        self.page.mouse.down()
        for step in range(1, 8):
            self.page.mouse.move(box["x"] + 40 + 25 * step, box["y"] + 40 + 15 * (step % 3))
        self.page.mouse.up()

    def finishes(self, visit: int) -> None:
        self.press("complete_visit", visit)


class Cashier(Visitor):
    """Opens the link, reads one lesson after the other, and knows the answers."""

    def learns(self, link: str, name: str) -> None:
        self.page.goto(link)
        self.look()
        self.page.locator("ul.tasks a").first.click()
        while not self.path.endswith("/quiz/"):
            here = self.path
            self.page.locator("main p.row a.btn").click()
            self.page.wait_for_url(lambda url, here=here: here not in url)
        self.look()
        self.fill(learner=name)
        self.save()
        self.look()
        names = self.page.locator("main input[type=radio]").evaluate_all("all => all.map(one => one.name)")
        for field in dict.fromkeys(names):
            right = Question.objects.get(pk=re.search(r"\d+", field)[0]).answer
            self.page.locator(f"[name={field}][value='{right}']").check()
        self.click(self.page.locator("main form[method=post]").filter(has=self.page.locator(BUTTON)))
