"""CSV and JSON Lines as rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import orjson

from connectors.files.tables import TableForm, TableRows, unreadable
from connectors.reading import LONGEST_CELL, BadRow, Row, bad_row, exact_json, json_row
from hub.errors import Code

Rows: TypeAlias = Iterator[Row | BadRow]

CHUNK = 1024 * 1024
LARGEST_SHARE_OF_ERRORS = 0.01
_UNDECODED = re.compile("[\udc80-\udcff]")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

csv.field_size_limit(64 * LONGEST_CELL)  # longer cells are refused below, one by one


def csv_rows(path: Path, place: str, form: TableForm) -> Rows:
    """The rows of a CSV file, one by one.

    Raises StopRun(SOURCE_CHANGED) for missing columns, StopRun(SOURCE_REFUSED) for an encoding
    that does not fit.
    """
    encoding = detect_encoding(path, place) if form.encoding == "auto" else form.encoding
    table = TableRows(form, place)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        for cells in _records(csv.reader(file, delimiter=form.delimiter)):
            if cells is not None and _UNDECODED.search("".join(cells)):
                yield from _undecoded(table, cells, encoding)
            else:
                yield from table.add(cells)
    table.finish()


def _records(reader: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """The records of a CSV file; None for one that the csv module cannot read."""
    while True:
        try:
            yield next(reader)
        except csv.Error:
            yield None
        except StopIteration:
            return


def _undecoded(table: TableRows, cells: list[str], encoding: str) -> Iterable[BadRow]:
    problem = f"holds bytes that are no {encoding}, the encoding that the manifest gives"
    if not table.has_header:
        raise unreadable(table.place, f"its header {problem}")
    place = table.pass_over()
    raw = _UNDECODED.sub("\ufffd", table.delimited(cells))
    return [bad_row(place, Code.MALFORMED_ROW, problem, raw)]


def detect_encoding(path: Path, place: str) -> str:
    """The encoding of a text file: by its mark, else UTF-8 or GB 18030, whichever reads it.

    Up to 1 % of errors among the characters beyond ASCII pass here; their rows are refused later.
    Raises StopRun(SOURCE_REFUSED).
    """
    with path.open("rb") as file:
        start = file.read(3)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    for encoding in ("utf-8", "gb18030"):
        if _share_of_errors(path, encoding) <= LARGEST_SHARE_OF_ERRORS:
            return encoding
    raise unreadable(place, "is neither UTF-8 nor GB 18030. Set encoding in the manifest")


def _share_of_errors(path: Path, encoding: str) -> float:
    errors = beyond_ascii = 0
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        while chunk := file.read(CHUNK):
            if not chunk.isascii():
                errors += len(_UNDECODED.findall(chunk))
                beyond_ascii += sum(not character.isascii() for character in chunk)
    return errors / beyond_ascii if beyond_ascii else 0.0


def jsonl_rows(path: Path, place: str) -> Rows:
    """The lines of a JSON Lines file, one object each; blank lines are passed over."""
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            if line is None:
                problem = f"is longer than {LONGEST_CELL:,} bytes"
                yield bad_row(f"{place} line {number}", Code.VALUE_TOO_LONG, problem, "")
            elif line.strip():
                yield _json_line(line, f"{place} line {number}")


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is too long to be held."""
    if file.read(3) != codecs.BOM_UTF8:
        file.seek(0)
    while line := file.readline(LONGEST_CELL):
        if len(line) < LONGEST_CELL or line.endswith(b"\n"):
            yield line
        else:
            _pass_over_line(file)
            yield None


def _pass_over_line(file: BinaryIO) -> None:
    while (rest := file.readline(CHUNK)) and not rest.endswith(b"\n"):
        pass


def _json_line(line: bytes, place: str) -> Row | BadRow:
    try:
        return json_row(exact_json(line), place)
    except orjson.JSONDecodeError as error:
        raw = line.decode("utf-8", errors="replace")
        return bad_row(place, Code.MALFORMED_ROW, f"is no JSON: {error.msg}", raw)
