"""The binary form in which COPY takes values, by the type of their column.

Each type takes values in the forms in which the hub holds them: ids and days as text or as what
they are, JSON as bytes or as what it says. A type that is not here is refused, and so is a value
that its column cannot hold; nothing is rounded or cut.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
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
from hub.values.dates import day_of

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


def sized(data: bytes) -> bytes:
    """A cell: bytes with their number before them."""
    return len(data).to_bytes(4, "big") + data


@lru_cache(maxsize=65536)
def _id(key: str | UUID) -> bytes:
    return key.bytes if isinstance(key, UUID) else bytes.fromhex(key.replace("-", ""))


def _json(value: object) -> bytes:
    return b"\1" + (value if isinstance(value, bytes) else orjson.dumps(value))


def _boolean(value: bool) -> bytes:
    return b"\1" if value else b"\0"


def _day(day: str | date) -> bytes:
    if end := FOR_EVER.get(str(day)):
        return struct.pack(">i", MAX_DAY if end > 0 else -MAX_DAY - 1)
    known = day_of(day) if isinstance(day, str) else day
    return struct.pack(">i", known.toordinal() - DAY_0)


def _moment(at: str | datetime) -> bytes:
    if end := FOR_EVER.get(str(at)):
        return struct.pack(">q", MAX_MOMENT if end > 0 else -MAX_MOMENT - 1)
    known = datetime.fromisoformat(at) if isinstance(at, str) else at
    return struct.pack(">q", (known - MOMENT_0) // timedelta(microseconds=1))


class Form(NamedTuple):
    """The binary form of a type: its number in PostgreSQL's catalogue, and what makes bytes.

    `repeats` says that many rows share a value, whose cell is then made once.
    """

    number: int
    encode: Callable[[Any], bytes]
    repeats: bool = True


FORMS: tuple[tuple[type[TypeEngine[Any]], Form], ...] = (
    (Uuid, Form(2950, _id, repeats=False)),
    (JSONB, Form(3802, _json, repeats=False)),
    (LargeBinary, Form(17, bytes, repeats=False)),
    (Text, Form(25, str.encode)),
    (Boolean, Form(16, _boolean)),
    (SmallInteger, Form(21, struct.Struct(">h").pack)),
    (BigInteger, Form(20, struct.Struct(">q").pack)),
    (Integer, Form(23, struct.Struct(">i").pack)),
    (Float, Form(701, struct.Struct(">d").pack, repeats=False)),
    (Date, Form(1082, _day)),
    (DateTime, Form(1184, _moment)),
)
"""The forms by type, the special ones before the general. 0.0 and -0.0 are equal: not shared."""


def _form(kind: TypeEngine[Any]) -> Form:
    if isinstance(kind, ARRAY):
        return Form(0, _array(_form(kind.item_type)))
    form = next((form for known, form in FORMS if isinstance(kind, known)), None)
    with_zone = not isinstance(kind, DateTime) or kind.timezone
    eight_bytes = not isinstance(kind, Float) or kind.precision is None
    if form is None or not with_zone or not eight_bytes:
        raise CannotCopy(f"COPY has no form here for {kind!r}. Add one to hub/store/cells.py.")
    return form


def _array(item: Form) -> Callable[[Sequence[Any]], bytes]:
    empty = struct.pack(">3i", 0, 0, item.number)

    def encode(values: Sequence[Any]) -> bytes:
        if not values:
            return empty
        cells = [NULL if value is None else sized(item.encode(value)) for value in values]
        head = struct.pack(">5i", 1, None in values, item.number, len(values), 1)
        return head + b"".join(cells)

    return encode


@lru_cache(maxsize=4096)
def _column(table: str, name: str) -> tuple[Form, bool]:
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
    if is_array:
        values = [value if value is None else tuple(value) for value in values]
    try:
        if not form.repeats:
            return [NULL if value is None else sized(form.encode(value)) for value in values]
        known = {value: sized(form.encode(value)) for value in set(values) if value is not None}
    except (struct.error, TypeError, ValueError, AttributeError, OverflowError) as error:
        kind = metadata.tables[table].columns[name].type
        raise CannotCopy(f"{table}.{name}: a value is no {kind}. Read it before.") from error
    known[None] = NULL
    return list(map(known.__getitem__, values))
