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


# --- COPY's binary form, made column by column ----------------------------------------------------

NULL = b"\xff\xff\xff\xff"
"""The cell of a value that is not there."""

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
DAY_0, MOMENT_0 = date(2000, 1, 1).toordinal(), datetime(2000, 1, 1, tzinfo=UTC)
"""What PostgreSQL counts days and microseconds from."""


@lru_cache(maxsize=16384)
def _id(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))


def _ids(texts: Sequence[str]) -> bytes:
    if not texts:
        return struct.pack(">3i", 0, 0, UUID_TYPE)
    items = b"".join([sized(_id(text)) for text in texts])
    return struct.pack(">5i", 1, 0, UUID_TYPE, len(texts), 1) + items


UUID_TYPE = 2950
"""The number of the type in PostgreSQL's catalogue."""


def _json(text: bytes) -> bytes:
    return b"\1" + text


def _boolean(value: bool) -> bytes:
    return b"\1" if value else b"\0"


def _day(iso: str) -> bytes:
    return struct.pack(">i", day_of(iso).toordinal() - DAY_0)


def moment(at: datetime) -> bytes:
    """A time as COPY's binary form has it."""
    return struct.pack(">q", (at - MOMENT_0) // timedelta(microseconds=1))


Encode = Callable[[Any], bytes]

ENCODERS: tuple[tuple[type, Encode], ...] = (
    (Text, str.encode),
    (ARRAY, _ids),
    (Uuid, _id),
    (JSONB, _json),
    (LargeBinary, bytes),
    (Boolean, _boolean),
    (SmallInteger, struct.Struct(">h").pack),
    (Integer, struct.Struct(">i").pack),
    (Date, _day),
    (DateTime, moment),
)
"""What makes bytes of values: ids are texts, arrays lists of ids, JSON is bytes."""

OWN = frozenset((_id, _json, bytes))
"""Encoders of what is each row's own: there is nothing to gain by encoding a value once only."""


@lru_cache
def encoder(table: str, column: str) -> Encode:
    """What makes bytes of the values of a column."""
    kind = metadata.tables[table].columns[column].type
    return next(encode for known, encode in ENCODERS if isinstance(kind, known))


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
    cells = [_cells(encoder(table, name), values) for name, values in columns.items()]
    rest = b"".join(_cells(encoder(table, name), [value])[0] for name, value in same.items())
    count = len(cells[0]) if cells else 0
    rows = zip(
        repeat(struct.pack(">h", len(names)), count), *cells, repeat(rest, count), strict=True
    )
    return Packed(table, names, b"".join([BEGIN, *chain.from_iterable(rows), END]))


def _cells(encode: Encode, values: Sequence[Any]) -> list[bytes]:
    if encode in OWN:
        return [NULL if value is None else sized(encode(value)) for value in values]
    known = {value: sized(encode(value)) for value in set(values) if value is not None}
    known[None] = NULL
    return list(map(known.__getitem__, values))


def sized(data: bytes) -> bytes:
    """Bytes with their number before them."""
    return len(data).to_bytes(4, "big") + data


def packed_rows(table: str, rows: Sequence[Mapping[str, object]]) -> Packed:
    """As `packed`, of rows that state some of their columns each."""
    stated = dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, rows))))
    return packed(table, {name: [row.get(name) for row in rows] for name in stated})
