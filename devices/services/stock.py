"""The shelf: receive, keys by two persons, wipe, scrap, quarantine."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.flow import Custody
from devices.models import DeviceModel, Movement, Terminal
from devices.services.common import demand, move
from onboarding.models import User
from onboarding.services import NotAllowed, NotNow, Refused

KCV = re.compile(r"[0-9A-F]{6}")
BAD_KCV = _("Enter the 6-character key check value: digits and A to F.")
OTHER_KCV = _("This key check value differs from your colleague's. Read it again from the injection device.")
SAME_PERSON = _("You injected these keys. A colleague has to check them.")


def receive_stock(model: DeviceModel, serials: Iterable[str], *, by: User) -> list[Terminal]:
    """New terminals, with serials that were read by `formats.tusn`. Raises Refused when one is known already."""
    wanted = list(serials)
    with transaction.atomic():
        demand(by, "receive_terminal")
        if known := Terminal.objects.filter(serial__in=wanted).values_list("serial", flat=True).first():
            raise Refused(_("We have %(serial)s already.") % {"serial": known})
        made = Terminal.objects.bulk_create(Terminal(serial=serial, model=model) for serial in wanted)
        Movement.objects.bulk_create(
            Movement(terminal=one, source=Custody.ORDERED, target=Custody.RECEIVED, by=by) for one in made
        )
    return made


def inject_key(terminal_id: int, kcv: str, *, by: User) -> Terminal:
    """First person: the keys are in; we keep the check value. A second person must confirm it."""
    with transaction.atomic():
        demand(by, "inject_key_terminal")
        terminal = _locked(terminal_id)
        if terminal.state not in (Custody.RECEIVED, Custody.WIPED):
            raise NotNow(_("Keys go only into a terminal that was just received or wiped."))
        terminal.kcv, terminal.key_by, terminal.key_checked_by = _read(kcv), by, None
        terminal.key_at = timezone.now()
        terminal.save(update_fields=["kcv", "key_by", "key_checked_by", "key_at"])
    return terminal


def confirm_key(terminal_id: int, kcv: str, *, by: User) -> Terminal:
    """Second person: reads the same check value. Then the terminal goes to stock."""
    with transaction.atomic():
        demand(by, "inject_key_terminal")
        terminal = _locked(terminal_id)
        if not terminal.kcv or terminal.key_by_id is None:
            raise NotNow(_("Nobody has injected keys into this terminal yet."))
        if terminal.key_by_id == by.pk:
            raise NotAllowed(SAME_PERSON)
        if _read(kcv) != terminal.kcv:
            raise Refused(OTHER_KCV)
        terminal.key_checked_by = by
        move(terminal, "inject_key", by, "key_checked_by", note=f"KCV {terminal.kcv}")
        move(terminal, "stock", by)
    return terminal


def wipe(terminal_id: int, *, by: User) -> Terminal:
    """No key is left in it: it may get new ones. Whatever order it belonged to is history."""
    with transaction.atomic():
        demand(by, "recover_terminal")
        terminal = _locked(terminal_id)
        terminal.kcv, terminal.key_by, terminal.key_checked_by, terminal.line = "", None, None, None
        move(terminal, "wipe", by, "kcv", "key_by", "key_checked_by", "line")
    return terminal


def scrap(terminal_id: int, *, by: User) -> Terminal:
    with transaction.atomic():
        demand(by, "recover_terminal")
        terminal = _locked(terminal_id)
        move(terminal, "scrap", by)
    return terminal


def _locked(terminal_id: int) -> Terminal:
    return Terminal.objects.select_for_update(of=("self",)).get(pk=terminal_id)


def _read(kcv: str) -> str:
    value = kcv.strip().upper()
    if not KCV.fullmatch(value):
        raise Refused(BAD_KCV)
    return value
