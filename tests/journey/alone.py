"""Liu without a worker and without colleagues: codes are read from the table, screening is skipped by the test."""

import re

from tests import make
from tests.journey import shop
from tests.journey.merchant import Merchant
from tests.onboarding.accounts.hands import code_sent


class Alone(Merchant):
    """From the first page to the application that is handed in."""

    def start(self) -> None:
        self.go("front")
        self.follow("start")
        self.fill(phone=shop.MOBILE)
        self.save()
        self.fill(code=code_sent())
        self.save()
        self.ref = re.search(r"/cases/([^/]+)/registration/", self.path)[1]

    def to_application(self) -> None:
        """Registered, identified and let through by us."""
        self.start()
        self.register()
        self.tell_who_we_are()
        self.photograph_papers("identity")
        self.hand_in("identity")
        make.put(self.case, "application")

    def to_the_end(self) -> None:
        self.to_application()
        self.apply()
        self.photograph_papers("application")
        self.hand_in("application")
