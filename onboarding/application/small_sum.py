"""The small sum: we send 0.01 to 0.99 yuan, the merchant reads it in the account and tells us how much came."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onboarding.application.services import forget_proof
from onboarding.models import Case, SettlementAccount, User
from onboarding.screening.small_sum import SENDS, TRIES, VALID, standing_of
from onboarding.services import Refused, record
from portal.gateways import bank, gateway
from portal.gateways.base import Answered, Reply, Unavailable, Unknown

TOO_MANY = _("We have sent small sums often enough. A colleague checks the account with you instead.")
NOTHING_SENT = _("There is no small sum on its way. Have one sent first.")
EXPIRED = _("The 3 days are over. Have another small sum sent.")
USED_UP = _("That was three times another amount. Have another small sum sent, and look at the statement first.")
ANOTHER = _("That is not the amount that we sent. Look at the statement again.")
PROVED = _("This account is confirmed already.")
LATER = _("The bank does not answer just now. Nothing was sent. Try again in a few minutes.")
UNSURE = _("The bank has not said whether it sent the sum. Press the button again in a few minutes; we only ask.")
SENT_BACK = _("The bank sent the sum back. Compare account name, number and bank with your card or paper.")


def send_small_sum(account: SettlementAccount, *, case: Case) -> None:
    """Send a small sum, or ask about the one whose fate is unknown. Raises Refused with a sentence. Does nothing
    while one is on its way: then this is the same press a second time.

    The sum is chosen and kept before the bank hears of it; the bank is called outside of any transaction.
    """
    chosen, step = _choose(account.pk, case)
    reply: Reply[bank.TransferAnswer]
    if step == "wait":
        return
    if step == "send":
        reply = gateway("bank").transfer(chosen.proof_ref, _transfer(chosen))
    else:
        reply = gateway("bank").ask(chosen.proof_ref, bank.TransferAnswer)
    if sentence := _settled(chosen, reply):
        raise Refused(sentence)


def _choose(account_id: int, case: Case) -> tuple[SettlementAccount, str]:
    """The account with a reference and a sum, and what to do: "send" them, "ask" about them, or "wait" for the
    merchant to tell. One short transaction."""
    with transaction.atomic():
        account = SettlementAccount.objects.select_for_update().get(pk=account_id)
        if account.proved_at:
            raise Refused(PROVED)
        if account.proof_ref and not account.proof_sent_at and not account.proof_failed:
            return account, "ask"  # asked for before, never answered
        if standing_of(account) == "not_told":
            return account, "wait"
        if account.proof_sends >= SENDS:
            raise Refused(TOO_MANY)
        forget_proof(account)
        account.proof_sends += 1
        account.proof_ref = f"{case.ref}-small-{account.pk}-{account.proof_sends}"
        account.proof_fen = secrets.randbelow(99) + 1
        account.save()
        return account, "send"


def _transfer(account: SettlementAccount) -> bank.Transfer:
    purpose = gettext("Kaitong account check")
    return bank.Transfer(account.cnaps, account.proof_fen or 0, purpose, account.holder, account.number)


def _settled(account: SettlementAccount, reply: Reply[bank.TransferAnswer]) -> Any | None:
    """Write down what the bank said, unless somebody changed the account meanwhile; the sentence when it is bad."""
    same = SettlementAccount.objects.filter(pk=account.pk, proof_ref=account.proof_ref)
    if isinstance(reply, Unknown):
        return UNSURE
    if isinstance(reply, Unavailable):
        same.update(proof_ref="", proof_fen=None, proof_sends=account.proof_sends - 1)
        return LATER
    if isinstance(reply, Answered) and reply.value.state != bank.TransferState.RETURNED:
        same.update(proof_sent_at=timezone.now())
        return None
    why = reply.value.return_code if isinstance(reply, Answered) else reply.detail
    same.update(proof_failed=(why or "refused")[:40], proof_fen=None)
    return SENT_BACK


def tell_small_sum(account: SettlementAccount, fen: int, *, case: Case, by: User) -> None:
    """The merchant says how much came, in fen; three tries, three days. Raises Refused with a sentence."""
    if sentence := _told(account.pk, fen):
        raise Refused(sentence)
    record(case.pk, "small_sum_proved", by=by, data={"account": account.pk})


@transaction.atomic
def _told(account_id: int, fen: int) -> Any | None:
    account = SettlementAccount.objects.select_for_update().get(pk=account_id)
    standing = standing_of(account)
    if standing != "not_told":
        return {"proved": PROVED, "expired": EXPIRED, "used_up": USED_UP}.get(standing, NOTHING_SENT)
    if fen == account.proof_fen:
        account.proved_at = timezone.now()
        account.save(update_fields=["proved_at"])
        return None
    account.proof_tries += 1
    account.save(update_fields=["proof_tries"])
    return USED_UP if account.proof_tries >= TRIES else ANOTHER


__all__ = ["SENDS", "TRIES", "VALID", "send_small_sum", "standing_of", "tell_small_sum"]
