"""Reads one workbook in a process of its own, with limits: run as a script, by its path.

A workbook of a few kilobytes can ask for gigabytes or hours of any reader. This process may take
`MEMORY` and `SECONDS`; what goes beyond ends it, and nothing else. It imports nothing of the hub,
so that it starts at once, and writes pickles to its standard output:

- ("refused", sentence): the file cannot be read;
- ("sheets", names): no sheet is meant by the manifest;
- ("sheet", name): the rows of this sheet follow;
- ("rows", rows, bad, hidden): some rows; `bad` holds, by row and column, what is wrong with cells
  that have no readable value, `hidden` the rows that are hidden, both counted from the first of
  `rows`;
- ("end",).
"""

from __future__ import annotations

import datetime
import html
import json
import pickle
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetVisibleEnum,
    load_workbook,
)

MEMORY = 320 * 1024 * 1024
"""Bytes of address space, of which some 240 MB can be in use; 50,000 rows of 10 cells take 60."""
SECONDS = 30
"""Seconds of processor time."""
AT_ONCE = 500
CHUNK = 1024 * 1024
EXACT = 2**53
TAG = rb"<(?:\w+:)?"
ROW = re.compile(TAG + rb"row\s([^>]*)>")
CELL = re.compile(
    TAG + rb"c\s([^>]*?)(?:/>|>(?:\s*" + TAG + rb"f\b(?:[^>]*/>|[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:" + TAG + rb"v\s*/>|" + TAG + rb"v></(?:\w+:)?v>)?\s*()</(?:\w+:)?c>)?)"
)
"""A cell: its attributes, and whether it is a formula without a value."""
ATTRIBUTE = re.compile(rb"""\b(r|s|t|hidden)=["']([^"']*)["']""")
REFERENCE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
MONTH_FORMATS = {17, 27, 57}
"""Numbers of built-in formats that show year and month alone (17, and 27 and 57 in Chinese)."""
FORMULA = "holds a formula that was never calculated. Open the workbook in Excel and save it"
ERROR = "holds an error such as #REF!. Correct it in the workbook"
SIGNATURES = {
    b"PK": "zip",
    b"\xd0\xcf\x11\xe0": "ole",
}


class Refused(Exception):
    """The file cannot be read: why, as a sentence."""


class Options(NamedTuple):
    """What the manifest says of the sheet."""

    sheet: str | None
    header_row: int
    merged: str


class Marks(NamedTuple):
    """What the XML of a sheet tells beyond its values, by row and column from 0."""

    bad: dict[tuple[int, int], str]
    months: dict[tuple[int, int], int]
    hidden: set[int]


def main(path: str, options: Options) -> None:
    """Write the rows of the sheets that are meant."""
    try:
        kind = sniff(path)
        with open(path, "rb") as file, load_workbook(file) as workbook:
            names = chosen(workbook, options.sheet)
            if not names:
                return send("sheets", workbook.sheet_names)
            for name in names:
                send("sheet", name)
                marks = marks_of(path, workbook, name) if kind == "zip" else Marks({}, {}, set())
                send_rows(workbook.get_sheet_by_name(name), marks, options)
        send("end")
    except Refused as error:
        send("refused", str(error))
    except (CalamineError, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        send("refused", f"cannot be read as a workbook: {error}")
    except MemoryError:
        send("refused", "needs too much memory. Have the source split it")


def send(*message: object) -> None:
    """Hand one message to the process that asked."""
    pickle.dump(message, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def sniff(path: str) -> str:
    """The form of a file by its first bytes, whatever its name. Raises Refused."""
    with open(path, "rb") as file:
        start = file.read(2048)
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            return kind
    text = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith(b"<") and b"schemas-microsoft-com:office:spreadsheet" in text:
        raise Refused("is XML that Excel 2003 wrote. Save it as XLSX")
    if text.startswith(b"<"):
        raise Refused("is a web page (HTML) under the name of a workbook. Save it as XLSX")
    if b"\x00" not in start:
        raise Refused(
            "is text under the name of a workbook. Write format: csv, with its delimiter, or save "
            "it as XLSX"
        )
    raise Refused("is no workbook: it begins with bytes of no known form")


def chosen(workbook: CalamineWorkbook, pattern: str | None) -> list[str]:
    """The sheets that are meant: by name, by a pattern, or the first visible one."""
    names = workbook.sheet_names
    if pattern in names:
        return [pattern]
    visible = [it.name for it in workbook.sheets_metadata if it.visible == SheetVisibleEnum.Visible]
    if pattern is None:
        return (visible or names)[:1]
    return [name for name in visible if fnmatchcase(name, pattern)]


def send_rows(sheet: CalamineSheet, marks: Marks, options: Options) -> None:
    """The rows of a sheet, merged cells filled as the manifest says."""
    fills = filling(sheet, options)
    held: dict[tuple[int, int], object] = {}
    rows: list[list[object]] = []
    bad: dict[int, dict[int, str]] = {}
    hidden: list[int] = []
    for number, cells in enumerate(sheet.iter_rows()):
        row = [plain(cell) for cell in cells]
        for column, origin in fills.get(number, {}).items():
            fill(row, column, held.setdefault(origin, value_at(row, origin, number)))
        for column in [column for column in range(len(row)) if (number, column) in marks.months]:
            row[column] = shortened(row[column], marks.months[number, column])
        if reasons := {c: why for c in range(len(row)) if (why := marks.bad.get((number, c)))}:
            bad[len(rows)] = reasons
        if number in marks.hidden:
            hidden.append(len(rows))
        rows.append(row)
        if len(rows) == AT_ONCE:
            send("rows", rows, bad, hidden)
            rows, bad, hidden = [], {}, []
    send("rows", rows, bad, hidden)


def filling(sheet: CalamineSheet, options: Options) -> dict[int, dict[int, tuple[int, int]]]:
    """By row and column the first cell of the merged range that a cell belongs to.

    Ranges are filled downwards, across, or both. One that begins in the header, or above it, does
    not reach into the rows below.
    """
    down, across = options.merged in ("down", "both"), options.merged in ("across", "both")
    last_header = options.header_row - 1
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        lowest = min(bottom, last_header) if top <= last_header else bottom
        for row in range(top, (lowest if down else top) + 1):
            for column in range(left, (right if across else left) + 1):
                found.setdefault(row, {})[column] = (top, left)
    return found


def value_at(row: list[object], origin: tuple[int, int], number: int) -> object:
    """The value of the first cell of a range, met in its own row."""
    return row[origin[1]] if origin[0] == number and origin[1] < len(row) else ""


def fill(row: list[object], column: int, value: object) -> None:
    """Put a value where a merged cell has none."""
    if column < len(row) and row[column] in ("", None):
        row[column] = value


def plain(cell: object) -> object:
    """Whole numbers without a point, up to where a float still holds each of them."""
    return int(cell) if type(cell) is float and cell.is_integer() and abs(cell) < EXACT else cell


def shortened(cell: object, length: int) -> object:
    """A date that its format shows as a month or a year alone."""
    return cell.isoformat()[:length] if isinstance(cell, datetime.date) else cell


# --- What only the XML of a sheet tells -----------------------------------------------------------


def marks_of(path: str, workbook: CalamineWorkbook, name: str) -> Marks:
    """The formulas without a value, errors, months and hidden rows of one sheet of an XLSX file."""
    marks = Marks({}, {}, set())
    with zipfile.ZipFile(path) as archive:
        part = part_of(archive, name)
        if part is None:
            return marks
        lengths = shown_lengths(archive)
        with archive.open(part) as xml:
            for text in whole_rows(xml):
                mark_rows(text, lengths, marks)
    return marks


def whole_rows(xml: Any) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end behind a row."""
    rest = b""
    while chunk := xml.read(CHUNK):
        text = rest + chunk
        end = max(text.rfind(b"</row>"), text.rfind(b":row>")) + 6
        end = end if end > 6 else text.rfind(b"</")
        rest = text[end:]
        yield text[:end]
    yield rest


def mark_rows(text: bytes, lengths: dict[int, int], marks: Marks) -> None:
    """Take the marks of some rows."""
    for found in ROW.finditer(text):
        given = dict(ATTRIBUTE.findall(found[1]))
        if given.get(b"hidden") in (b"1", b"true") and given.get(b"r", b"").isdigit():
            marks.hidden.add(int(given[b"r"]) - 1)
    for found in CELL.finditer(text):
        mark_cell(dict(ATTRIBUTE.findall(found[1])), found[2] is not None, lengths, marks)


def mark_cell(
    given: dict[bytes, bytes], has_formula: bool, lengths: dict[int, int], marks: Marks
) -> None:
    """Take the mark of a cell with these attributes."""
    style, kind = int(given.get(b"s", b"0") or 0), given.get(b"t")
    is_open = has_formula and kind != b"str"
    if not (is_open or kind == b"e" or style in lengths):
        return
    place = REFERENCE.fullmatch(given.get(b"r", b""))
    if place is None:
        return
    at = (int(place[2]) - 1, column_number(place[1]))
    if is_open or kind == b"e":
        marks.bad[at] = FORMULA if is_open else ERROR
    else:
        marks.months[at] = lengths[style]


def column_number(letters: bytes) -> int:
    """The number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """The part that holds the sheet of this name, None in a file of another form."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    relations = {
        target[b"Id"]: target[b"Target"]
        for target in attributes(archive.read("xl/_rels/workbook.xml.rels"), b"Relationship")
        if b"Id" in target and b"Target" in target
    }
    for sheet in attributes(archive.read("xl/workbook.xml"), b"sheet"):
        if unescaped(sheet.get(b"name", b"")) == name:
            target = relations.get(sheet.get(b"id", b""), b"").decode()
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in names else None
    return None


def attributes(xml: bytes, tag: bytes) -> list[dict[bytes, bytes]]:
    """The attributes of all elements `tag`, without their namespaces."""
    elements = re.findall(TAG + tag + rb"\s([^>]*)>", xml)
    pair = re.compile(rb"""(?:\w+:)?(\w+)=(?:"([^"]*)"|'([^']*)')""")
    return [{name: one or two for name, one, two in pair.findall(each)} for each in elements]


def unescaped(text: bytes) -> str:
    """The text of an attribute."""
    return html.unescape(text.decode())


def shown_lengths(archive: zipfile.ZipFile) -> dict[int, int]:
    """Of each style that shows dates without their day: how much of an ISO date it shows."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    xml = archive.read("xl/styles.xml")
    codes = {
        int(each[b"numFmtId"]): unescaped(each.get(b"formatCode", b""))
        for each in attributes(xml, b"numFmt")
        if each.get(b"numFmtId", b"").isdigit()
    }
    part = re.search(TAG + rb"cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.S)
    styles = attributes(part[0], b"xf") if part else []
    numbers = [int(style.get(b"numFmtId", b"0") or 0) for style in styles]
    lengths = {at: shown_length(number, codes) for at, number in enumerate(numbers)}
    return {at: length for at, length in lengths.items() if length is not None}


def shown_length(number: int, codes: dict[int, str]) -> int | None:
    """7 for a format of year and month, 4 for one of the year alone, None for any other."""
    if number not in codes:
        return 7 if number in MONTH_FORMATS else None
    bare = re.sub(r"""\[[^\]]*\]|"[^"]*"|\\.""", "", codes[number].partition(";")[0]).lower()
    if "y" not in bare or any(sign in bare for sign in "dhs"):
        return None
    return 7 if "m" in bare else 4


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    main(sys.argv[1], Options(**json.loads(sys.argv[2])))
