"""One function per verb; views and jobs call these. Each is a short transaction and refuses with sentences."""

from devices.services.allocating import allocate
from devices.services.delivery import confirm_delivery, hand_over, ship, take_back
from devices.services.errands import run_due, try_again
from devices.services.ordering import Offer, choose, offers, open_order, place, standing_order
from devices.services.paying import begin_payment, check_payment, place_order
from devices.services.stock import confirm_key, inject_key, receive_stock, scrap, wipe
from devices.services.testing import record_test
from devices.services.visiting import (
    book_visit,
    check_in,
    complete_installation,
    fail_visit,
    missing_of,
    note_training,
    sign,
    tick,
    verify_serial,
)

__all__ = [
    "Offer",
    "allocate",
    "begin_payment",
    "book_visit",
    "check_in",
    "check_payment",
    "choose",
    "complete_installation",
    "confirm_delivery",
    "confirm_key",
    "fail_visit",
    "hand_over",
    "inject_key",
    "missing_of",
    "note_training",
    "offers",
    "open_order",
    "place",
    "place_order",
    "receive_stock",
    "record_test",
    "run_due",
    "scrap",
    "ship",
    "sign",
    "standing_order",
    "take_back",
    "tick",
    "try_again",
    "verify_serial",
    "wipe",
]
