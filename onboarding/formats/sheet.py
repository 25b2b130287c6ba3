"""A table that somebody sends as a file: CSV (UTF-8 or GB18030) or XLSX, read line by line, never evaluated."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

MOST_LINES = 100_000
MOST_BYTES = 200 * 1024 * 1024  # of an XLSX file once it is unpacked
MOST_COLUMNS = 40
LONGEST = 2_000  # characters of one cell
EXACT = 15  # digits that a spreadsheet keeps of a number: it rounds the rest away
ROUNDED = "\ufdd0"  # stands for such a number; no character of any text

Line = tuple[int, list[str]]  # number as the spreadsheet shows it, and the cells


class BadSheet(Exception):
    """The file as a whole cannot be read. `code`: encoding, damaged, too_large, too_many, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def lines(data: bytes) -> Iterator[Line]:
    """Every line that has something in it. A number that has lost its last digits reads as ROUNDED. Raises BadSheet."""
    found = _workbook(data) if data[:4] == b"PK\x03\x04" else _text(data)
    count = 0
    for number, cells in found:
        if not any(cells):
            continue
        count += 1
        if count > MOST_LINES + 1:  # and the headings
            raise BadSheet("too_many")
        yield number, [cell[:LONGEST] for cell in cells[:MOST_COLUMNS]]
    if not count:
        raise BadSheet("empty")


def _text(data: bytes) -> Iterator[Line]:
    text = _decoded(data)
    if "\0" in text:
        raise BadSheet("damaged")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        raise BadSheet("damaged") from None


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet("encoding")


def _workbook(data: bytes) -> Iterator[Line]:
    try:
        _weigh(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
            yield number, [_cell(value) for value in row]
    except BadSheet:
        raise
    except Exception:  # a broken workbook raises whatever its broken part happens to trip over
        raise BadSheet("damaged") from None


def _weigh(data: bytes) -> None:
    """A small file may unpack to a very large one."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
            raise BadSheet("too_large")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = f"{value:.0f}" if value == int(value) else str(value)
        return ROUNDED if len(whole) > EXACT else whole
    return str(value).strip()
