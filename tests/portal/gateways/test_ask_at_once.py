"""Eight workers call with the same reference at the same moment: one effect, one answer."""

import threading

import pytest
from django.db import connection

from portal.gateways import gateway
from portal.gateways.base import Answered
from portal.gateways.sms import Text
from portal.models import SimulatedCall, SimulatedMessage


@pytest.mark.django_db(transaction=True)
def test_one_effect(settings):
    settings.GATEWAYS = {"sms": "simulator"}
    start, replies = threading.Barrier(8), []

    def send():
        start.wait()
        replies.append(gateway("sms").send("n1", Text("13800138000", "hello")))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 8 and len(set(replies)) == 1 and isinstance(replies[0], Answered)
    assert SimulatedMessage.objects.count() == SimulatedCall.objects.count() == 1
