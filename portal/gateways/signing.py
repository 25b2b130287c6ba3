"""The signing authority: proves by a code to the signer's own mobile who agreed to a document, and seals its digest."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import crypto
from portal.gateways.base import Askable, Refused, Reply, hidden, personal, surname, tail
from portal.gateways.http import HttpGateway
from portal.gateways.messages import keep_message
from portal.gateways.simulator import Simulator, record_key
from portal.models import SimulatedMessage, SimulatedRecord

CODE_LIFE = timedelta(minutes=10)
TRIES = 5
WRONG_CODE, EXPIRED, USED_UP, OTHER_DOCUMENT = "wrong_code", "expired", "used_up", "other_document"


@dataclass(frozen=True, slots=True)
class CodeRequest:
    sha256: str  # of the document, hex
    name: str = personal(surname)
    mobile: str = personal(tail)


@dataclass(frozen=True, slots=True)
class CodeSent:
    code_ref: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class ProofRequest:
    code_ref: str
    sha256: str
    code: str = personal(hidden)


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence that the holder of the mobile agreed to the document."""

    certificate_no: str
    signed_at: datetime
    evidence: str  # the authority's signature over digest and time


@dataclass(frozen=True, slots=True)
class SealRequest:
    sha256: str
    sealer: str  # name of the institution


class Signing(Askable, Protocol):
    def send_code(self, client_ref: str, request: CodeRequest) -> Reply[CodeSent]: ...

    def prove(self, client_ref: str, request: ProofRequest) -> Reply[Proof]:
        """`Refused.detail` is wrong_code, expired, used_up or other_document."""
        ...

    def seal(self, client_ref: str, request: SealRequest) -> Reply[Proof]: ...


class HttpSigning(HttpGateway):
    def send_code(self, client_ref: str, request: CodeRequest) -> Reply[CodeSent]:
        return self.post("codes", client_ref, request, CodeSent)

    def prove(self, client_ref: str, request: ProofRequest) -> Reply[Proof]:
        return self.post("proofs", client_ref, request, Proof)

    def seal(self, client_ref: str, request: SealRequest) -> Reply[Proof]:
        return self.post("seals", client_ref, request, Proof)


class SimulatedSigning(Simulator):
    """Sends its codes into the outbox page and signs with the key of this installation."""

    name = "signing"
    outcomes = {WRONG_CODE: gettext_lazy("finds the code wrong"), EXPIRED: gettext_lazy("finds the code too old")}

    def send_code(self, client_ref: str, request: CodeRequest) -> Reply[CodeSent]:
        def act(outcome: str) -> CodeSent:
            code, until = f"{secrets.randbelow(10**6):06d}", timezone.now() + CODE_LIFE
            kept = {"code": _digest(client_ref, code), "sha256": request.sha256, "until": until.isoformat(), "tries": 0}
            SimulatedRecord.objects.create(gateway=self.name, key=record_key(self.name, client_ref), answer=kept)
            _text_message(client_ref, request, code)
            return CodeSent(client_ref, until)

        return self.once("send_code", client_ref, request, CodeSent, act)

    def prove(self, client_ref: str, request: ProofRequest) -> Reply[Proof]:
        def act(outcome: str) -> Proof | Refused:
            records = SimulatedRecord.objects.select_for_update()
            record = records.filter(gateway=self.name, key=record_key(self.name, request.code_ref)).first()
            if outcome in self.outcomes or record is None:
                return Refused(detail=outcome or WRONG_CODE)
            record.answer["tries"] += 1
            record.save(update_fields=["answer"])
            fault = _fault(record.answer, request)
            return Refused(detail=fault) if fault else _proof(client_ref, request.sha256)

        return self.once("prove", client_ref, request, Proof, act)

    def seal(self, client_ref: str, request: SealRequest) -> Reply[Proof]:
        return self.once("seal", client_ref, request, Proof, lambda outcome: _proof(client_ref, request.sha256))


def _digest(code_ref: str, code: str) -> str:
    return crypto.blind_index(code, f"simulated.code.{code_ref}")


def _fault(kept: dict[str, Any], request: ProofRequest) -> str:
    """Why this code proves nothing, or ""."""
    if kept["tries"] > TRIES:
        return USED_UP
    if datetime.fromisoformat(kept["until"]) < timezone.now():
        return EXPIRED
    if kept["code"] != _digest(request.code_ref, request.code):
        return WRONG_CODE
    return "" if kept["sha256"] == request.sha256 else OTHER_DOCUMENT


def _proof(client_ref: str, sha256: str) -> Proof:
    now = timezone.now()
    return Proof(f"simulated-{client_ref}", now, crypto.sign(f"{sha256}\n{now.isoformat()}".encode()))


def _text_message(client_ref: str, request: CodeRequest, code: str) -> None:
    words = _("Your code for signing is %(code)s. It is valid for 10 minutes. Give it to nobody.") % {"code": code}
    row = SimulatedMessage(channel=SimulatedMessage.Channel.SMS, client_ref=f"signing:{client_ref}", text=words)
    keep_message(row, request.mobile)


ADAPTERS = {"simulator": SimulatedSigning, "http": HttpSigning}
