"""What people type, read by pure functions: no settings, no database, no exception for any text.

Every module has `read(text, **context) -> Reading`: the value as it is stored, errors (impossible: refuse it) and
warnings (doubtful: show them, accept it). Each `Finding` has a code and a lazy sentence for the field.

    >>> reading = uscc.read(" 9111 0000 6000 3734 1l ")
    >>> reading.ok, reading.value, reading.codes
    (True, '91110000600037341L', ())

uscc, registration_number                     what a merchant is registered under
resident_id, travel_document,                 what a person is known by; identity_document asks the right one
identity_document
bank_card, bank_account, cnaps                where the money goes
mobile, phone                                 E.164; only a mobile gets codes
mid, tid, tusn, mcc                           merchant, terminal, device, trade
text                                          names: trim, compare, mask
likeness, sound                               names that may be the same, and how they are read
calendar                                      working days and hours over a given calendar
"""

from . import (
    bank_account,
    bank_card,
    calendar,
    cnaps,
    identity_document,
    mcc,
    mid,
    mobile,
    phone,
    registration_number,
    resident_id,
    text,
    tid,
    travel_document,
    tusn,
    uscc,
)
from .reading import Finding, Reading

__all__ = [
    "Finding", "Reading", "bank_account", "bank_card", "calendar", "cnaps", "identity_document", "mcc", "mid", "mobile",
    "phone", "registration_number", "resident_id", "text", "tid", "travel_document", "tusn", "uscc",
]  # fmt: skip
