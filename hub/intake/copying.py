"""Golden rows in the form in which COPY takes them: one tuple a row, every value of its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
        if column.name not in ("id", "updated_at")
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
        values: list[object] = list(map(row.get, form.names))
        for place, convert in form.converted:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield (key, *values)
