"""Every ordered table filled with thousands of made rows, fast: what plans are to be judged on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, UniqueConstraint

from hub.store.database import Database, Driver
from hub.subjects import metadata
from hub.subjects.orders import orders_of

ROWS = 4000
EMPTY = 5
"""Every so many rows lack a value that may be lacking."""

MADE: dict[type, str] = {
    str: "'{column} ' || {chance} % 1500",
    int: "({chance} % 300)::int",
    float: "({chance} % 3000) / 7.0",
    bool: "{chance} % 3 = 0",
    date: "DATE '2015-01-01' + ({chance} % 3000)::int",
    datetime: "TIMESTAMPTZ '2015-01-01' + make_interval(mins => ({chance} % 900000)::int)",
    UUID: "md5('{column}' || {chance})::uuid",
    object: "'{{}}'::jsonb",
    list: "'{{}}'",
    bytes: "''::bytea",
}


async def fill(database: Database) -> None:
    """Fill the tables of all orders and what their rows are of; links lead to made rows."""
    async with database.transaction() as driver:
        for name in [
            *(table.name for table in metadata.tables.values() if orders_of(table)),
            "source_record",
        ]:
            await fill_table(driver, metadata.tables[name])
    async with database.driver() as driver:
        await driver.execute("ANALYZE")


async def fill_table(driver: Driver, table: Table) -> None:
    """Fill one table; rows that a unique key does not let in are left out."""
    columns = [column for column in table.columns if column.identity is None]
    names = ", ".join(f'"{column.name}"' for column in columns)
    made = ", ".join(value_of(column) for column in columns)
    waits = any(getattr(key, "deferrable", None) for key in table.constraints)
    await driver.execute(
        f"INSERT INTO {table.name} ({names}) SELECT {made} FROM generate_series(1, {ROWS}) AS n "
        + ("" if waits else "ON CONFLICT DO NOTHING")
    )


def value_of(column: Column[Any]) -> str:
    """The value of a column in row `n`."""
    table, name = column.table.name, column.name
    chance = f"(hashint8extended(n, hashtextextended('{table}.{name}', 23)) & 1048575)"
    target = "source_system" if name == "system_id" else column.info.get("target")
    if column.primary_key:
        return f"md5('{table}' || n)::uuid"
    if is_unique(column):
        return f"'{name} ' || n"
    made = MADE[column.type.python_type].format(column=name, chance=chance)
    if target:
        made = f"md5('{target}' || (1 + {chance} % {ROWS}))::uuid"
    if "enum" in column.info:
        members = list(column.info["enum"].__members__)
        made = f"(ARRAY{members!r})[1 + {chance} % {len(members)}]"
    is_there = f"(n + {len(name)}) % {EMPTY} > 0"
    return f"CASE WHEN {is_there} THEN {made} END" if column.nullable else made


def is_unique(column: Column[Any]) -> bool:
    """Whether it is a text that must differ from row to row."""
    keys = [key for key in column.table.constraints if isinstance(key, UniqueConstraint)]
    is_text = column.type.python_type is str and "enum" not in column.info
    return is_text and any(column in tuple(key.columns) for key in keys)
