"""The bank: a small sum to an account, so that its owner can tell us how much arrived.

The caller chooses the sum (1–99 fen) and keeps it; the merchant reads it in the account and types it in.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Askable, Refused, Reply, personal, surname, tail
from portal.gateways.http import HttpGateway
from portal.gateways.messages import keep_message
from portal.gateways.simulator import Simulator
from portal.models import SimulatedMessage


class TransferState(TextChoices):
    SENT = "sent", _("on its way")
    CREDITED = "credited", _("credited")
    RETURNED = "returned", _("returned by the other bank")


@dataclass(frozen=True, slots=True)
class Transfer:
    cnaps: str  # bank code of the account, may be empty for a card
    amount_fen: int
    purpose: str  # what the statement shows
    holder: str = personal(surname)
    account: str = personal(tail)


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    state: TransferState
    bank_ref: str
    at: datetime
    return_code: str = ""  # the other bank's: account closed, name does not fit…


class Bank(Askable, Protocol):
    def transfer(self, client_ref: str, transfer: Transfer) -> Reply[TransferAnswer]:
        """Send the sum once. Of unknown fate: `ask(client_ref, TransferAnswer)`."""
        ...

    def status(self, client_ref: str) -> Reply[TransferAnswer]:
        """How the transfer stands now."""
        ...


class HttpBank(HttpGateway):
    def transfer(self, client_ref: str, transfer: Transfer) -> Reply[TransferAnswer]:
        return self.post("transfers", client_ref, transfer, TransferAnswer)

    def status(self, client_ref: str) -> Reply[TransferAnswer]:
        return self.ask(client_ref, TransferAnswer)


class SimulatedBank(Simulator):
    """Credits at once and writes the line of the owner's bank statement into the outbox page."""

    name = "bank"
    outcomes = {"returned": _("returns the transfer: the name does not fit the account")}

    def transfer(self, client_ref: str, transfer: Transfer) -> Reply[TransferAnswer]:
        def act(outcome: str) -> TransferAnswer | Refused:
            if transfer.amount_fen <= 0 or not transfer.account:
                return Refused(detail="bad_transfer")
            if outcome == "returned":
                state, code = TransferState.RETURNED, "NAME_DIFFERS"
            else:
                state, code = TransferState.CREDITED, ""
                _statement_line(client_ref, transfer)
            return TransferAnswer(state, f"simulated-{client_ref}", timezone.now(), code)

        return self.once("transfer", client_ref, transfer, TransferAnswer, act)

    def status(self, client_ref: str) -> Reply[TransferAnswer]:
        return self.ask(client_ref, TransferAnswer)


def _statement_line(client_ref: str, transfer: Transfer) -> None:
    row = SimulatedMessage(
        channel=SimulatedMessage.Channel.BANK, client_ref=client_ref, subject=transfer.purpose[:255],
        text=f"+ ¥{transfer.amount_fen // 100}.{transfer.amount_fen % 100:02d}  {transfer.purpose}",
    )  # fmt: skip
    keep_message(row, transfer.account)


ADAPTERS = {"simulator": SimulatedBank, "http": HttpBank}
