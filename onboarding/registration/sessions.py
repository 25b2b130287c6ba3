"""Where somebody is signed in, in words, and signing out elsewhere."""

from __future__ import annotations

import re

from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext as _

from onboarding.models import User

# First match wins: WeChat and Edge also call themselves Chrome, Chrome calls itself Safari.
BROWSERS = (
    ("WeChat", r"MicroMessenger"), ("Edge", r"Edg"), ("QQ", r"QQBrowser"), ("UC", r"UCBrowser"),
    ("Firefox", r"Firefox|FxiOS"), ("Huawei", r"HuaweiBrowser"), ("Xiaomi", r"MiuiBrowser"),
    ("Chrome", r"Chrome|CriOS"), ("Safari", r"Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("HarmonyOS", r"HarmonyOS|OpenHarmony"), ("Android", r"Android"),
    ("Windows", r"Windows"), ("Mac", r"Macintosh"), ("Linux", r"Linux"),
)  # fmt: skip


def places(user: User) -> list[UserSession]:
    """Where this account is signed in now, the present one first, then the latest seen."""
    rows: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(rows, key=lambda row: (row.is_current(), row.last_seen_at), reverse=True)


def device(agent: str) -> str:
    """A browser's own description in two words: Chrome, Windows."""
    browser = next((name for name, pattern in BROWSERS if re.search(pattern, agent)), "")
    system = next((name for name, pattern in SYSTEMS if re.search(pattern, agent)), "")
    return ", ".join(filter(None, (browser, system))) or _("Unknown device")


def end(request: HttpRequest, row: UserSession) -> None:
    """Sign out there; here as well when it is the present one."""
    flows.end_sessions(request, [row])
