"""A merchant with an open hit, and with a confirmed one, finds neither a word of it nor any difference."""

import io
import json
import re
import zipfile

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
WORDS = re.compile(rf"watch.?list|watchhit|desk/watch|possible match|{LISTED}|WLS-7|黑名单|疑似名单", re.IGNORECASE)
LEFT_OUT = {"account_logout", "admin:logout", "language"}
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|\d+ (minutes?|seconds?|分钟|秒)')


class Eyes:
    """What the people of a merchant see: every page, mail, SMS and copy of their data."""

    def __init__(self, world: World, case: Case, owner) -> None:
        self.world, self.case, self.owner = world, case, owner

    def pages(self) -> dict[str, tuple[int, str]]:
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        client.force_login(self.owner)
        client.get("/me/")
        seen = {}
        for address in addresses():
            if address.name in LEFT_OUT or TABLE.match(address.name):
                continue
            values = self.world.values(address)
            if values.get("ref") == self.world.case.ref:
                values["ref"] = self.case.ref
            url = address.url(values)
            answer = client.get(url)
            text = answer.content.decode(errors="replace") if not answer.streaming else ""
            seen[url] = (answer.status_code, CHANGING.sub("", text + answer.headers.get("Location", "")))
        return seen

    def data(self) -> str:
        """The copy of "my data", as it is fetched."""
        with zipfile.ZipFile(io.BytesIO(archive(parts(self.owner), lambda number: None))) as made:
            told = json.loads(made.read("my-data.json"))
        told.pop("made_at")
        return json.dumps([told, holdings.told(self.case)], ensure_ascii=False, default=str)

    def messages(self) -> list[str]:
        staff = Notice.objects.exclude(template="watch_due")
        return [_words(notice) for notice in staff.order_by("pk")]


def _words(notice: Notice) -> str:
    if notice.channel == "sms":
        return letters.text(notice).text
    letter = letters.letter(notice)
    return f"{letter.subject}\n{letter.text}\n{letter.html}"


@pytest.fixture
def world():
    return World()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("state", ["live", "identity_review", "application_review", "acceptance"])
def test_neither_word_nor_difference(world, state):
    WatchHit.objects.all().delete()
    owner = people.liu()
    case = make.case(state, by=owner)
    make.person(case.merchant)
    eyes = Eyes(world, case, owner)
    first, before = eyes.pages(), eyes.pages()  # what differs from one look to the next differs by itself
    data, messages = eyes.data(), eyes.messages()
    listed = published(line("WLS-7", name=LISTED))
    tasks.rescreen()
    hit = WatchHit.objects.get(case=case)
    assert hit.entry.watchlist == listed
    for verdict in ("", "confirmed"):
        if verdict:
            decide_hit(hit.pk, verdict, "同一人", by=people.risk_officer())
        after = eyes.pages()
        assert [url for url, (_status, text) in after.items() if WORDS.search(text)] == []
        steady = [url for url in before if first[url] == before[url]]
        assert len(steady) > 0.9 * len(before)
        assert [url for url in steady if after[url] != before[url]] == []
        assert eyes.data() == data and not WORDS.search(data)
        assert eyes.messages() == messages and not any(map(WORDS.search, messages))
    told = Notice.objects.filter(recipient=owner)
    assert not any(WORDS.search(notice.template + notice.context) for notice in told)
