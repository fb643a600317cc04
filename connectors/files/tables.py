"""Rows of cells under a header, as CSV files and sheets have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from connectors.manifest import StreamManifest, as_text
from connectors.reading import LONGEST_CELL, BadRow, Row, bad_row, check_columns
from hub.errors import Code, StopRun


@dataclass(frozen=True)
class TableForm:
    """Where the table of `stream` stands in a file, and how the file is written."""

    stream: StreamManifest
    format: str
    encoding: str
    delimiter: str
    sheet: str | None
    header_row: int


def unreadable(place: str, problem: str) -> StopRun:
    """The error for a file that cannot be read as a whole."""
    return StopRun(Code.SOURCE_REFUSED, f"{place} {problem}.")


class TableRows:
    """Turns rows of cells into Rows, one after the other; the header comes first.

    Row numbers count from 1 with the header, as a person sees them in a sheet.
    """

    def __init__(self, form: TableForm, place: str) -> None:
        self.place = place
        self._form = form
        self._number = 0
        self._header: list[str] = []

    @property
    def has_header(self) -> bool:
        """Whether the header was met."""
        return bool(self._header)

    def pass_over(self) -> str:
        """Count a row that is not read; gives its place."""
        self._number += 1
        return f"{self.place} row {self._number}"

    def delimited(self, cells: Iterable[object]) -> str:
        """Cells as one text, for a person to look at."""
        return self._form.delimiter.join(str(cell) for cell in cells)

    def add(self, cells: Sequence[object] | None) -> Iterable[Row | BadRow]:
        """The row of `cells`; None stands for one that cannot be taken apart.

        Gives nothing for the header, what stands above it, and blank rows. Raises
        StopRun(SOURCE_CHANGED).
        """
        place = self.pass_over()
        if self._number < self._form.header_row:
            return ()
        if self._number == self._form.header_row:
            self._header = self._read_header(cells or ())
            return ()
        if cells is None:
            return (bad_row(place, Code.MALFORMED_ROW, "is no CSV row", ""),)
        if not any(cell not in ("", None) for cell in cells):
            return ()
        return (self._row(cells, place),)

    def finish(self) -> None:
        """Raise StopRun(SOURCE_CHANGED) where the file ended before its header."""
        if not self._header:
            check_columns(self._form.stream, set(), self.place)

    def _read_header(self, cells: Iterable[object]) -> list[str]:
        header = [as_text(cell) for cell in cells]
        check_columns(self._form.stream, set(header), self.place)
        for name in self._form.stream.required:
            if header.count(name) > 1:
                raise StopRun(
                    Code.SOURCE_CHANGED,
                    f"{self.place} has the column {name} more than once. "
                    "Have the source name its columns apart.",
                )
        return header

    def _row(self, cells: Sequence[object], place: str) -> Row | BadRow:
        if len(cells) != len(self._header):
            problem = f"has {len(cells)} cells under {len(self._header)} headers"
            return bad_row(place, Code.MALFORMED_ROW, problem, self.delimited(cells))
        for name, cell in zip(self._header, cells, strict=True):
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                problem = f"column {name} is longer than {LONGEST_CELL:,} characters"
                return bad_row(place, Code.VALUE_TOO_LONG, problem, "")
        return Row(dict(zip(self._header, cells, strict=True)), place)
