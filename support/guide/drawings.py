"""Which small drawing of static/img/guide.svg stands for a paper."""

from __future__ import annotations

OF_CODE = {
    "business_licence": "licence",
    "registration_certificate": "licence",
    "id_portrait": "portrait",
    "id_emblem": "emblem",
    "handler_id": "portrait",
    "beneficial_owner_id": "portrait",
    "identity_other": "passport",
    "bank_card": "card",
    "basic_account_proof": "account",
    "general_account_proof": "account",
    "shopfront": "shopfront",
    "street_view": "street",
    "interior": "interior",
    "till": "till",
    "stall_scene": "stall",
    "website_screens": "screen",
    "special_permit": "permit",
    "finance_licence": "permit",
    "nonprofit_proof": "permit",
}
OF_GROUP = {"premises": "paper", "letter": "letter", "permit": "permit", "identity": "portrait", "licence": "licence"}


def drawing(code: str, group: str = "") -> str:
    """The name of a symbol; a kind that an editor adds later gets the one of its group, or a sheet of paper."""
    return OF_CODE.get(code) or OF_GROUP.get(group, "paper")
