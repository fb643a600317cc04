"""Rows in the forms in which COPY takes them: tuples of typed values, or lines of text.

Lines are several times cheaper where most of a row is the same or was made before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Date, DateTime
from sqlalchemy.dialects.postgresql import JSONB

from hub.tables import metadata
from hub.values.dates import day_of

Convert = Callable[[Any], object]


class Layout(NamedTuple):
    """The columns of a table but for `id` and `updated_at`, and those that have to be converted."""

    names: tuple[str, ...]
    converted: tuple[tuple[int, Convert], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the tuples that `copied` gives."""
        return ("id", *self.names)

    def values(self, row: Mapping[str, object]) -> list[object]:
        """The values of a row in the order of `names`."""
        values: list[object] = list(map(row.get, self.names))
        for place, convert in self.converted:
            if values[place] is not None:
                values[place] = convert(values[place])
        return values


def to_json(value: object) -> str:
    return orjson.dumps(value).decode()


CONVERSIONS: tuple[tuple[type, Convert], ...] = (
    (Date, day_of),
    (DateTime, datetime.fromisoformat),
    (JSONB, to_json),
)
"""Golden values come as JSON has them; the driver takes days, times and JSON texts."""


@lru_cache
def layout(table: str) -> Layout:
    """How rows of `table` are copied."""
    columns = [
        column
        for column in metadata.tables[table].columns
        if column.name not in {"id", "updated_at"}
    ]
    converted = [
        (place, convert)
        for place, column in enumerate(columns)
        for kind, convert in CONVERSIONS
        if isinstance(column.type, kind)
    ]
    return Layout(tuple(column.name for column in columns), tuple(converted))


def copied(form: Layout, rows: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[object, ...]]:
    """Rows by id as tuples. A column that a row does not state becomes null."""
    for key, row in rows.items():
        yield (key, *form.values(row))


ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


def cell(value: object) -> str:
    """A value as COPY reads it in a line of text; values are those of JSON, and bytes."""
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    text = value if isinstance(value, str) else str(value)
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPES)


def line(values: Iterable[object]) -> str:
    """The cells of a row, a tab between them."""
    return "\t".join(map(cell, values))


def joined(lines: Iterable[str]) -> bytes:
    """Lines as COPY takes them together; each ends with a line feed."""
    return "\n".join((*lines, "")).encode()


def json_cell(text: str) -> str:
    """The cell of a JSON text, in which only backslashes have to be escaped."""
    return text.replace("\\", "\\\\")


def line_of(table: str, row: Mapping[str, object], as_json: str) -> str:
    """The line of a row of `table` without nulls that is known as JSON too.

    JSON escapes whatever a line has to.
    """
    if "\\" in as_json:
        row = {name: cell(value) for name, value in row.items()}
    return template(table, tuple(row)) % row


@lru_cache(maxsize=1024)
def template(table: str, stated: tuple[str, ...]) -> str:
    """The line of a row of `table` with places for the columns `stated`, null for all others."""
    return "\t".join(f"%({name})s" if name in stated else NULL for name in layout(table).columns)
