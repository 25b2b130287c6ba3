"""A merchant with an open hit, and with a confirmed one, finds neither a word of it nor any difference."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.test import Client

from onboarding import holdings, tasks
from onboarding.models import Case, Notice, WatchHit
from onboarding.services.watching import decide_hit
from onboarding.tasks import letters
from onboarding.tasks.archive import archive, parts
from tests import make, people
from tests.watching import line, published
from tests.world import TABLE, World, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LISTED = "刘小慢"
WORDS = re.compile(rf"watch.?list|watchhit|desk/matches|possible match|{LISTED}|WLS-7|黑名单|疑似名单", re.IGNORECASE)
STATES = ("live", "identity_review", "application_screening", "application_review", "acceptance")
LEFT_OUT = {"account_logout", "admin:logout", "language", "tour"}  # the tour shows every room to everybody
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|\d+ (minutes?|seconds?|分钟|秒)')


class Eyes:
    """What the people of some cases see: every page, mail, SMS and copy of their data."""

    def __init__(self, world: World, cases: list[Case], owner) -> None:
        self.world, self.cases, self.owner = world, cases, owner
        self.urls = list(self._urls())

    def pages(self) -> dict[str, tuple[int, str]]:
        """Every address for the first case, those below cases/ for the others too."""
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        client.force_login(self.owner)
        client.get("/me/")
        return {url: self._seen(client, url) for url in self.urls}

    def _urls(self) -> Iterator[str]:
        for address in addresses():
            if address.name in LEFT_OUT or TABLE.match(address.name):
                continue
            values = self.world.values(address)
            if values["ref"] != self.world.case.ref:
                yield address.url(values)
                continue
            for case in self.cases if address.route.startswith("cases/") else self.cases[:1]:
                yield address.url({**values, "ref": case.ref})

    @staticmethod
    def _seen(client: Client, url: str) -> tuple[int, str]:
        answer = client.get(url)
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        whole = unquote(text + answer.headers.get("Location", "")).replace(url, "")
        return answer.status_code, CHANGING.sub("", whole)

    def data(self) -> str:
        """The copy of "my data", as it is fetched."""
        with zipfile.ZipFile(io.BytesIO(archive(parts(self.owner), lambda number: None))) as made:
            told = json.loads(made.read("my-data.json"))
        told.pop("made_at")
        told["account"].pop("last_sign_in")
        return json.dumps([told, *map(holdings.told, self.cases)], ensure_ascii=False, default=str)

    def messages(self) -> list[str]:
        staff = Notice.objects.exclude(template="watch_due")
        return [_words(notice) for notice in staff.order_by("pk")]


def _words(notice: Notice) -> str:
    if notice.channel == "sms":
        return letters.text(notice).text
    letter = letters.letter(notice)
    return f"{letter.subject}\n{letter.text}\n{letter.html}"


@pytest.mark.timeout(600)
def test_neither_word_nor_difference():
    world, owner = World(), people.liu()
    WatchHit.objects.all().delete()
    cases = [make.case(state, by=owner, of=make.merchant()) for state in STATES]
    for case in cases:
        make.person(case.merchant)
    eyes = Eyes(world, cases, owner)
    first, before = eyes.pages(), eyes.pages()  # what differs from one look to the next differs by itself
    data, messages = eyes.data(), eyes.messages()
    published(line("WLS-7", name=LISTED))
    tasks.rescreen()
    hits = list(WatchHit.objects.filter(case__in=cases))
    assert len(hits) == len(cases)
    unchanged(eyes, first, before, data, messages)
    for hit in hits:
        decide_hit(hit.pk, "confirmed", "同一人", by=people.risk_officer())
    unchanged(eyes, first, before, data, messages)


def unchanged(eyes: Eyes, first, before, data, messages) -> None:
    after = eyes.pages()
    assert [url for url, (_status, text) in after.items() if WORDS.search(text)] == []
    steady = [url for url in before if first[url] == before[url]]
    assert len(steady) > 0.9 * len(before)
    assert [url for url in steady if after[url] != before[url]] == []
    assert eyes.data() == data and not WORDS.search(data)
    assert eyes.messages() == messages and not any(map(WORDS.search, messages))
    told = Notice.objects.filter(recipient=eyes.owner)
    assert not any(WORDS.search(notice.template + notice.context) for notice in told)
