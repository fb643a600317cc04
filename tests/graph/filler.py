"""Rows for every golden table that the small world leaves empty, made of the declarations."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Column, Table, insert, select

from hub.store.database import Database
from hub.subjects import metadata
from tests.graph import world as w

ROWS = 4
KINDS = [table for table in metadata.sorted_tables if "main_record_id" in table.c]
MEMBERSHIPS = [
    table
    for table in metadata.sorted_tables
    if "record_id" in table.c and "role" in table.c and len(table.primary_key) == 2
]


def key_of(table: str, number: int) -> UUID:
    """The id of a row that is made."""
    return uuid5(NAMESPACE_OID, f"{table} {number % ROWS}")


def keys_of(table: str) -> tuple[UUID, ...]:
    """The ids of all rows that are made of a table."""
    return tuple(key_of(table, number) for number in range(ROWS))


async def fill_up(database: Database) -> None:
    """Fill the empty tables of the small world; links lead to rows of the right tables."""
    async with database.engine.begin() as connection:
        ids: dict[str, list[UUID]] = {}
        for table in [*KINDS, metadata.tables["division"]]:
            found = await connection.execute(select(table.c.id).order_by(table.c.id).limit(ROWS))
            ids[table.name] = [row.id for row in found]
        empty = [table for table in KINDS if not ids[table.name]]
        ids |= {table.name: list(keys_of(table.name)) for table in empty}
        for table in empty:
            for number in range(ROWS):
                row = make_row(table, number, ids) | {"id": key_of(table.name, number)}
                await connection.execute(insert(table).values(row))
        for table in MEMBERSHIPS:
            if not (await connection.execute(select(1).select_from(table).limit(1))).first():
                for number in range(ROWS):
                    row = make_row(table, number, ids)
                    await connection.execute(insert(table).values(row))


def make_row(table: Table, number: int, ids: dict[str, list[UUID]]) -> dict[str, Any]:
    """One row; every fourth leaves out what may be left out."""
    return {
        column.name: make_value(column, number, ids)
        for column in table.columns
        if not (column.nullable and number == ROWS - 1)
    }


def make_value(column: Column[Any], number: int, ids: dict[str, list[UUID]]) -> Any:
    """A value of a column."""
    if column.name == "other_winners":
        return {}
    if "target" in column.info:
        known = ids[column.info["target"]]
        return known[number % len(known)]
    if "enum" in column.info:
        names = list(column.info["enum"].__members__)
        return names[number % len(names)]
    makers: dict[type, Any] = {
        str: f"{column.name}{number % 2}",
        int: number + 1,
        float: number * 1.5,
        bool: number % 2 == 0,
        date: date(2020 + number * 2, 3, 1 + number),
        UUID: w.RECORD_ZH,
        datetime: datetime(2020 + number, 3, 1, 12, tzinfo=UTC),
    }
    return makers[column.type.python_type]
