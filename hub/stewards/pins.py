"""Pin a value of a golden row until it is released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import asyncpg
import orjson
from sqlalchemy import Table

from hub.errors import Code, HubError
from hub.ids import new_id
from hub.intake import compute_again, fetch_pins
from hub.stewards.desk import Desk, check_note
from hub.store import Driver
from hub.subjects import KINDS, metadata
from hub.subjects.kinds import Field, Kind, camel
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw, check_shown

PINNABLE: Mapping[str, Kind] = {
    "person": KINDS[RecordKind.DEPUTY],
    **{kind.table.name: kind for kind in KINDS.values()},
}
"""The golden tables, with the kind of record that feeds them."""


@lru_cache
def pinnable_fields(table: str) -> Mapping[str, Field]:
    """The fields of a golden table that can be pinned, by their name in the graph."""
    return {
        camel(field.column): field
        for field in PINNABLE[table].fields
        if field.table is not None and field.table.name == table
    }


@dataclass(frozen=True, slots=True)
class Target:
    """One field of one golden row, and a record that the row is computed from."""

    table: Table
    golden_id: str
    field: Field
    record_id: str
    system_code: str


async def pin_value(
    desk: Desk,
    table: str,
    golden_id: str,
    field: str,
    value: object,
    *,
    seen: str | None = None,
    note: str | None = None,
) -> str:
    """Let `value`, as a source might write it, win a field until released; None for no value.

    `seen` is the pin of the field that stood when the page was read. Gives the id of the pin.
    Raises HubError NOT_FOUND, UNKNOWN_FIELD, ALREADY_DECIDED, NOT_PINNED where `seen` was
    released meanwhile, or as the reader of the field.
    """
    check_note(note)
    read = read_value(table, field, value)
    async with desk.open() as driver:
        target = await _find(driver, table, golden_id, field)
        standing = (await fetch_pins(driver, table, [target.golden_id])).get(target.golden_id, [])
        before = [pin.id for pin in standing if pin.column == target.field.column]
        if before and before[-1] != seen:
            raise await _already_pinned(driver, before[-1])
        if seen and not before:
            raise HubError(
                Code.NOT_PINNED,
                "The pin that you saw was released meanwhile. Look at the field again; to pin it, "
                "leave `pin` out.",
            )
        await _release(driver, before, desk.steward)
        made = await _insert(driver, desk, target, read, note)
        await _follow(desk, driver, target)
    return made


async def release_value(desk: Desk, pin_id: str) -> None:
    """Let the records win again. Raises HubError NOT_FOUND or NOT_PINNED."""
    async with desk.open() as driver:
        pin = await driver.fetchrow(PIN, pin_id)
        if pin is None:
            raise HubError(Code.NOT_FOUND, "No pin has this id. Copy it from `pins`.")
        if pin["released_at"] is not None:
            raise HubError(
                Code.NOT_PINNED,
                f"This pin was released by {pin['released_by']} before. Nothing is pinned by it.",
            )
        await _release(driver, [pin_id], desk.steward)
        table, field = metadata.tables[pin["entity_type"]], pin["column_name"]
        link = pin["person_id"] if pin["entity_type"] == "person" else pin["entity_id"]
        kept = await driver.fetchval("SELECT new_id::text FROM redirect WHERE old_id = $1", link)
        known = pinnable_fields(table.name)[camel(field)]
        target = Target(table, kept or link, known, pin["record_id"], pin["code"])
        await _follow(desk, driver, target)


def read_value(table: str, field: str, value: object) -> object:
    """The value in canonical form.

    Raises HubError UNKNOWN_FIELD, REQUIRED, ID_NUMBER_IN_TEXT, or as the reader.
    """
    known = pinnable_fields(table)
    if field not in known:
        raise HubError(
            Code.UNKNOWN_FIELD,
            f"{field[:40]!r} is no field that can be pinned here. These can: {', '.join(known)}.",
        )
    read = None if value is None else known[field].read(cast(Raw, value))
    check_shown("value", None if value is None else str(value))
    check_shown("value", None if read is None else str(read))
    column = metadata.tables[table].c[known[field].column]
    if read is None and not column.nullable:
        raise HubError(Code.REQUIRED, f"{field} cannot be empty. Pin a value.")
    return str(read)[:7] if column.name == "birth_month" and read else read


PIN = """
SELECT p.entity_type, p.column_name, p.released_at, p.released_by, p.record_id::text,
       r.person_id::text, r.entity_id::text, s.code
FROM pin p JOIN source_record r ON r.id = p.record_id JOIN source_system s ON s.id = r.system_id
WHERE p.id = $1
"""

ROW = """
SELECT g.id::text, r.id::text, s.code FROM {table} g
JOIN source_record r ON r.id = g.main_record_id JOIN source_system s ON s.id = r.system_id
WHERE g.id = coalesce((SELECT new_id FROM redirect WHERE old_id = $1), $1)
"""


async def _find(driver: Driver, table: str, golden_id: str, field: str) -> Target:
    row = await driver.fetchrow(ROW.format(table=table), golden_id)
    if row is None:
        raise HubError(
            Code.NOT_FOUND, "No node with this id is computed from records. Copy the id anew."
        )
    known = pinnable_fields(table)[field]
    return Target(metadata.tables[table], row[0], known, row[1], row[2])


async def _already_pinned(driver: Driver, pin_id: str) -> HubError:
    row: asyncpg.Record | None = await driver.fetchrow(
        "SELECT steward, made_at FROM pin WHERE id = $1", pin_id
    )
    who = f"{row['steward']} at {row['made_at']:%Y-%m-%d %H:%M}" if row else "a steward"
    return HubError(
        Code.ALREADY_DECIDED,
        f"The field was pinned by {who}. Look at it again; to change it, send pin: Pin:{pin_id}.",
    )


async def _release(driver: Driver, pins: list[str], steward: str) -> None:
    await driver.execute(
        "UPDATE pin SET released_at = now(), released_by = $2 WHERE id = ANY($1::uuid[])",
        pins,
        steward,
    )


INSERT = """
INSERT INTO pin (id, entity_type, entity_id, record_id, column_name, value, steward, note)
VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)
"""


async def _insert(
    driver: Driver, desk: Desk, target: Target, value: object, note: str | None
) -> str:
    made, told = new_id(), orjson.dumps(value).decode()
    at = (target.table.name, target.golden_id, target.record_id, target.field.column)
    await driver.execute(INSERT, made, *at, told, desk.steward, note)
    return made


async def _follow(desk: Desk, driver: Driver, target: Target) -> None:
    scope = await desk.scope(driver, target.system_code)
    kind = PINNABLE[target.table.name]
    await compute_again(driver, scope, kind, target.table, {target.golden_id})
