"""CSV and JSON Lines as rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO, TypeAlias

import orjson

from connectors.files.tables import TableForm, TableRows, unreadable
from connectors.reading import LONGEST_CELL, BadRow, Row, bad_row, exact_json, json_row
from hub.errors import Code
from hub.values import unquoted

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
LONGEST_LINE = 8 * LONGEST_CELL
"""Characters of one line of CSV at most."""
OPEN_QUOTE = (
    "opens a cell with a quote that is not closed where the cell ends. Close it, or double the "
    "quotes that belong to the text"
)
SWALLOWED = "holds whole rows inside one cell: a quote is missing or too many"
TOO_LONG = f"is longer than {LONGEST_LINE:,} characters"


def csv_rows(path: Path, place: str, form: TableForm) -> Rows:
    """The rows of a CSV file, one by one.

    Raises StopRun(SOURCE_CHANGED) for missing columns, StopRun(SOURCE_REFUSED) for an encoding
    that does not fit.
    """
    encoding = detect_encoding(path, place) if form.encoding == "auto" else form.encoding
    table = TableRows(form, place)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        for cells, raw, problem in _records(Lines(file), table, form.delimiter):
            if problem:
                code = Code.VALUE_TOO_LONG if problem == TOO_LONG else Code.MALFORMED_ROW
                yield bad_row(table.pass_over(), code, problem, _UNDECODED.sub("\ufffd", raw))
            elif _UNDECODED.search(raw):
                yield from _undecoded(table, cells, encoding)
            else:
                yield from table.add(cells)
    table.finish()


class Lines:
    """The lines of a text file, of which some may be given back to be read again.

    A line that is too long to be held is an empty one; `is_too_long` says so until the next.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.is_too_long = False

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def start(self) -> None:
        """A record begins here."""
        self.taken.clear()
        self.is_too_long = False

    def give_back(self, lines: Sequence[str]) -> None:
        """Read these lines next."""
        self._returned.extendleft(reversed(lines))

    def _read(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        if len(line) < LONGEST_LINE or line.endswith(("\n", "\r")):
            return line
        self.is_too_long = True
        while (rest := self._file.readline(CHUNK)) and not rest.endswith(("\n", "\r")):
            pass
        return "\n"


Record: TypeAlias = tuple[list[str], str, str]
"""The cells of a record of CSV, its text, and what is wrong with it ("" for nothing)."""


def _records(lines: Lines, table: TableRows, delimiter: str) -> Iterator[Record]:
    """The records of a CSV file.

    A quote that is never closed would swallow the rows behind it: such a record costs its first
    line alone, and the others are read again.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.start()
        problem = ""
        try:
            cells = next(reader)
        except csv.Error:
            cells, problem = [], "is no CSV row"
        except StopIteration:
            return
        taken = list(lines.taken)
        raw = "".join(taken)
        problem = TOO_LONG if lines.is_too_long else problem
        if '"' in raw and not problem:
            problem = _quote_problem(taken, raw, table.width, delimiter)
        if '="' in raw:
            cells = list(map(unquoted, cells))
        if problem == OPEN_QUOTE or (problem and len(taken) > 1 and problem != SWALLOWED):
            lines.give_back(taken[1:])
            raw = taken[0]
        yield cells, raw, problem


def _quote_problem(taken: list[str], raw: str, width: int, delimiter: str) -> str:
    """What is wrong with the quotes of a record, "" for nothing."""
    if len(taken) == 1 and raw.count('"') % 2 == 0:
        return ""
    try:
        if len(list(csv.reader(taken, delimiter=delimiter, strict=True))) != 1:
            return OPEN_QUOTE
    except csv.Error:
        return OPEN_QUOTE
    inner = (next(csv.reader([line], delimiter=delimiter)) for line in taken[1:-1] if line.strip())
    return SWALLOWED if any(len(cells) == width > 1 for cells in inner) else ""


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


def jsonl_rows(path: Path, place: str, form: TableForm) -> Rows:
    """The lines of a JSON Lines file, one object each; blank lines are passed over."""
    around = {"file": form.file} if "file" in form.stream.columns else None
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            if line is None:
                problem = f"is longer than {LONGEST_CELL:,} bytes"
                yield bad_row(f"{place} line {number}", Code.VALUE_TOO_LONG, problem, "")
            elif line.strip():
                row = _json_line(line, f"{place} line {number}")
                if around and isinstance(row, Row):
                    row = row._replace(values={**around, **row.values})
                yield row


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
