"""What devices ask of a case: order, delivery, installation, acceptance, closing. Pure; the queries lie in facts.py."""

from devices.rules.acceptance import AcceptanceFacts, ClosingFacts
from devices.rules.installation import InstallationFacts, missing_at_the_shop
from devices.rules.ordering import OrderFacts, missing_in_the_order

__all__ = [
    "AcceptanceFacts",
    "ClosingFacts",
    "InstallationFacts",
    "OrderFacts",
    "missing_at_the_shop",
    "missing_in_the_order",
]
