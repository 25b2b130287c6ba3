"""Drawn specimen papers, marked 样本 all over: nobody's real document.

`draw(kind, about, seed)` gives a picture and the truth about it; the kinds are those of the document matrix.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from desk.demo.papers import identity, letters, licences, scenes
from desk.demo.papers.about import About
from desk.demo.papers.sheet import Field, Specimen

Drawing = Callable[[About, int], Specimen]
KINDS: dict[str, Drawing] = {
    "registration_certificate": licences.certificate,
    "id_portrait": identity.portrait,
    "id_emblem": identity.emblem,
    "bank_card": letters.bank_card,
    "premises_proof": letters.lease,
    "special_permit": letters.permit,
    "shopfront": scenes.front,
    "street_view": scenes.front,
    "interior": scenes.inside,
    "till": scenes.till,
    "stall_scene": scenes.stall,
}


def draw(kind: str, about: About, seed: int, *, title: str = "", part: int = 0) -> Specimen:
    """The paper of this kind as this merchant would photograph it; without a layout it is a letter of that title."""
    if kind == "business_licence":
        return _licence(about)(about, seed)
    if kind in ("basic_account_proof", "general_account_proof"):
        return (letters.opening_permit if about.number % 3 == 0 else letters.account_proof)(about, seed)
    if kind in ("handler_id", "beneficial_owner_id"):
        return (identity.emblem if part % 2 else identity.portrait)(about, seed)
    if kind in KINDS:
        return KINDS[kind](about, seed)
    return letters.letter(about, seed, title or kind)


def _licence(about: About) -> Drawing:
    """Individual households have their own; firms have today's or, every third, the older upright one."""
    if about.type == "sole_trader":
        return licences.household
    return licences.upright if about.number % 3 == 2 else licences.licence


def upload(name: str, specimen: Specimen) -> SimpleUploadedFile:
    """The picture as a browser would send it."""
    return SimpleUploadedFile(name, specimen.jpeg(), "image/jpeg")


__all__ = ["KINDS", "About", "Field", "Specimen", "draw", "upload"]
