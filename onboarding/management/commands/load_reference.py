"""manage.py load_reference: the reference tables of onboarding/data into the database. Again is safe.

Rows that administrators may edit (reasons, promises, plans, policies…) are only added when missing, never overwritten;
facts (divisions, calendar, banks) are brought up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models, transaction

from onboarding import data, workdays
from onboarding.facts import kept
from onboarding.models import (
    Bank,
    CalendarDay,
    ConditionKind,
    Course,
    Division,
    DocumentKind,
    FeePlan,
    FeeRule,
    Institution,
    Lesson,
    MerchantCategory,
    MerchantType,
    Permit,
    Promise,
    Question,
    Reason,
    ReviewPolicy,
    RiskTable,
    RiskWeight,
)


class Command(BaseCommand):
    help = "Loads the reference tables (divisions, category codes, calendar, reasons, plans, courses…). Safe to repeat."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load()
        self.stdout.write("Reference tables are loaded.")


def load() -> None:
    """All tables, in one transaction."""
    with transaction.atomic():
        for loader in LOADERS:
            loader()
    workdays.forget()
    kept.forget()


def _facts(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert or update by primary key."""
    key = model._meta.pk.name
    fields = [field.name for field in model._meta.fields if field.name != key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=fields)


def _missing(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    model._default_manager.bulk_create(rows, ignore_conflicts=True)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def divisions() -> None:
    rows = [*data.rows("divisions.csv"), *data.rows("divisions_former.csv")]
    _facts(
        Division,
        [
            Division(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                parent=row["parent"],
                level=int(row["level"]),
                basis=row["basis"],
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
            )
            for row in rows
        ],
    )


def categories() -> None:
    _missing(
        MerchantCategory,
        [
            MerchantCategory(
                code=row["code"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                fee_class=row["class"],
                risk=row["risk"],
                permits=_several(row["permits"]),
                permits_if=_several(row["permits_if"]),
                allow_micro=row["allow_micro"] == "true",
                cash_like=row["cash_like"] == "true",
                status=row["status"],
            )
            for row in data.rows("mcc.csv")
        ],
    )


def _several(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def permits() -> None:
    _missing(
        Permit,
        [
            Permit(
                code=row["id"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                has_expiry=row["has_expiry"] == "true",
                alternative_to=row["alternative_to"],
                condition_zh=row["condition_zh"],
                condition_en=row["condition_en"],
            )
            for row in data.rows("permits.csv")
        ],
    )


def banks() -> None:
    _facts(Bank, [Bank(**{**row, "example": row["example"] == "true"}) for row in data.rows("banks.csv")])


def calendar() -> None:
    _facts(CalendarDay, [CalendarDay(**{**row, "date": _day(row["date"])}) for row in data.rows("calendar.csv")])


def promises() -> None:
    _missing(Promise, [Promise(**row) for row in data.rows("sla.csv")])


def reasons() -> None:
    """An example that the table did not have yet is added to rows that people may have edited."""
    rows = data.rows("return_reasons.csv")
    _missing(Reason, [Reason(**row) for row in rows])
    examples = {row["code"]: row["example"] for row in rows if row["example"]}
    bare = list(Reason.objects.filter(code__in=examples, example=""))
    for reason in bare:
        reason.example = examples[reason.code]
    Reason.objects.bulk_update(bare, ["example"])


def condition_kinds() -> None:
    _missing(ConditionKind, [ConditionKind(**row) for row in data.rows("conditions.csv")])


def document_kinds() -> None:
    kinds = data.document("documents.json")["documents"]
    _missing(DocumentKind, [_document_kind(order, kind) for order, kind in enumerate(kinds)])


def _document_kind(order: int, kind: dict[str, Any]) -> DocumentKind:
    return DocumentKind(
        code=kind["kind"],
        group=kind["group"],
        name_zh=kind["name_zh"],
        name_en=kind["name_en"],
        hint_zh=kind.get("hint_zh", ""),
        hint_en=kind.get("hint_en", ""),
        max_mb=kind.get("max_mb") or 10,
        min_pages=(kind.get("pages") or {}).get("min") or 1,
        max_pages=(kind.get("pages") or {}).get("max") or 1,
        min_short_edge=(kind.get("min_px") or {}).get("short_edge") or 0,
        formats=kind.get("formats") or [],
        requirement=kind["requirement"],
        order=order,
    )


def policies() -> None:
    _missing(ReviewPolicy, [ReviewPolicy(merchant_type=kind) for kind in MerchantType.values])


def risk_table() -> None:
    """The first version, as long as there is none: people make the next ones."""
    if RiskTable.objects.exists():
        return
    book = data.document("risk_weights.json")
    limits = {"medium_from": book["medium_from"], "high_from": book["high_from"]}
    table = RiskTable.objects.create(version=1, status=RiskTable.Status.PUBLISHED, **limits)
    RiskWeight.objects.bulk_create(
        [RiskWeight(table=table, fact=fact, value=value, points=points) for fact, value, points in book["weights"]]
    )


def plans() -> None:
    book = data.document("fee_plans.json")
    for row in book["institutions"]:
        Institution.objects.get_or_create(code=row["id"], defaults=_institution(row))
    institutions = {institution.code: institution for institution in Institution.objects.all()}
    for row in book["plans"]:
        plan, made = FeePlan.objects.get_or_create(
            code=row["code"], version=row["version"], defaults=_plan(row, institutions[row["institution"]])
        )
        if made:
            FeeRule.objects.bulk_create([FeeRule(plan=plan, **_rule(rule)) for rule in row["rules"]])


def _institution(row: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "name_zh", "name_en", "fictitious", "regions", "complaint_zh", "complaint_en")
    return {name: row[name] for name in names}


PLAN_COLUMNS = ("name_zh", "name_en", "for_types", "for_classes", "effective_from", "effective_to")
PLAN_KEYS = {"code", "institution", "version", "status", "rules", *PLAN_COLUMNS}


def _plan(row: dict[str, Any], institution: Institution) -> dict[str, Any]:
    columns = {name: row[name] for name in PLAN_COLUMNS}
    terms = {name: value for name, value in row.items() if name not in PLAN_KEYS}
    return {**columns, "terms": terms, "institution": institution, "status": FeePlan.Status.PUBLISHED}


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in FeeRule._meta.fields} - {"id", "plan"}
    return {name: value if value is not None else _empty(name) for name, value in rule.items() if name in names}


def _empty(name: str) -> str | None:
    return "" if name in ("mcc_class", "region", "basis") else None


GO_LIVE_COURSES = ("operation",)


def courses() -> None:
    for row in data.document("training.json")["courses"]:
        names = ("title_zh", "title_en", "valid_months", "pass_score", "quiz_draw")
        course, made = Course.objects.get_or_create(
            code=row["id"],
            defaults={**{name: row[name] for name in names}, "before_go_live": row["id"] in GO_LIVE_COURSES},
        )
        if made:
            _lessons_and_questions(course, row)


def _lessons_and_questions(course: Course, row: dict[str, Any]) -> None:
    texts = ("title_zh", "title_en", "body_zh", "body_en", "minutes")
    Lesson.objects.bulk_create(
        [Lesson(course=course, number=one["order"], **{name: one[name] for name in texts}) for one in row["lessons"]]
    )
    asked = ("question_zh", "question_en", "options", "answer", "explanation_zh", "explanation_en")
    Question.objects.bulk_create(
        [Question(course=course, code=one["id"], **{name: one[name] for name in asked}) for one in row["quiz"]]
    )


LOADERS: tuple[Callable[[], None], ...] = (
    divisions,
    categories,
    permits,
    banks,
    calendar,
    promises,
    reasons,
    condition_kinds,
    document_kinds,
    policies,
    risk_table,
    plans,
    courses,
)
