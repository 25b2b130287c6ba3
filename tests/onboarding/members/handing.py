"""What the tests of links share: the newest link and code that were sent to an address."""

import json
from urllib.parse import urlsplit

from onboarding.models import Notice


def newest(template: str, address: str) -> dict:
    notices = Notice.objects.filter(template=template).order_by("-pk")
    return json.loads(next(one for one in notices if one.address == address).context)


def link_of(address: str) -> str:
    return urlsplit(newest("claim_link", address)["link"]).path


def code_of(address: str) -> str:
    return newest("sign_in_code", address)["code"]


def claim(client, address: str):
    """Open the newest link, have the code sent, enter it."""
    url = link_of(address)
    assert client.get(url).status_code == 200
    assert client.post(url, {"send": "first"}).status_code == 302
    return client.post(url, {"code": code_of(address)})
