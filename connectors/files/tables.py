"""Rows of cells under a header, as CSV files and sheets have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from connectors.manifest import StreamManifest, as_text
from connectors.reading import LONGEST_CELL, BadRow, Row, bad_row, check_columns
from hub.errors import Code, Refusal, StopRun


@dataclass(frozen=True)
class TableForm:
    """Where the table of `stream` stands in a file, and how the file is written.

    `file` is the name of the file without its ending, for columns and keys that hold it.
    """

    stream: StreamManifest
    format: str
    encoding: str
    delimiter: str
    sheet: str | None
    header_row: int
    merged: str
    file: str = ""

    @cached_property
    def wanted(self) -> Mapping[str, str]:
        """The columns that are mapped, by their names without blanks."""
        return {_bare(column): column for column in self.stream.columns}


def unreadable(place: str, problem: str) -> StopRun:
    """The error for a file that cannot be read as a whole."""
    return StopRun(Code.SOURCE_REFUSED, f"{place} {problem}.")


class TableRows:
    """Turns rows of cells into Rows, one after the other; the header comes first.

    Row numbers count from 1 with the header, as a person sees them in a sheet. `around` are
    columns that are the same in each row: the file, the sheet; a column of the table goes first.
    """

    def __init__(
        self, form: TableForm, place: str, around: Mapping[str, str] | None = None
    ) -> None:
        self.place = place
        self._form = form
        self._around = {"file": form.file, **(around or {})}
        self._number = 0
        self._header: list[str] = []

    @property
    def has_header(self) -> bool:
        """Whether the header was met."""
        return bool(self._header)

    @property
    def width(self) -> int:
        """The number of cells of the header."""
        return len(self._header)

    def pass_over(self) -> str:
        """Count a row that is not read; gives its place."""
        self._number += 1
        return f"{self.place} row {self._number}"

    def delimited(self, cells: Iterable[object]) -> str:
        """Cells as one text, for a person to look at."""
        return self._form.delimiter.join(str(cell) for cell in cells)

    def add(
        self,
        cells: Sequence[object],
        bad: Mapping[int, str] | None = None,
        *,
        is_hidden: bool = False,
    ) -> Iterable[Row | BadRow]:
        """The row of `cells`; `bad` tells by column what is wrong with cells without a value.

        Gives nothing for the header, what stands above it, and blank rows. Raises
        StopRun(SOURCE_CHANGED).
        """
        place = self.pass_over()
        if self._number < self._form.header_row:
            return ()
        if self._number == self._form.header_row:
            self._header = self._read_header(cells)
            return ()
        if not any(cell not in ("", None) for cell in cells) and not bad:
            return ()
        row = self._row(cells, place)
        if isinstance(row, Row) and (bad or is_hidden):
            row = self._marked(row, bad or {}, is_hidden=is_hidden)
        return (row,)

    def finish(self) -> None:
        """Raise StopRun(SOURCE_CHANGED) where the file ended before its header."""
        if not self._header:
            check_columns(self._form.stream, set(), self.place)

    def _read_header(self, cells: Iterable[object]) -> list[str]:
        texts = [as_text(cell) for cell in cells]
        header = [self._form.wanted.get(_bare(text), text) for text in texts]
        self._around = {
            name: value
            for name, value in self._around.items()
            if name in self._form.stream.columns and name not in header
        }
        check_columns(self._form.stream, {*header, *self._around}, self.place)
        for name in self._form.stream.columns:
            if header.count(name) > 1:
                raise StopRun(
                    Code.SOURCE_CHANGED,
                    f"{self.place} has the column {name} more than once. "
                    "Have the source name its columns apart.",
                )
        return header

    def _row(self, cells: Sequence[object], place: str) -> Row | BadRow:
        width = len(self._header)
        if len(cells) > width and any(cell not in ("", None) for cell in cells[width:]):
            problem = f"has {len(cells)} cells under {width} headers"
            return bad_row(place, Code.MALFORMED_ROW, problem, self.delimited(cells))
        for name, cell in zip(self._header, cells, strict=False):
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                problem = f"column {name} is longer than {LONGEST_CELL:,} characters"
                return bad_row(place, Code.VALUE_TOO_LONG, problem, "")
        values: dict[str, object] = dict(zip(self._header, cells, strict=False))
        if len(cells) < width:
            values |= dict.fromkeys(self._header[len(cells) :], "")
        return Row(values | self._around if self._around else values, place)

    def _marked(self, row: Row, bad: Mapping[int, str], *, is_hidden: bool) -> Row:
        """A row with Refusals in place of its bad cells, and a warning where it is hidden."""
        refusals = {
            self._header[column]: Refusal(
                Code.UNREADABLE_VALUE,
                f"{row.place}: column {self._header[column]} {problem}.",
                None,
            )
            for column, problem in bad.items()
            if column < len(self._header)
        }
        warnings = (Refusal(Code.HIDDEN_ROW, f"{row.place} {HIDDEN}"),) if is_hidden else ()
        return Row({**row.values, **refusals}, row.place, warnings)


HIDDEN = (
    "is hidden in the workbook, by a filter or by hand. It is read as any other; delete it there "
    "if it is no record."
)


def _bare(name: str) -> str:
    """The name of a column without the blanks and breaks that lay it out."""
    return "".join(as_text(name).split())
