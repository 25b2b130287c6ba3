"""Liu with a phone: from the first page to a ticket."""

import io
import re

import pypdfium2
from django.urls import reverse

from onboarding.models import Case
from tests.journey import outbox, shop
from tests.journey.shop import Camera
from tests.journey.visitor import Visitor, until


class Merchant(Visitor):
    """`camera` takes the pictures; `ref` is the case number once there is one."""

    def __init__(self, page, camera: Camera) -> None:
        super().__init__(page)
        self.camera, self.ref = camera, ""

    @property
    def case(self) -> Case:
        return Case.objects.select_related("merchant").get(ref=self.ref)

    # 1 registration --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """One field, then the six digits that came by SMS."""
        self.go("front")
        self.look()
        self.follow("start")
        before = outbox.last()
        self.fill(phone=shop.MOBILE)
        self.save()
        self.fill(code=outbox.code(shop.MOBILE, before))
        self.save()
        self.ref = re.search(r"/cases/([^/]+)/registration/", self.path)[1]

    def register(self) -> None:
        self.fill(type="enterprise", contact_name=shop.PERSON, contact_email=shop.EMAIL, privacy=True, identity=True)
        self.save()

    # 2 identity ------------------------------------------------------------------------------------------------

    def tell_who_we_are(self) -> None:
        self.go("identity_business", self.ref)
        self.fill(name=shop.NAME, uscc=shop.CODE, registered_address=shop.ADDRESS, established_on="2024-03-18")
        self.fill(is_long_term=True)
        self.save()
        self.go("identity_person", self.ref)
        self.fill(name=shop.PERSON, id_number=shop.IDENTITY, id_long_term=True, mobile=shop.MOBILE)
        self.save()
        self.go("identity_handler", self.ref)
        self.fill(who="self")
        self.save()
        self.go("identity_owners", self.ref)
        self.fill(exempt=True)
        self.save()

    def photograph_papers(self, overview: str) -> list[str]:
        """Every paper that the list on `overview` still asks for; which kinds they were."""
        self.go(overview, self.ref)
        self.look()
        places = self.page.locator("ul.tasks li:has(.tag.turn, .tag.bad) a").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        papers = [place for place in places if re.search(r"/(documents|papers)/", place)]
        for place in papers:
            self.page.goto(place)
            self.photograph(place.rstrip("/").rpartition("/")[2])
        return [place.rstrip("/").rpartition("/")[2] for place in papers]

    def photograph(self, kind: str) -> None:
        """Sent as soon as it is chosen; afterwards it is there as a picture."""
        with self.page.expect_navigation():
            self.page.set_input_files("input[type=file]", str(self.camera.picture(kind)))
        assert self.sees(".upload.good a img.thumb"), f"{kind} is not there: {self.page.locator('main').inner_text()}"
        self.look()

    def hand_in(self, step: str) -> None:
        self.go(f"{step}_check", self.ref)
        self.look()
        self.press(f"submit_{step}", self.ref)
        assert self.at("case", self.ref), self.page.locator("main").inner_text()

    def wait_for(self, *states: str) -> None:
        """Look at the case page until it is in one of `states`."""
        self.go("case", self.ref)
        self.reload_until(lambda: self.case.state in states, f"{' or '.join(states)}, not {self.case.state}")

    # 3 application ---------------------------------------------------------------------------------------------

    def apply(self) -> None:
        self.go("application_store", self.ref)
        self.fill(sign=shop.SIGN, premises="fixed", tenure="owned", opens_at="09:00", closes_at="22:00")
        self.save()
        self.go("application_trade", self.ref, query="?q=5812")
        self.fill(mcc="5812")
        self.save()
        self.go("application_address", self.ref, query="?province=310000")
        self.fill(division_code="310115", address="样例路 18 号 1 层")
        self.save()
        self.go("application_turnover", self.ref)
        self.fill(monthly="80000", largest="2000", terminals="1")
        self.save()
        self.go("application_account", self.ref)
        self.fill(kind="unit", holder=shop.NAME, number=shop.ACCOUNT)
        self.page.locator("[name=bank]").select_option(index=1)
        self.save()
        self.go("application_plan", self.ref)
        self.press("application_plan", self.ref)

    # the agreement

    def download_agreement(self) -> bytes:
        """The PDF as the phone gets it."""
        self.go("agreement", self.ref)
        self.look()
        with self.page.expect_download() as waiting:
            self.page.locator("a[href$='.pdf']").click()
        data = waiting.value.path().read_bytes()
        assert data.startswith(b"%PDF-") and len(pypdfium2.PdfDocument(io.BytesIO(data))) >= 1
        return data

    def sign(self) -> None:
        """The code goes to the legal representative's own mobile."""
        before = outbox.last()
        self.press("send_signing_code", self.ref)
        self.fill(agreement=True, sharing=True, code=outbox.code(shop.MOBILE, before), typed_name=shop.PERSON)
        self.press("sign_agreement", self.ref)
        assert self.at("case", self.ref), self.page.locator("main").inner_text()

    # 4 order ---------------------------------------------------------------------------------------------------

    def order(self) -> None:
        """One terminal of the plan, brought by the technician, paid at the simulated payment house."""
        self.go("order", self.ref)
        self.look()
        self.save()
        self.press("place_order", self.ref)
        if self.path.startswith("/pay/"):
            self.save()
        self.go("order", self.ref)
        self.look()

    # 6 training ------------------------------------------------------------------------------------------------

    def training_link(self) -> str:
        self.go("training", self.ref)
        self.look()
        link = self.page.locator("p.address a").get_attribute("href")
        assert self.page.request.get(reverse("training_qr", args=[self.ref])).headers["content-type"] == "image/svg+xml"
        return link

    # 8 support -------------------------------------------------------------------------------------------------

    def ask(self, subject: str, text: str) -> str:
        """A new ticket; its number."""
        self.go("tickets")
        self.look()
        self.follow("open_ticket", self.ref)
        self.page.locator("[name=priority]").last.check()
        self.fill(subject=subject, text=text)
        self.save()
        return re.search(r"/tickets/([^/]+)/", self.path)[1]

    def reads_answer(self, ticket: str, answer: str) -> None:
        self.go("ticket", ticket)
        self.reads(answer)
        self.look()

    def thinks_it_solved(self, ticket: str) -> None:
        self.press("resolve_ticket", ticket)

    def mails(self, *verbs: str) -> None:
        """Each of these verbs was told by mail, in its own words."""
        until(lambda: len(outbox.subjects(shop.EMAIL)) >= len(verbs), "the mails")
