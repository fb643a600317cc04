"""Fields that many kinds share, and makers of fields that feed the columns of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, Integer, Table, Text

from hub import values
from hub.subjects.columns import own_columns
from hub.subjects.divisions import Level, level
from hub.subjects.kinds import Field, Reader, Reference, camel, snake
from hub.subjects.orders import is_order
from hub.subjects.record_kinds import RecordKind

BY_TYPE: tuple[tuple[type[Any], Reader, type], ...] = (
    (Boolean, values.boolean, bool),
    (Integer, values.integer, int),
    (Float, values.number, float),
    (Date, values.iso_day, date),
    (Text, values.text, str),
)
"""The reader and the push input of a column by its type."""


def other(name: str, target: RecordKind, description: str, *, required: bool = False) -> Reference:
    """A reference to one record, of any system."""
    return Reference(name, target, description, many=False, across=True, required=required)


def feeding(table: Table) -> Callable[..., Field]:
    """A maker of fields that feed the column of `table` with the same name in snake case."""

    def field(
        name: str, read: Reader, takes: type = str, *, column: str = "", **more: bool
    ) -> Field:
        feeds = column or snake(name)
        target = table.c[feeds]
        return Field(
            name,
            read,
            str(target.comment),
            takes,
            table,
            feeds,
            restricted=bool(target.info.get("restricted")),
            **more,
        )

    return field


def fields_of(
    table: Table, *, required: Collection[str] = (), readers: Mapping[str, Reader] | None = None
) -> tuple[Field, ...]:
    """A field for every column of `table` that a source states, read by the column's type.

    Columns of `required` must be there; `readers` are for columns that take more than their type
    says.
    """
    own = [column for column in own_columns(table) if "derived" not in column.info]
    return tuple(_field(table, column, required, readers or {}) for column in own)


def _field(
    table: Table, column: Column[Any], required: Collection[str], readers: Mapping[str, Reader]
) -> Field:
    read, takes = _reader_of(column)
    return feeding(table)(
        camel(column.name),
        readers.get(column.name, read),
        takes,
        required=column.name in required,
    )


def _reader_of(column: Column[Any]) -> tuple[Reader, type]:
    """The reader and the type of the push input; a closed list is pushed in the source's words."""
    if "enum" in column.info:
        return values.listed_reader(column.info["enum"]), str
    if isinstance(column.type, Text) and _is_looked_up(column):
        return values.short_text, str
    return next((read, takes) for kind, read, takes in BY_TYPE if isinstance(column.type, kind))


def _is_looked_up(column: Column[Any]) -> bool:
    """Whether an index holds the values of the column; names are in those of records and search."""
    indexed = any(column.name in index.columns for index in column.table.indexes)
    return column.name == "name" or indexed or is_order(column)


EXTERNAL_ID = Field(
    "externalId", values.external_id, "Id of the record in its own system 外部标识", required=True
)
DIVISION_FIELDS = (
    Field(
        "divisionCode",
        values.division_code,
        "Administrative division code, of any year 行政区划代码",
    ),
    Field(
        "divisionName", values.text, "Name of the division, for sources without codes 行政区划名称"
    ),
)
VILLAGE_CODE = Field(
    "villageCode", values.division_code, "Code of the village, 12 digits 村（社区）代码"
)
VILLAGE_FIELDS = (
    VILLAGE_CODE,
    Field("villageName", values.short_text, "Name of the village or community 村（社区）名称"),
)
LEVEL = Field("level", level, "Level of the congress; by default the division's 层级", Level)
TERM = Field("term", values.term, "Term of the congress it belongs to 届次", int)
OWN_DIVISION = (EXTERNAL_ID, *DIVISION_FIELDS, LEVEL, TERM)
"""What every record states that belongs to a division, and maybe to a congress of it."""
