"""The nouns of devices, one file each."""

from devices.models.errand import Errand
from devices.models.model import DeviceModel
from devices.models.order import Order, OrderLine
from devices.models.payment import Payment
from devices.models.rollout import Rollout
from devices.models.shipment import Shipment
from devices.models.terminal import Binding, Movement, Terminal
from devices.models.visit import AcceptanceTest, ChecklistItem, SerialCheck, Visit, VisitPhoto

__all__ = [
    "AcceptanceTest",
    "Binding",
    "ChecklistItem",
    "DeviceModel",
    "Errand",
    "Movement",
    "Order",
    "OrderLine",
    "Payment",
    "Rollout",
    "SerialCheck",
    "Shipment",
    "Terminal",
    "Visit",
    "VisitPhoto",
]
