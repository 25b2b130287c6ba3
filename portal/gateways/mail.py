"""E-mail. SMTP cannot be asked afterwards, so a mail is sent at least once, always under the same Message-ID."""

import smtplib
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from portal.gateways.base import (
    Answered,
    Askable,
    Options,
    Reason,
    Refused,
    Reply,
    Unavailable,
    Unknown,
    hidden,
    personal,
)
from portal.gateways.messages import keep_message
from portal.gateways.simulator import Simulator
from portal.models import SimulatedMessage

T = TypeVar("T")


def _address(text: str) -> str:
    return f"{text[:1]}***@{text.rpartition('@')[2]}"


@dataclass(frozen=True, slots=True)
class Letter:
    message_id: str  # "<…@host>", the same for every attempt
    to: str = personal(_address)
    subject: str = personal(hidden)
    text: str = personal(hidden)
    html: str = personal(hidden, default="")


@dataclass(frozen=True, slots=True)
class Posted:
    message_id: str


class Mail(Askable, Protocol):
    def send(self, client_ref: str, letter: Letter) -> Reply[Posted]:
        """Hand one mail over for delivery."""
        ...


class SmtpMail:
    """Through the SMTP server of `EMAIL_URL`. Times out after EMAIL_TIMEOUT seconds, or 20."""

    @classmethod
    def configured(cls, options: Options) -> Self:
        """Django's own e-mail settings say where."""
        return cls()

    def send(self, client_ref: str, letter: Letter) -> Reply[Posted]:
        connection = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=settings.EMAIL_TIMEOUT or 20)
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:  # nothing was handed over yet
            return Unavailable(Reason.NO_CONNECTION, type(error).__name__)
        try:
            return _hand_over(connection, letter)
        finally:
            connection.close()

    def ask(self, client_ref: str, kind: type[T]) -> Reply[T]:
        return Unknown(Reason.CANNOT_BE_ASKED)


def _hand_over(connection: BaseEmailBackend, letter: Letter) -> Reply[Posted]:
    try:
        connection.send_messages([_message(letter)])
    except smtplib.SMTPRecipientsRefused as error:
        return _turned_away(max(code for code, _ in error.recipients.values()))
    except smtplib.SMTPResponseException as error:
        return _turned_away(error.smtp_code)
    except ValueError as error:  # a line break in a header, an address that is none: no attempt will do better
        return Refused(Reason.REFUSED, type(error).__name__)
    except (OSError, smtplib.SMTPException) as error:
        return Unknown(Reason.LOST, type(error).__name__)
    return Answered(Posted(letter.message_id))


def _turned_away(code: int) -> Refused | Unavailable:
    """SMTP says which refusals last: 5xx do, 4xx may be tried again."""
    return Refused(Reason.REFUSED, str(code)) if code >= 500 else Unavailable(Reason.BUSY, str(code))


def _message(letter: Letter) -> EmailMultiAlternatives:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


class SimulatedMail(Simulator):
    """Puts every mail into the outbox page."""

    name = "mail"

    def send(self, client_ref: str, letter: Letter) -> Reply[Posted]:
        def act(outcome: str) -> Posted:
            row = SimulatedMessage(
                channel=SimulatedMessage.Channel.MAIL, client_ref=client_ref, message_id=letter.message_id,
                subject=letter.subject[:255], text=letter.text, html=letter.html,
            )  # fmt: skip
            return Posted(keep_message(row, letter.to).message_id)

        return self.once("send", client_ref, letter, Posted, act)


ADAPTERS = {"simulator": SimulatedMail, "smtp": SmtpMail}
