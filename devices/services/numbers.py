"""Numbers from the acquirer: the merchant's (MID), the terminal's (TID), and the binding of both to a serial number.

Three calls, each under its own reference made from the binding's; what was answered is stored before the next one.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from devices.models import Binding
from devices.models.errand import ERRAND_FIELDS
from devices.services.common import locked_case
from onboarding.models import Application, Case, Person
from onboarding.services import SYSTEM, record
from portal.gateways import acquirer, base, gateway


def attend_binding(binding: Binding) -> None:
    """The next step that is missing for this binding; when all are done, the case may move."""
    if binding.ended_at is not None:
        _unbind(binding)
        return
    reply = _registered(binding) or _numbered(binding) or _bound(binding)
    if reply is not None:
        binding.back_off(f"{reply.reason} {reply.detail}".strip())
        binding.keep()


def _call(verb: str, ref: str, request: Any, kind: type[Any], asked: int) -> Any:
    """Ask first when an earlier reply may have been lost; an `Unavailable` then means that it never happened."""
    house = gateway("acquirer")
    if asked:
        known = house.ask(ref, kind)
        if not isinstance(known, base.Unavailable):
            return known
    return getattr(house, verb)(ref, request)


def _registered(binding: Binding) -> Any:
    """The merchant's number: once per application, then used by every terminal. Returns the reply when not answered."""
    application = _application(binding)
    if application.mid:
        binding.mid, binding.acquirer_code = application.mid, application.mid[:3]
        return None
    reply = _call(
        "register", f"mid-{application.pk}", _merchant(binding, application), acquirer.Registered, binding.attempts
    )
    if not isinstance(reply, base.Answered):
        return reply
    binding.mid, binding.acquirer_code = reply.value.mid, reply.value.acquirer_code
    binding.save(update_fields=["mid", "acquirer_code"])
    Application.objects.filter(pk=application.pk, mid="").update(mid=reply.value.mid)
    return None


def _merchant(binding: Binding, application: Application) -> acquirer.MerchantRecord:
    merchant, store, account = binding.rollout.case.merchant, binding.rollout.store, application.account
    return acquirer.MerchantRecord(
        name=str(merchant), mcc=store.mcc if store else "", region_code=region(binding, application),
        uscc=merchant.uscc, settlement_cycle=application.settlement_cycle,
        holder=account.holder if account else "", account=account.number if account else "",
    )  # fmt: skip


def region(binding: Binding, application: Application) -> str:
    """The clearing region: digits 4 to 7 of the bank branch number, which carry it; else the district's first four."""
    account, store = application.account, binding.rollout.store
    if account and len(account.cnaps) == 12:
        return account.cnaps[3:7]
    return store.division_code[:4] if store else ""


def _numbered(binding: Binding) -> Any:
    if binding.tid:
        return None
    store, application = binding.rollout.store, _application(binding)
    request = acquirer.TerminalRequest(
        binding.mid, (binding.terminal.serial,), region(binding, application), store.address if store else "",
        binding.terminal.model.code,
    )  # fmt: skip
    reply = _call("add_terminals", f"tid-{binding.client_ref}", request, acquirer.Terminals, binding.attempts)
    if not isinstance(reply, base.Answered):
        return reply
    binding.tid = reply.value.tids[0]
    binding.save(update_fields=["tid"])
    return None


def _bound(binding: Binding) -> Any:
    case = binding.rollout.case
    request = acquirer.Binding(
        serial=binding.terminal.serial, tid=binding.tid, acquirer_code=binding.acquirer_code, mid=binding.mid,
        location=binding.location, owner_number=binding.uscc or _owner_number(case),
        account=binding.account.number if binding.account else "",
    )  # fmt: skip
    reply = _call("bind", f"bind-{binding.client_ref}", request, acquirer.Bound, binding.attempts)
    if not isinstance(reply, base.Answered):
        return reply
    _confirm(binding, reply.value)
    return None


def _confirm(binding: Binding, answer: acquirer.Bound) -> None:
    with transaction.atomic():
        locked_case(binding.rollout.case_id)
        row = Binding.objects.select_for_update().get(pk=binding.pk)
        row.binding_no, row.bound_at = answer.binding_no, answer.at
        row.mid, row.tid, row.acquirer_code = binding.mid, binding.tid, binding.acquirer_code
        if row.ended_at is None:
            row.done()
        else:  # called off while we were asking: tell them of the end as well
            row.due()
        row.save()
        told = {"terminal": row.terminal_id, "tid": row.tid, "mid": row.mid}
        record(binding.rollout.case_id, "numbers_given", by=SYSTEM, data=told, public=False)


def _unbind(binding: Binding) -> None:
    request = acquirer.Unbinding(binding.terminal.serial, binding.binding_no)
    reply = _call("unbind", f"unbind-{binding.client_ref}", request, acquirer.Bound, binding.attempts)
    if isinstance(reply, base.Answered):
        binding.unbound_at = timezone.now()
        binding.done()
    else:
        binding.back_off(f"{reply.reason} {reply.detail}".strip())
    binding.save(update_fields=["unbound_at", *ERRAND_FIELDS])


def _application(binding: Binding) -> Application:
    return Application.objects.select_related("account").get(case=binding.rollout.case_id)


def _owner_number(case: Case) -> str:
    """Of a micro merchant: the person's own number."""
    owner = case.merchant.persons.filter(role=Person.Role.LEGAL_REPRESENTATIVE).first()
    return owner.id_number if owner else ""
