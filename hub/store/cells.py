"""The binary form in which COPY takes values, by the type of their column.

Each type takes values in the forms in which the hub holds them: ids and days as text or as what
they are, JSON as bytes or as what it says. A type that is not here is refused, and so is a value
that its column cannot hold; nothing is rounded or cut.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeEngine

from hub.subjects import metadata
from hub.values import day_of

NULL = b"\xff\xff\xff\xff"
"""The cell of a value that is not there."""

DAY_0, MOMENT_0 = date(2000, 1, 1).toordinal(), datetime(2000, 1, 1, tzinfo=UTC)
"""What PostgreSQL counts days and microseconds from."""

FOR_EVER = {"infinity": 1, "-infinity": -1}
"""Days and times without end, as PostgreSQL writes them."""

MAX_DAY, MAX_MOMENT = 2**31 - 1, 2**63 - 1
"""What stands for no end; the number below the negative of it for no beginning."""


class CannotCopy(TypeError):
    """A column of a type that has no binary form here, or a value that its column cannot hold."""


def _sized(data: bytes) -> bytes:
    """A cell: bytes with their number before them."""
    return len(data).to_bytes(4, "big") + data


@lru_cache(maxsize=65536)
def _id(key: str | UUID) -> bytes:
    return b"\0\0\0\x10" + (key.bytes if isinstance(key, UUID) else UUID(key).bytes)


def _json(value: object) -> bytes:
    text = value if isinstance(value, bytes) else orjson.dumps(value)
    return (len(text) + 1).to_bytes(4, "big") + b"\1" + text


def _text(text: str) -> bytes:
    return _sized(str.encode(text))


def _bytes(data: bytes) -> bytes:
    return _sized(bytes(data))


def _boolean(value: bool) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _day(day: str | date) -> bytes:
    if end := FOR_EVER.get(str(day)):
        return _sized(struct.pack(">i", MAX_DAY if end > 0 else -MAX_DAY - 1))
    known = day_of(day) if isinstance(day, str) else day
    return _sized(struct.pack(">i", known.toordinal() - DAY_0))


def _moment(at: str | datetime) -> bytes:
    if end := FOR_EVER.get(str(at)):
        return _sized(struct.pack(">q", MAX_MOMENT if end > 0 else -MAX_MOMENT - 1))
    known = datetime.fromisoformat(at) if isinstance(at, str) else at
    return _sized(struct.pack(">q", (known - MOMENT_0) // timedelta(microseconds=1)))


class BinaryForm(NamedTuple):
    """The binary form of a type: its number in PostgreSQL's catalogue, and what makes a cell.

    `repeats` says that many rows share a value, whose cell is then made once; `letter` is that of
    a number in a pattern of `struct`.
    """

    number: int
    cell: Callable[[Any], bytes]
    repeats: bool = True
    letter: str = ""


def _number(catalogue: int, letter: str, *, repeats: bool = True) -> BinaryForm:
    size = struct.calcsize(f">{letter}")
    pack = struct.Struct(f">i{letter}").pack
    return BinaryForm(catalogue, partial(pack, size), repeats, letter)


FORMS: tuple[tuple[type[TypeEngine[Any]], BinaryForm], ...] = (
    (Uuid, BinaryForm(2950, _id, repeats=False)),
    (JSONB, BinaryForm(3802, _json, repeats=False)),
    (LargeBinary, BinaryForm(17, _bytes, repeats=False)),
    (Text, BinaryForm(25, _text)),
    (Boolean, BinaryForm(16, _boolean)),
    (SmallInteger, _number(21, "h")),
    (BigInteger, _number(20, "q")),
    (Integer, _number(23, "i")),
    (Float, _number(701, "d", repeats=False)),
    (Date, BinaryForm(1082, _day)),
    (DateTime, BinaryForm(1184, _moment)),
)
"""The forms by type, the special ones before the general. 0.0 and -0.0 are equal: not shared."""


def _form(kind: TypeEngine[Any]) -> BinaryForm:
    if isinstance(kind, ARRAY):
        item = _form(kind.item_type)
        return BinaryForm(0, _array(item), repeats=not item.letter)
    form = next((form for known, form in FORMS if isinstance(kind, known)), None)
    with_zone = not isinstance(kind, DateTime) or kind.timezone
    eight_bytes = not isinstance(kind, Float) or kind.precision is None
    if form is None or not with_zone or not eight_bytes:
        raise CannotCopy(f"COPY has no form here for {kind!r}. Add one to hub/store/cells.py.")
    return form


def _array(item: BinaryForm) -> Callable[[Sequence[Any]], bytes]:
    empty = _sized(struct.pack(">3i", 0, 0, item.number))

    def cell(values: Sequence[Any]) -> bytes:
        if not values:
            return empty
        has_null = None in values
        if item.letter and not has_null:
            made = _numbers(item.letter, values)
        else:
            made = b"".join([NULL if value is None else item.cell(value) for value in values])
        return struct.pack(">6i", 20 + len(made), 1, has_null, item.number, len(values), 1) + made

    return cell


def _numbers(letter: str, values: Sequence[Any]) -> bytes:
    """Cells of numbers, all made by one pattern."""
    sized: list[Any] = [struct.calcsize(f">{letter}")] * (2 * len(values))
    sized[1::2] = values
    return struct.pack(f">{f'i{letter}' * len(values)}", *sized)


@lru_cache(maxsize=4096)
def _column(table: str, name: str) -> tuple[BinaryForm, bool]:
    """The form of a column, and whether it is an array."""
    kind = metadata.tables[table].columns[name].type
    try:
        return _form(kind), isinstance(kind, ARRAY)
    except CannotCopy as error:
        raise CannotCopy(f"{table}.{name}: {error}") from None


def cells(table: str, name: str, values: Sequence[Any]) -> list[bytes]:
    """The cells of some rows in one column; None is null.

    Raises CannotCopy, which does not tell the value.
    """
    form, is_array = _column(table, name)
    if is_array and form.repeats:
        values = [value if value is None else tuple(value) for value in values]
    try:
        return _repeated(form, values) if form.repeats else _single(form, values)
    except (struct.error, TypeError, ValueError, AttributeError, OverflowError) as error:
        kind = metadata.tables[table].columns[name].type
        raise CannotCopy(f"{table}.{name}: a value is no {kind}. Read it before.") from error


def _single(form: BinaryForm, values: Sequence[Any]) -> list[bytes]:
    make = form.cell
    return [NULL if value is None else make(value) for value in values]


def _repeated(form: BinaryForm, values: Sequence[Any]) -> list[bytes]:
    """Cells of which few are different: each of them is made once."""
    known = {value: form.cell(value) for value in set(values) if value is not None}
    known[None] = NULL
    return list(map(known.__getitem__, values))
