"""Where the money goes: an account permit or the bank's basic account information, and a bank card."""

from __future__ import annotations

import functools
import re
from typing import Final

from onboarding.reading import numbers, texts
from onboarding.reading.labels import Labels
from onboarding.reading.layout import Found, Page, Value, Values, joined
from onboarding.reading.licence import BRANCH, WHOLE, tidy

PERMIT: Final[Labels] = {
    "account_name": (
        "账户名称",
        "存款人名称",
        "存款人",
        "户名",
        "名称",
        "单位名称",
        "帐户名称",
        "开户单位",
        "客户名称",
    ),
    "account_number": (
        "账户号码",
        "银行账号",
        "账号",
        "帐号",
        "帐户号码",
        "人民币账号",
        "结算账号",
        "银行帐号",
        "收款账号",
        "卡号",
    ),
    "bank": ("开户银行", "开户行", "开户机构", "开户网点", "开户行名称", "开户银行名称"),
    "legal_representative": ("法定代表人", "单位负责人"),
    "permit_number": ("基本存款账户编号", "账户编号", "核准号", "许可证核准号"),
}
# A person's name is Chinese or Latin, never both: what is left is a scrap of a stamp or a mark beside the label.
PERSON: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}|[A-Za-z][A-Za-z .'·-]+")
SENTENCE: Final = re.compile(r"经审[核査查][，,、.。:：\s]*")
END: Final = re.compile(r"[，,、.。\s]*符合")
RUN: Final = re.compile(r"(?<![A-Za-z\d])\d[\d\s-]{6,}\d(?![\d年])")
OTHERS: Final = re.compile(
    r"编\s*号|核准|许可证|代\s*码|电\s*话|传\s*真|邮\s*编|身份|流水|凭证|回单|序\s*号|单\s*号|热线"
)
OFFICE: Final = re.compile(r"(?:[支分]行|营业[部厅室]|分理处|储蓄所|联社|信用社|总行|中心|部)$")
DAY: Final = re.compile(r"(?:19|20)\d\d-\d{1,2}-")  # of printing, often with the time
BANK: Final = re.compile(r"[\u3400-\u9fff]{2,14}(?:银行|信用社|农商行)")


def read_permit(page: Page) -> Values:
    """account_name, account_number, bank, legal_representative, permit_number (J and 13 digits)."""
    values = page.values(PERMIT, {"account_number": _has_number})
    found: Values = {}
    if value := values.get("account_name"):
        found["account_name"] = _holder(value)
    person = values.get("legal_representative")
    for line in person.lines if person else ():
        if PERSON.fullmatch(name := texts.person(line.text)):  # the nearest: farther away stand seals
            found["legal_representative"] = Value((line,)).found(name)
            break
    if "account_name" not in found and (told := _in_the_sentence(page)):
        found["account_name"] = told
    if value := values.get("bank"):
        house = _house(value)
        found["bank"] = house.found(tidy(re.sub(r"[\d\s]{8,}.*", "", house.text)))
    if permit := _permit_number(page):
        found["permit_number"] = permit
    if number := _account_number(page, values.get("account_number")):
        found["account_number"] = number
    return {field: one for field, one in found.items() if one.value}


def _holder(value: Value) -> Found:
    """The line that looks most like a name, with those that it continues or that continue it."""
    best = max(range(len(value.lines)), key=lambda at: _like_a_name(texts.name(value.lines[at].text)))
    whole = value.wrapped(best, _is_whole, lambda text: bool(BRANCH.search(texts.name(text))))
    return whole.found(texts.name(whole.text))


def _like_a_name(text: str) -> tuple[bool, int]:
    """How much a line looks like a name: the end of a business's, then Chinese letters; scraps of a mark have few."""
    return bool(WHOLE.search(text)), len(re.findall(r"[\u3400-\u9fff]", text))


def _is_whole(text: str) -> bool:
    return bool(WHOLE.search(texts.name(text)))


def _house(value: Value) -> Value:
    """The bank: its first line, with the ones below that end it as the name of an office ends."""
    first = value.lines[0].text.strip()
    if not BANK.search(first) and not OFFICE.search(first):
        return value
    whole = value.wrapped(0, lambda text: bool(OFFICE.search(text)), lambda _text: False)
    return whole if OFFICE.search(whole.text.strip()) else Value(value.lines[:1])


def _in_the_sentence(page: Page) -> Found | None:
    """The older permit says it in a sentence: 经审核，…符合开户条件."""
    lines = list(page.lines)
    for at, line in enumerate(lines):
        if begins := SENTENCE.search(line.text):
            kept = [line.part(begins.end())]
            for more in lines[at + 1 : at + 3]:
                if END.search(kept[-1].text):
                    break
                kept.append(more)
            ends = END.search(kept[-1].text)
            kept[-1] = kept[-1].part(0, ends.start()) if ends else kept[-1]
            parts = Value(tuple(one for one in kept if one.text.strip()))
            return parts.found(texts.name(parts.text)) if ends and parts.lines else None
    return None


def _has_number(text: str) -> bool:
    return bool(re.search(r"\d{8}", texts.digits(text)))


def _account_number(page: Page, labelled: Value | None) -> Found | None:
    """Beside its label, in however many pieces; or the longest run of digits that no other label claims."""
    lines = [functools.reduce(joined, labelled.beside)] if labelled else []
    others = [line for line in page.lines if not OTHERS.search(line.text)]
    for line in [*lines, *sorted(others, key=lambda one: -len(one.text))]:
        for run in RUN.finditer(line.text):
            digits = re.fullmatch(r"\d{8,30}", re.sub(r"[\s-]", "", run.group()))
            if digits and not DAY.match(run.group()):
                return Value((line.part(*run.span()),)).found(digits.group())
    slips = texts.digits(lines[0].text) if lines else ""
    return Value(tuple(lines)).found(slips) if re.fullmatch(r"\d{8,30}", slips) else None


def read_card(page: Page) -> Values:
    """number and bank of a card; the number may be printed in groups."""
    found: Values = {}
    if number := numbers.of(_grouped(page), None, numbers.CARD):
        found["number"] = number
    for line in page.lines:
        if bank := BANK.search(line.text):
            found["bank"] = Value((line.part(*bank.span()),)).found(bank.group())
            break
    return found


def _permit_number(page: Page) -> Found | None:
    for line in page.lines:
        if number := re.search(r"[JLZ]\d{13}", texts.signs(line.text)):
            return Value((line,)).found(number.group())
    return None


def _grouped(page: Page) -> Page:
    """The page with the pieces of each row as one line: a card's number is printed in groups."""
    return Page([functools.reduce(joined, row) for row in page.rows], page.again)
