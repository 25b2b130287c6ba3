"""Text messages. A message of unknown fate is asked about, never repeated: the reader would get two codes."""

from dataclasses import dataclass
from typing import Protocol

from portal.gateways.base import Askable, Reply, hidden, personal, tail
from portal.gateways.http import HttpGateway
from portal.gateways.messages import keep_message
from portal.gateways.simulator import Simulator
from portal.models import SimulatedMessage


@dataclass(frozen=True, slots=True)
class Text:
    to: str = personal(tail)  # mobile, normalised
    text: str = personal(hidden)


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: str


class Sms(Askable, Protocol):
    def send(self, client_ref: str, message: Text) -> Reply[Sent]:
        """Hand one message over for delivery."""
        ...


class HttpSms(HttpGateway):
    def send(self, client_ref: str, message: Text) -> Reply[Sent]:
        return self.post("messages", client_ref, message, Sent)


class SimulatedSms(Simulator):
    """Puts every message into the outbox page."""

    name = "sms"

    def send(self, client_ref: str, message: Text) -> Reply[Sent]:
        def act(outcome: str) -> Sent:
            row = SimulatedMessage(channel=SimulatedMessage.Channel.SMS, client_ref=client_ref, text=message.text)
            return Sent(keep_message(row, message.to).message_id)

        return self.once("send", client_ref, message, Sent, act)


ADAPTERS = {"simulator": SimulatedSms, "http": HttpSms}
