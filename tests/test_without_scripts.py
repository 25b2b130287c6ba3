"""The same way with JavaScript switched off: every form of a merchant works, and nothing but a picture is missed."""

import pytest

from devices.models import Order
from tests import people
from tests.devices import world
from tests.journey import shop
from tests.journey.alone import Alone

pytestmark = pytest.mark.slow


class Plain(Alone):
    def photograph(self, kind: str) -> None:
        """The browser's own control, then the button."""
        self.page.set_input_files("main input[type=file]", str(self.camera.picture(kind)))
        self.click(self.page.locator("main form[enctype]"))
        assert self.sees(".upload.good a img.thumb"), f"{kind} is not there: {self.page.locator('main').inner_text()}"


def test_a_merchant_applies_without_scripts(new_page, tmp_path):
    shop.known_to_the_registry()
    liu = Plain(new_page(width=390, height=844, java_script_enabled=False), shop.Camera(tmp_path))
    liu.to_the_end()
    assert liu.case.state == "application_screening"


def test_a_terminal_is_ordered_without_scripts(new_page, tmp_path, settings, live_server):
    settings.SITE_URL = live_server.url
    world.model()
    owner = people.liu()
    case = world.case_to_order(owner=owner)
    liu = Plain(new_page(width=390, height=844, java_script_enabled=False), shop.Camera(tmp_path))
    liu.ref = case.ref
    liu.sign_in(owner.email, people.PASSWORD)
    liu.go("order", case.ref)
    liu.enter(liu.page.locator("main input[name^=quantity_]").first, 1)
    liu.save()
    liu.press("place_order", case.ref)
    liu.save()  # at the simulated payment house
    assert liu.case.state == "delivery"
    assert Order.objects.get().state == "paid"
