"""What the simulated payment house does when the payer presses a button."""

import json
import logging
from urllib.parse import urljoin

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.gateways.base import plain
from portal.gateways.http import signed_headers
from portal.gateways.payment import DECLINES, notice_secret, status_of
from portal.gateways.simulator import forced
from portal.models import SimulatedPayment

log = logging.getLogger("portal.gateways")
NOTICE_SECONDS = 3.0


def decide(token: str, pays: bool) -> SimulatedPayment:
    """Settle a payment once; pressing again changes nothing. Raises `SimulatedPayment.DoesNotExist`."""
    with transaction.atomic():
        payment = SimulatedPayment.objects.select_for_update().get(token=token)
        if payment.state != SimulatedPayment.State.PENDING:
            return payment
        paid = pays and not forced("payment", [DECLINES])
        payment.state = SimulatedPayment.State.PAID if paid else SimulatedPayment.State.REFUSED
        payment.decided_at = timezone.now()
        payment.save(update_fields=["state", "decided_at"])
    notify(payment)
    return payment


def notify(payment: SimulatedPayment) -> bool:
    """Tell the shop, signed. A notice that gets lost is no fault: the shop asks for the status."""
    if not payment.notify_url:
        return False
    body = json.dumps(plain(status_of(payment))).encode()
    headers = {"Content-Type": "application/json", **signed_headers(notice_secret(), body, "notice")}
    try:
        answer = httpx.post(
            urljoin(settings.SITE_URL, payment.notify_url), content=body, headers=headers, timeout=NOTICE_SECONDS
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.warning("payment notice %s lost: %s", payment.client_ref, type(error).__name__)
        return False
    return answer.is_success
