"""What the simulated mail and SMS gateways have sent, as a worker delivered it."""

import re

from portal.gateways.messages import recipient_index
from portal.models import SimulatedMessage
from tests.journey.visitor import until


def newest(to: str, channel: str) -> SimulatedMessage | None:
    return SimulatedMessage.objects.filter(to_index=recipient_index(to), channel=channel).order_by("-pk").first()


def code(mobile: str, after: int = 0) -> str:
    """The six digits of the newest SMS to `mobile` that is newer than the message `after`."""

    def digits() -> re.Match | None:
        message = newest(mobile, "sms")
        return re.search(r"(?<!\d)\d{6}(?!\d)", message.text) if message and message.pk > after else None

    return until(digits, f"a code by SMS to {mobile}")[0]


def last() -> int:
    """The number of the newest message."""
    return SimulatedMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def subjects(to: str) -> list[str]:
    found = SimulatedMessage.objects.filter(to_index=recipient_index(to), channel="mail")
    return list(found.order_by("pk").values_list("subject", flat=True))
