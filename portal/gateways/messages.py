"""How simulators put a message into the outbox page."""

from portal import crypto
from portal.models import SimulatedMessage


def recipient_index(to: str) -> str:
    """Under what the outbox page finds the messages to an address or a mobile, however it is typed."""
    plain = "".join(to.split()).replace("-", "").casefold() if "@" not in to else to.strip().casefold()
    return crypto.blind_index(plain.removeprefix("+86"), "simulated.message")


def keep_message(row: SimulatedMessage, to: str) -> SimulatedMessage:
    """Fill in the recipient and, where it has none, the message id; save the row once."""
    row.to, row.to_index = to, recipient_index(to)
    row.message_id = row.message_id or f"simulated-{row.client_ref}"
    row.save(force_insert=True)
    return row
