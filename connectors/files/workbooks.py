"""Sheets of Excel workbooks as rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from connectors.files.tables import TableForm, TableRows, unreadable
from connectors.reading import BadRow, Row
from hub.errors import Code, StopRun
from hub.values import EXACT

MOST_CELLS = 10_000_000
"""Cells between the first and the last used one: 200,000 rows of 50 columns."""
MOST_BYTES = 512 * 1024 * 1024
"""Bytes of the unpacked parts of a workbook."""
CHUNK = 1024 * 1024
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')


def workbook_rows(path: Path, place: str, form: TableForm) -> Iterator[Row | BadRow]:
    """The rows of one sheet of an XLSX or XLS file, one by one.

    Dates are dates, whole numbers are int. Raises StopRun(SOURCE_CHANGED) for a missing sheet or
    column, StopRun(SOURCE_REFUSED) for a file that is too big or no workbook.
    """
    try:
        if form.format == "xlsx":
            _guard(path, place)
        with load_workbook(path) as workbook:
            yield from _sheet_rows(workbook, place, form)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise unreadable(place, f"cannot be read as {form.format}: {error}") from error


def _sheet_rows(workbook: CalamineWorkbook, place: str, form: TableForm) -> Iterator[Row | BadRow]:
    name = form.sheet or workbook.sheet_names[0]
    if name not in workbook.sheet_names:
        raise StopRun(
            Code.SOURCE_CHANGED,
            f"{place} has no sheet {name}. Sheets found: {', '.join(workbook.sheet_names)}.",
        )
    sheet = workbook.get_sheet_by_name(name)
    table = TableRows(form, f"{place} sheet {name}")
    for cells in sheet.iter_rows():
        yield from table.add([_whole(cell) for cell in cells])
    table.finish()


def _whole(cell: object) -> object:
    """Whole numbers without a point, up to where a float still holds each of them."""
    return int(cell) if type(cell) is float and cell.is_integer() and abs(cell) < EXACT else cell


def _guard(path: Path, place: str) -> None:
    """Refuse a workbook that would fill the memory: a few bytes can span billions of cells."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise unreadable(place, "unpacks to more than 512 MB. Have the source split it")
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _guard_sheet(archive, part, place)


def _guard_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: str) -> None:
    columns: set[bytes] = set()
    last_row = 0
    with archive.open(part) as xml:
        rest = b""
        while chunk := xml.read(CHUNK):
            text = rest + chunk
            cells = _CELL.findall(text)
            columns.update(column for column, _ in cells)
            last_row = max(last_row, max((int(row) for _, row in cells), default=0))
            rest = text[text.rfind(b"<") :] if b"<" in text else b""
    width = max((_column_number(column) for column in columns), default=0)
    if width * last_row > MOST_CELLS:
        problem = f"spans {width * last_row:,} cells, more than {MOST_CELLS:,}"
        raise unreadable(place, f"{problem}. Delete what stands far outside the table")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
