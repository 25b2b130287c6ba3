"""Which paper a page is: by the words that it bears, or by what was read where those are worn."""

from __future__ import annotations

from typing import Final

from onboarding.reading.labels import label_end
from onboarding.reading.layout import Page, Values

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "licence": ("营业执照", "统一社会信用代码", "登记证书", "法人证书", "经营范围", "登记机关"),
    "resident_id_front": ("公民身份号码", "姓名", "住址"),
    "resident_id_back": ("居民身份证", "签发机关", "有效期限"),
    "account_permit": ("开户许可证", "基本存款账户", "账户信息", "开户银行", "存款人", "账户名称"),
    "bank_card": ("银行", "信用社", "借记卡", "储蓄卡", "VALID", "DEBIT"),
}
TELLING: Final = {"uscc", "number", "account_number", "permit_number"}
ENOUGH: Final = 3  # values that were read: then it is that paper, whatever its heading


def bears(page: Page, paper: str, values: Values) -> bool:
    """Whether this page may well be `paper`."""
    telling = any(name in TELLING and one.sure > 0.5 for name, one in values.items())
    if len(values) >= ENOUGH or (telling and paper != "account_permit"):
        return True
    return any(_stands(word, line.text) for line in page.lines for word in WORDS[paper])


def _stands(word: str, text: str) -> bool:
    return any(label_end(text, at, word) is not None for at in range(len(text) - len(word) + 2))
