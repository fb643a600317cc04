"""Sheets of workbooks as rows. The files are opened by `sheet_process`, beside this process."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from connectors.files import sheet_process
from connectors.files.tables import TableForm, TableRows, unreadable
from connectors.reading import BadRow, Row
from hub.errors import Code, StopRun

BEYOND = (
    f"takes more than {sheet_process.MEMORY // 2**20} MB of memory or {sheet_process.SECONDS} "
    "seconds. Delete what stands far outside the table, or have the source split it"
)


def workbook_rows(path: Path, place: str, form: TableForm) -> Iterator[Row | BadRow]:
    """The rows of the sheets of an XLSX, XLS or ODS file that are meant, one by one.

    Dates are dates, whole numbers are int; a cell without a readable value is a Refusal. Raises
    StopRun(SOURCE_CHANGED) for a missing sheet or column, StopRun(SOURCE_REFUSED) for a file that
    is too big or no workbook.
    """
    table: TableRows | None = None
    with _messages(path, form) as messages:
        for kind, *parts in messages:
            if kind == "refused":
                raise unreadable(place, str(parts[0]))
            if kind == "sheets":
                raise _no_sheet(place, form, parts[0])
            if kind == "sheet":
                if table:
                    table.finish()
                table = TableRows(form, f"{place} sheet {parts[0]}", {"sheet": str(parts[0])})
            if kind == "rows" and table:
                yield from _rows(table, *parts)
            if kind == "end" and table:
                table.finish()
                return
    raise unreadable(place, BEYOND)


def _rows(
    table: TableRows, rows: list[list[object]], bad: dict[int, dict[int, str]], hidden: list[int]
) -> Iterator[Row | BadRow]:
    for number, cells in enumerate(rows):
        yield from table.add(cells, bad.get(number), is_hidden=number in hidden)


@contextmanager
def _messages(path: Path, form: TableForm) -> Iterator[Iterator[tuple[Any, ...]]]:
    """What the process that opens the file tells; it ends with the block."""
    options = {"sheet": form.sheet, "header_row": form.header_row, "merged": form.merged}
    process = subprocess.Popen(  # noqa: S603  this Python, and a script of ours
        [sys.executable, "-I", sheet_process.__file__, str(path), json.dumps(options)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        yield _unpickled(process.stdout)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _unpickled(stream: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    while True:
        try:
            yield pickle.load(stream)  # noqa: S301  a process of our own wrote it
        except (EOFError, pickle.UnpicklingError):
            return


def _no_sheet(place: str, form: TableForm, names: list[str]) -> StopRun:
    return StopRun(
        Code.SOURCE_CHANGED,
        f"{place} has no sheet {form.sheet}. Sheets found: {', '.join(names)}.",
    )
