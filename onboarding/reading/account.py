"""Where the money goes: an account permit or the bank's basic account information, and a bank card."""

from __future__ import annotations

import functools
import re
from typing import Final

from onboarding.reading import numbers, texts
from onboarding.reading.layout import Found, Labels, Page, Value, Values, joined
from onboarding.reading.licence import tidy

PERMIT: Final[Labels] = {
    "account_name": ("账户名称", "存款人名称", "存款人", "户名", "名称"),
    "account_number": ("账户号码", "银行账号", "账号", "帐号", "帐户号码"),
    "bank": ("开户银行", "开户行", "开户机构"),
    "legal_representative": ("法定代表人(单位负责人)", "法定代表人（单位负责人）", "法定代表人", "单位负责人"),
    "permit_number": ("基本存款账户编号", "账户编号", "核准号", "许可证核准号"),
}
BANK: Final = re.compile(r"[\u3400-\u9fff]{2,14}(?:银行|信用社|农商行)")


def read_permit(page: Page) -> Values:
    """account_name, account_number, bank, legal_representative, permit_number (J and 13 digits)."""
    values = page.values(PERMIT)
    found: Values = {}
    for field in ("account_name", "legal_representative"):
        if value := values.get(field):
            found[field] = value.found(texts.name(value.lines[0].text))
    if value := values.get("bank"):
        found["bank"] = value.found(tidy(value.text))
    if value := values.get("account_number"):
        found["account_number"] = value.found(texts.digits(value.lines[0].text))
    if permit := _permit_number(page):
        found["permit_number"] = permit
    return {field: one for field, one in found.items() if one.value}


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
