"""Rows in the forms in which COPY takes them: tuples of typed values, or its binary form at once.

The binary form made column by column is several times cheaper for many rows, which share most of
their values; and PostgreSQL reads it faster than lines of text.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.subjects import metadata
from hub.values import day_of

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


# --- COPY's binary form, made column by column ----------------------------------------------------

NULL = b"\xff\xff\xff\xff"
"""The cell of a value that is not there."""

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
DAY_0, MOMENT_0 = date(2000, 1, 1).toordinal(), datetime(2000, 1, 1, tzinfo=UTC)
"""What PostgreSQL counts days and microseconds from."""


def sized(data: bytes) -> bytes:
    """A cell: bytes with their number before them."""
    return len(data).to_bytes(4, "big") + data


@lru_cache(maxsize=65536)
def _id_cell(text: str) -> bytes:
    return b"\0\0\0\x10" + bytes.fromhex(text.replace("-", ""))


def _json_cell(text: bytes) -> bytes:
    return (len(text) + 1).to_bytes(4, "big") + b"\1" + text


def _ids(texts: Sequence[str]) -> bytes:
    if not texts:
        return struct.pack(">3i", 0, 0, UUID_TYPE)
    items = b"".join(map(_id_cell, texts))
    return struct.pack(">5i", 1, 0, UUID_TYPE, len(texts), 1) + items


UUID_TYPE = 2950
"""The number of the type in PostgreSQL's catalogue."""


def _boolean(value: bool) -> bytes:
    return b"\1" if value else b"\0"


def _day(iso: str) -> bytes:
    return struct.pack(">i", day_of(iso).toordinal() - DAY_0)


def moment(at: datetime) -> bytes:
    """A time as COPY's binary form has it."""
    return struct.pack(">q", (at - MOMENT_0) // timedelta(microseconds=1))


Encode = Callable[[Any], bytes]

OWN: tuple[tuple[type, Encode], ...] = (
    (Uuid, _id_cell),
    (JSONB, _json_cell),
    (LargeBinary, sized),
)
"""What makes cells of what is each row's own: ids are texts, JSON is bytes."""

SHARED: tuple[tuple[type, Encode], ...] = (
    (Text, str.encode),
    (ARRAY, _ids),
    (Boolean, _boolean),
    (SmallInteger, struct.Struct(">h").pack),
    (Integer, struct.Struct(">i").pack),
    (Date, _day),
    (DateTime, moment),
)
"""What makes bytes of values that rows share, arrays being lists of ids: each is made once."""


@lru_cache
def _encoder(encoders: tuple[tuple[type, Encode], ...], table: str, column: str) -> Encode | None:
    kind = metadata.tables[table].columns[column].type
    return next((encode for known, encode in encoders if isinstance(kind, known)), None)


class Packed(NamedTuple):
    """Rows of a table in COPY's binary form."""

    table: str
    columns: tuple[str, ...]
    data: bytes


def packed(
    table: str,
    columns: Mapping[str, Sequence[Any]],
    same: Mapping[str, object] = MappingProxyType({}),
) -> Packed:
    """Rows given column by column; `same` are the values that all rows share."""
    names = (*columns, *same)
    cells = [_cells(table, name, values) for name, values in columns.items()]
    rest = b"".join(_cells(table, name, [value])[0] for name, value in same.items())
    count = len(cells[0]) if cells else 0
    rows = zip(
        repeat(struct.pack(">h", len(names)), count), *cells, repeat(rest, count), strict=True
    )
    return Packed(table, names, b"".join([BEGIN, *chain.from_iterable(rows), END]))


def _cells(table: str, column: str, values: Sequence[Any]) -> list[bytes]:
    if own := _encoder(OWN, table, column):
        return [NULL if value is None else own(value) for value in values]
    encode = _encoder(SHARED, table, column)
    assert encode is not None, f"{table}.{column}"
    known = {value: sized(encode(value)) for value in set(values) if value is not None}
    known[None] = NULL
    return list(map(known.__getitem__, values))
