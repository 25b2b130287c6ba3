"""What people agree to, word for word. These words are kept by digest: never edit, add a version.

They stand here in both languages and not in the catalogue, because a corrected translation would be another text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.translation import get_language

from onboarding.models import Agreement, Consent

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Text:
    """One purpose in one language: the sentence beside the box, and the words behind it."""

    purpose: str
    language: str
    agree: str
    words: str

    @property
    def sha256(self) -> str:
        """Digest over the whole of what was shown, UTF-8."""
        return hashlib.sha256(f"{self.agree}\n{self.words}".encode()).hexdigest()


TEXTS = {
    (text.purpose, text.language): text
    for text in (
        Text(
            Consent.Purpose.PRIVACY,
            "zh-hans",
            "我同意开通为办理本次申请使用我填写的资料。",
            "我们收集联系人姓名、手机号、邮箱和您填写的经营资料，只用来办理这次申请、通知进度和提供售后。"
            "资料加密保存，只有办理人员能看，每次查看都有记录。没有提交的草稿 90 天后删除；开通后按反洗钱法保存 10 年。"
            "您可以随时查看、更正资料，或打客服电话撤回同意；撤回后申请停止，已经依法保存的资料除外。",
        ),
        Text(
            Consent.Purpose.PRIVACY,
            "en",
            "I agree that Kaitong uses what I enter to handle this application.",
            "We collect the contact's name, mobile number, e-mail and what you enter about the business, "
            "only to handle this application, to tell you how it goes and to look after you later. It is "
            "kept encrypted; only those who handle it can see it, and every look is recorded. Drafts "
            "never submitted are deleted after 90 days; after go-live the anti-money-laundering law "
            "demands 10 years. You can read and correct your data at any time, or withdraw this by "
            "calling us; then the application stops, except for what the law makes us keep.",
        ),
        Text(
            Consent.Purpose.IDENTITY,
            "zh-hans",
            "我单独同意开通核验身份证件。",
            "身份证件号码和证件照片属于敏感个人信息。我们用它核对法定代表人、经营者和经办人的身份，并向登记机关和风险名单核查。"
            "这是收单机构开户前必须做的；不同意就不能继续申请。证件照片加水印“仅用于POS入网审核”，不会用于别的用途。"
            "代别人提交证件时，请先得到本人同意。",
        ),
        Text(
            Consent.Purpose.IDENTITY,
            "en",
            "I agree separately that Kaitong checks identity papers.",
            "Identity numbers and pictures of identity papers are sensitive personal data. We use them to"
            " check who the legal representative, the operator and the handler are, and ask the registry "
            "and the risk lists about them. An acquirer must do this before it opens an account; without "
            "it the application cannot go on. Pictures carry the watermark “仅用于POS入网审核” and serve no "
            "other purpose. Before you hand in somebody else's paper, ask them.",
        ),
    )
}

# Beside the boxes of the signature; the institution's name is part of what was agreed to.
AT_SIGNING = {
    "agreement": {
        "zh": "我看过并同意协议全文和附件一费率表",
        "en": "I have read the agreement and Annex 1 with all fees, and agree to them",
    },
    "sharing": {
        "zh": "我单独同意把身份和结算账户信息提供给{institution}，用于开户核实",
        "en": "I agree separately that {institution} gets the identity and account data, to check and open the account",
    },
    "marketing": {
        "zh": "愿意收到优惠活动短信",
        "en": "I would like news and offers by SMS",
    },
}


def at_signing(purpose: str, language: str, institution: str) -> str:
    """The words beside a box at the signature, as they are kept by digest."""
    tongue = "en" if language.startswith("en") else "zh"
    return AT_SIGNING[purpose][tongue].replace("{institution}", institution)


def words_of(consent: Consent) -> list[str]:
    """The very words that were agreed to, found by their digest; empty when this version is in the code no more."""
    known = TEXTS.get((consent.purpose, consent.language))
    if known and known.sha256 == consent.text_sha256:
        return [known.agree, known.words]
    told = (at_signing(consent.purpose, consent.language, name) for name in _institutions(consent))
    return [one for one in told if hashlib.sha256(one.encode()).hexdigest() == consent.text_sha256][:1]


def _institutions(consent: Consent) -> set[str]:
    """The names that may stand in the words, in both languages."""
    if consent.purpose not in AT_SIGNING:
        return set()
    pairs = Agreement.objects.filter(case=consent.case_id).values_list(
        "plan__institution__name_zh", "plan__institution__name_en"
    )
    return {name for pair in pairs for name in pair if name}


def text(purpose: str, language: str | None = None) -> Text:
    """The words of a purpose in a language (default: the active one); Chinese where a language has none."""
    return TEXTS.get((purpose, language or get_language() or "")) or TEXTS[purpose, "zh-hans"]
