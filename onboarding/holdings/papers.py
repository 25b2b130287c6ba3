"""Papers, agreements and what was said about them: they go with their case."""

from __future__ import annotations

from typing import Any

from onboarding.holdings import Files, files, forgets, tells
from onboarding.models import (
    Access,
    Agreement,
    Appeal,
    Attempt,
    Case,
    Certificate,
    Check,
    Condition,
    Consent,
    Document,
    Examination,
    Export,
    Notice,
    OneTimeCode,
    Opinion,
    Page,
    RegisterAnswer,
    Return,
    StaffNote,
    Standing,
    Trace,
    Upload,
    UploadPiece,
    Word,
)

files(
    Files(Document, "case", {"original": lambda row: row.context}),
    Files(Page, "document__case", dict.fromkeys(("file", "thumbnail"), lambda row: row.context), ("document",)),
    Files(
        Agreement,
        "case",
        {
            "file": lambda row: row.context,
            "signed_file": lambda row: row.signed_context,
            "drawn": lambda row: row.signed_context,
        },
    ),
    Files(Export, "", {"file": lambda row: row.context}),
    Files(UploadPiece, "upload__case", {"file": lambda row: row.context}),
)


@forgets
def documents(case: Case) -> None:
    """The rows stay as a count of what there was; names, digests and looks go."""
    Page.objects.filter(document__case=case).delete()
    Examination.objects.filter(document__case=case).delete()
    Upload.objects.filter(case=case).delete()
    Document.objects.filter(case=case).update(
        original="", original_name="", sha256="", perceptual_hash="", capture={}, place=None, size=0
    )


@forgets
def agreements(case: Case) -> None:
    rows = Agreement.objects.filter(case=case)
    codes = OneTimeCode.objects.filter(purpose__in=[f"sign:{pk}" for pk in rows.values_list("pk", flat=True)])
    told = [f"signing_code:{pk}" for pk in codes.values_list("pk", flat=True)]
    Notice.objects.filter(key__in=told).update(address="", context="{}")
    codes.delete()
    rows.update(snapshot={}, file="", signed_file="", drawn="", proof={})


@forgets
def traces(case: Case) -> None:
    """By which it could be linked with others; the marks of its pages went with the pages."""
    Trace.objects.filter(case=case).delete()
    Standing.objects.filter(case=case).delete()


@forgets
def words(case: Case) -> None:
    """Free text may name people; so may findings of machines, whatever their rules say."""
    StaffNote.objects.filter(case=case).update(text="")
    Return.objects.filter(case=case).update(note="", before="")
    Opinion.objects.filter(case=case).update(note="")
    Condition.objects.filter(case=case).update(refused_note="")
    Appeal.objects.filter(case=case).update(text="")
    Check.objects.filter(case=case).update(findings=[])
    Attempt.objects.filter(case=case).update(learner="")
    Certificate.objects.filter(case=case).update(learner="")
    Word.objects.filter(case=case).update(reason="")
    RegisterAnswer.objects.filter(case=case).delete()


@forgets
def ledgers(case: Case) -> None:
    """Who agreed and who looked stays provable; from which address does not."""
    Consent.objects.filter(case=case).update(address=None)
    Access.objects.filter(case=case).update(address=None, why="")


@tells("documents")
def told_documents(case: Case) -> list[dict[str, Any]]:
    columns = (
        "kind",
        "part",
        "original_name",
        "media_type",
        "size",
        "sha256",
        "uploaded_at",
        "replaced_at",
        "capture",
        "place",
    )
    return list(Document.objects.filter(case=case).order_by("pk").values(*columns))


@tells("read")
def told_read(case: Case) -> list[dict[str, Any]]:
    """What our machine read on the papers, and what it thought of the pictures."""
    rows = Examination.objects.filter(document__case=case).select_related("document").order_by("document_id")
    return [
        {"kind": row.document.kind, "read": row.read, "findings": row.findings, "kept_anyway_at": row.kept_anyway_at}
        for row in rows
    ]


@tells("agreements")
def told_agreements(case: Case) -> list[dict[str, Any]]:
    columns = ("version", "stage", "language", "snapshot", "offered_at", "signed_at", "signer__name", "signed_sha256")
    return list(Agreement.objects.filter(case=case).order_by("pk").values(*columns))


@tells("consents")
def told_consents(case: Case) -> list[dict[str, Any]]:
    columns = ("purpose", "version", "language", "text_sha256", "address", "given_at", "withdrawn_at")
    return list(Consent.objects.filter(case=case).order_by("pk").values(*columns))


@tells("training")
def told_training(case: Case) -> list[dict[str, Any]]:
    columns = ("course__code", "learner", "score", "started_at", "finished_at")
    return list(Attempt.objects.filter(case=case).order_by("pk").values(*columns))


@tells("promises")
def told_promises(case: Case) -> list[dict[str, Any]]:
    columns = ("kind", "due_on", "agreed_at", "handed_in_at", "refused_note", "kept_at", "broken_at")
    return list(Condition.objects.filter(case=case).exclude(agreed_at=None).order_by("pk").values(*columns))


@tells("reconsideration")
def told_appeal(case: Case) -> list[dict[str, Any]]:
    columns = ("text", "made_at", "due_at", "outcome", "decided_at")
    return list(Appeal.objects.filter(case=case).values(*columns))
