"""Excel workbooks with the fewest parts, the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from demo.tables import Row, Tables

MOMENT = (2025, 6, 1, 0, 0, 0)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(path: Path, tables: Tables, title: str = "") -> None:
    """One sheet for each table, its columns in the first row; days stay serial numbers.

    A title stands above the columns, in a cell merged over all of them.
    """
    numbers = range(1, len(tables) + 1)
    parts = {
        "[Content_Types].xml": content_types(numbers),
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": workbook(tables),
        "xl/_rels/workbook.xml.rels": relations(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        ),
    }
    for number, rows in zip(numbers, tables.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet(rows, title)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), text.encode())


def content_types(numbers: Iterable[int]) -> str:
    """What kind each part is."""
    names = {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    kinds = {"/xl/workbook.xml": "sheet.main", **names}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    default = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{default}{overrides}</Types>'


def relations(targets: Iterable[tuple[str, str]]) -> str:
    """Which parts belong to a part."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def workbook(names: Iterable[str]) -> str:
    """The list of the sheets."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    )


def sheet(rows: Sequence[Row], title: str) -> str:
    """The cells of one sheet."""
    head: list[list[object]] = [[title]] if title else []
    table: list[list[object]] = [*head, [*rows[0]], *([*row.values()] for row in rows)]
    lines = "".join(
        f'<row r="{number}">{"".join(cells(number, values))}</row>'
        for number, values in enumerate(table, 1)
    )
    merged = merge(len(rows[0])) if title else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{merged}</worksheet>'


def merge(width: int) -> str:
    """The first row as one cell."""
    return f'<mergeCells count="1"><mergeCell ref="A1:{LETTERS[width - 1]}1"/></mergeCells>'


def cells(number: int, values: Sequence[object]) -> Iterable[str]:
    """The cells of row `number`; numbers as numbers, empty cells left out."""
    for column, value in zip(LETTERS, values, strict=False):
        if isinstance(value, int | float):
            yield f'<c r="{column}{number}"><v>{value}</v></c>'
        elif value:
            text = f"<is><t>{escape(str(value))}</t></is>"
            yield f'<c r="{column}{number}" t="inlineStr">{text}</c>'
