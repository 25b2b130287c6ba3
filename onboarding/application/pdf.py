"""The agreement as a PDF: A4, Noto Sans SC embedded, every page numbered with version and case."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT = "KaitongSans"
FILE = Path(__file__).resolve().parent.parent / "fonts" / "NotoSansSC-Regular.ttf"
INK, PALE, LINE = colors.HexColor("#14211f"), colors.HexColor("#53605c"), colors.HexColor("#b9c2be")
MARGIN = 20 * mm
NARROW = str.maketrans("‘’“”", "''\"\"")  # the font draws the first four as wide as a Chinese sign


@lru_cache(maxsize=1)
def _fonts() -> frozenset[int]:
    """Register the font once; the characters that it has."""
    font = TTFont(FONT, str(FILE))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def drawable(text: str) -> str:
    """The text with what the font cannot draw named by its code point, so that nothing silently disappears."""
    known = _fonts()
    return "".join(one if ord(one) in known or one in "\n\t" else f"[U+{ord(one):04X}]" for one in text)


def _style(name: str, size: float, *, after: float = 4, color: Any = INK, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=FONT, fontSize=size, leading=size * 1.6, textColor=color, spaceAfter=after, spaceBefore=before,
        alignment=TA_LEFT, wordWrap="CJK", keepWithNext=int(name == "heading"),
    )  # fmt: skip


TITLE, HEADING = _style("title", 17, after=6), _style("heading", 11.5, before=7, after=2)
BODY, SMALL = _style("body", 9.8), _style("small", 8.5, color=PALE)


def paragraph(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Wrapped anywhere for Chinese, between words for Latin text."""
    latin = sum(one < "\u2e80" for one in text) > 0.8 * len(text)
    fitting = ParagraphStyle(f"{style.name}-latin", parent=style, wordWrap="") if latin else style
    return Paragraph(escape(drawable(text.translate(NARROW) if latin else text)), fitting)


class _Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Knows how many pages there are before it writes their numbers."""

    foot = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # reportlab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self.setFont(FONT, 8)
            self.setFillColor(PALE)
            self.drawString(MARGIN, 12 * mm, self.foot)
            self.drawRightString(A4[0] - MARGIN, 12 * mm, f"{number} / {len(self._pages)}")
            super().showPage()
        super().save()


def render(story: list[Flowable], *, title: str, foot: str) -> bytes:
    """A PDF of these flowables; `foot` stands on every page beside its number."""
    _fonts()
    kept = io.BytesIO()
    canvas = type("Numbered", (_Numbered,), {"foot": drawable(foot)})
    document = SimpleDocTemplate(
        kept, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=18 * mm, bottomMargin=22 * mm,
        title=title, author="Kaitong 开通", lang="zh",
    )  # fmt: skip
    document.build(story, canvasmaker=canvas)
    return kept.getvalue()


def table(rows: list[tuple[str, ...]], widths: tuple[float, ...]) -> Table:
    """Hairlines, the first row as heading; widths as shares of the text width."""
    whole = A4[0] - 2 * MARGIN
    cells = [[paragraph(cell, SMALL if not number else BODY) for cell in row] for number, row in enumerate(rows)]
    made = Table(cells, colWidths=[whole * share for share in widths], repeatRows=1)
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    made.setStyle(TableStyle([*lines, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]))
    return made


def agreement(snapshot: Mapping[str, Any]) -> bytes:
    """The agreement with its annex, from a snapshot of application.agreement (title, clauses, annex, foot…)."""
    story: list[Flowable] = [paragraph(snapshot["title"], TITLE), paragraph(snapshot["foot"], SMALL)]
    for number, clause in enumerate(snapshot["clauses"], 1):
        story += [paragraph(f"{number}. {clause['title']}", HEADING), paragraph(clause["body"])]
    annex = snapshot["annex"]
    story += [Spacer(1, 8), paragraph(annex["title"], TITLE), paragraph(annex["plan"], BODY)]
    story.append(table([tuple(row) for row in annex["prices"]], (0.4, 0.6)))
    if annex["after"]:
        story += [paragraph(annex["after_title"], HEADING), table([tuple(row) for row in annex["after"]], (0.4, 0.6))]
    story += [Spacer(1, 8), table([tuple(row) for row in annex["terms"]], (0.28, 0.72))]
    return render(story, title=snapshot["title"], foot=snapshot["foot"])


def signature_page(rows: list[tuple[str, str]], drawn: bytes | None, *, foot: str) -> bytes:
    """The last page: who signed, when, how it was proved, and the drawn signature (PNG) when there is one."""
    story: list[Flowable] = [paragraph(_("Signature"), TITLE), table([(_("What"), _("Value")), *rows], (0.32, 0.68))]
    if drawn:
        story += [Spacer(1, 14), paragraph(_("Signed by hand"), SMALL)]
        story.append(Image(io.BytesIO(drawn), width=110 * mm, height=31 * mm, kind="proportional"))
    return render(story, title=_("Signature"), foot=foot)


def joined(first: bytes, second: bytes) -> bytes:
    """One PDF with the pages of both."""
    kept = io.BytesIO()
    whole, more = pypdfium2.PdfDocument(first), pypdfium2.PdfDocument(second)
    try:
        whole.import_pages(more)
        whole.save(kept)
    finally:
        more.close()
        whole.close()
    return kept.getvalue()


def pages(data: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()
