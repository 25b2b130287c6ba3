"""The PAdES seal under a signed agreement: after it, one changed byte shows.

Key and certificate lie in the PKCS #12 file that settings.SEAL_PKCS12 names. The embedded mode makes a certificate of
its own there; in production an authority issues it.
"""

from __future__ import annotations

import datetime
import io
import os
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FIELD = "KaitongSeal"
YEARS = 10


def sealed(data: bytes, reason: str) -> bytes:
    """The PDF with our seal over all of it. `reason` is shown by PDF readers."""
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    kept = io.BytesIO()
    signer = signers.PdfSigner(meta, signer=_signer(_file(), _password()))
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=kept)
    return kept.getvalue()


def holds(data: bytes) -> bool:
    """Whether the PDF carries our seal and nothing was changed or added since."""
    try:
        seals = PdfFileReader(io.BytesIO(data)).embedded_signatures
        if len(seals) != 1:
            return False
        trust = ValidationContext(trust_roots=[_signer(_file(), _password()).signing_cert])
        status = validate_pdf_signature(seals[0], trust)
    except (PdfError, ValueError, IndexError, KeyError, TypeError, AttributeError):  # a torn file breaks in many ways
        return False
    return bool(status.bottom_line and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


@lru_cache(maxsize=4)
def _signer(path: Path, password: bytes) -> signers.SimpleSigner:
    if not path.exists():
        _make(path, password)
    signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12(str(path), passphrase=password)
    if signer is None:
        raise ImproperlyConfigured("SEAL_PKCS12 does not open with SEAL_PASSWORD.")
    return signer


def _file() -> Path:
    if not settings.SEAL_PKCS12:
        raise ImproperlyConfigured("Set SEAL_PKCS12 to the PKCS #12 file that seals signed agreements.")
    return Path(settings.SEAL_PKCS12)


def _password() -> bytes:
    return str(settings.SEAL_PASSWORD or settings.SECRET_KEY).encode()


def _make(path: Path, password: bytes) -> None:
    """A certificate of our own, for the embedded mode only."""
    if not settings.EMBEDDED:
        raise ImproperlyConfigured(f"There is no file at SEAL_PKCS12={path}.")
    key = ec.generate_private_key(ec.SECP256R1())
    packed = pkcs12.serialize_key_and_certificates(
        b"kaitong", key, _certificate(key), None, BestAvailableEncryption(password)
    )
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_bytes(packed)
    temporary.replace(path)


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Kaitong demonstration"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Kaitong agreement seal"),
        ]
    )
    now = datetime.datetime.now(datetime.UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=365 * YEARS))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
