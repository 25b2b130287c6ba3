"""Signing: the code is checked, the signed PDF is made and sealed, then one transaction writes everything."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import io
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from PIL import Image

from onboarding.application import clauses, pdf, seal
from onboarding.application.agreement import context
from onboarding.flow import Stage
from onboarding.formats import mobile, text
from onboarding.models import Agreement, Case, Consent, MerchantRate, OneTimeCode, Person, User
from onboarding.services import Conflict, Refused, advance, consents
from onboarding.words import pick
from portal.storage import private_files
from portal.words import day, hour

LARGEST_DRAWING = 600_000  # characters of base64
PIXELS = (1200, 340)
UNREADABLE = gettext_lazy("The signature could not be read. Wipe it and write again, or leave the box empty")
CHANGED = gettext_lazy("The file of the agreement was changed. Call us before you sign")


@dataclasses.dataclass(frozen=True, slots=True)
class Signature:
    """What the signer gave: typed name, drawn PNG (re-encoded) or None, consents, where from."""

    name: str
    drawn: bytes | None
    marketing: bool
    address: str | None


def drawing(encoded: str) -> bytes | None:
    """The drawn signature as our own PNG, from base64; None when nothing was drawn. Raises Refused."""
    if not encoded.strip():
        return None
    if len(encoded) > LARGEST_DRAWING:
        raise Refused(UNREADABLE)
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(encoded, validate=True)), formats=["PNG"])
        if picture.width > 2 * PIXELS[0] or picture.height > 2 * PIXELS[1]:
            raise Refused(UNREADABLE)
        ink = picture.convert("RGBA")
    except (binascii.Error, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(UNREADABLE) from None
    return _on_white(ink) if ink.getchannel("A").getextrema() != (0, 0) else None


def _on_white(ink: Image.Image) -> bytes:
    sheet = Image.new("RGB", ink.size, "white")
    sheet.paste(ink, mask=ink.getchannel("A"))
    kept = io.BytesIO()
    sheet.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def sign(case: Case, agreement: Agreement, code: OneTimeCode, signer: Person, given: Signature, *, by: User) -> Case:
    """Sign `agreement` with a code that `codes.check` accepted, and move the case on. Again changes nothing.

    Raises Refused (with sentences) when the file was tampered with or the case may not move; then nothing was kept.
    """
    now = timezone.now()
    with override(agreement.language):
        signed = _signed_pdf(agreement, code, signer, given, now)
    names = _stored(agreement, signed, given)
    try:
        return _written(case, agreement, code, signer, given, by=by, names=names, now=now, signed=signed)
    except BaseException:
        for name in names.values():
            private_files.delete(name)
        raise


def _signed_pdf(agreement: Agreement, code: OneTimeCode, signer: Person, given: Signature, now: Any) -> bytes:
    offered = private_files.read(agreement.file, context(agreement))
    if hashlib.sha256(offered).hexdigest() != agreement.sha256:
        raise Refused(CHANGED)
    rows = [
        (_("Signed by"), f"{signer.name} ({signer.get_role_display()})"),
        (_("Typed name"), given.name),
        (_("Time"), f"{day(now)} {now.astimezone(timezone.get_default_timezone()):%Y-%m-%d %H:%M:%S} (UTC+8)"),
        (_("Mobile that got the code"), mobile.mask(code.mobile)),
        (_("Proof of the code"), f"OTC-{code.pk} · {hour(code.sent_at)} · {code.digest[:16]}"),
        (_("Digest of the agreement (SHA-256)"), agreement.sha256),
    ]
    page = pdf.signature_page(rows, given.drawn, foot=agreement.snapshot["foot"])
    return seal.sealed(pdf.joined(offered, page), f"{agreement.case.ref} v{agreement.version}")


def _stored(agreement: Agreement, signed: bytes, given: Signature) -> dict[str, str]:
    place = signed_context(agreement)
    names = {"signed_file": private_files.save(signed, place)}
    if given.drawn:
        names["drawn"] = private_files.save(given.drawn, place)
    return names


def signed_context(agreement: Agreement) -> str:
    """What the signed file is bound to by its encryption."""
    return agreement.signed_context


@transaction.atomic
def _written(
    case: Case, agreement: Agreement, code: OneTimeCode, signer: Person, given: Signature, *, by: User,
    names: dict[str, str], now: Any, signed: bytes,
) -> Case:  # fmt: skip
    Case.objects.select_for_update().get(pk=case.pk)
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.stage != Stage.OFFERED or not _use(code, now):
        raise Conflict
    for earlier in Agreement.objects.filter(case=case, stage=Stage.SIGNED):
        earlier.supersede()
        earlier.save()
    row.sign()
    row.signer, row.signed_at, row.signed_sha256 = signer, now, hashlib.sha256(signed).hexdigest()
    row.signed_file, row.drawn = names["signed_file"], names.get("drawn", "")
    row.proof = {
        "code": code.pk,
        "sent_at": code.sent_at.isoformat(),
        "used_at": now.isoformat(),
        "address": given.address,
    }
    row.save()
    _consents(row, given, by)
    _rate(row)
    told = {"agreement": row.pk, "version": row.version, "sha256": row.signed_sha256}
    return advance(case.pk, "sign_agreement", by=by, data=told)


def _use(code: OneTimeCode, now: Any) -> bool:
    """Use the code up; False when somebody did."""
    return bool(OneTimeCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now))


def _consents(agreement: Agreement, given: Signature, by: User) -> None:
    institution = pick(agreement.plan.institution, "name")
    purposes = [Consent.Purpose.SHARING, *([Consent.Purpose.MARKETING] if given.marketing else [])]
    for purpose in purposes:
        words = consents.at_signing(purpose, agreement.language, institution)
        earlier = Consent.objects.filter(case=agreement.case, purpose=purpose, withdrawn_at=None)
        earlier.update(withdrawn_at=agreement.signed_at)  # given anew for this version, perhaps to another institution
        Consent.objects.create(
            case=agreement.case, user=by, purpose=purpose, version=clauses.VERSION, language=agreement.language,
            text_sha256=hashlib.sha256(words.encode()).hexdigest(), address=given.address,
        )  # fmt: skip


def _rate(agreement: Agreement) -> None:
    """The price from today on; an earlier open one ends."""
    today, merchant = timezone.localdate(), agreement.case.merchant_id
    MerchantRate.objects.filter(merchant=merchant, valid_to=None).update(valid_to=today)
    kept = {name: agreement.snapshot[name] for name in ("plan", "rules", "terms", "fee_class", "mcc", "cycle")}
    MerchantRate.objects.create(
        merchant_id=merchant, agreement=agreement, plan_code=agreement.plan.code, plan_version=agreement.plan.version,
        snapshot=kept, valid_from=today,
    )  # fmt: skip


def names_agree(typed: str, signer: Person) -> bool:
    """Whether the typed name is the signer's."""
    return text.is_same(typed, signer.name)
