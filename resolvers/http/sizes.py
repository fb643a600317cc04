"""How many rows the tables hold, as PostgreSQL's statistics say: what prices are reckoned from."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from sqlalchemy import Table
from sqlalchemy.sql.visitors import iterate

from hub.errors import HubError
from hub.store import Database
from schema.declare import Entity
from schema.registry import ENTITIES

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks."""

BYTES_A_ROW = 100
"""Of a table that PostgreSQL has not counted yet."""

STATISTICS = f"""
SELECT relname, CASE WHEN reltuples < 0 THEN pg_relation_size(oid) / {BYTES_A_ROW}
                     ELSE reltuples END
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


def tables_of(entity: Entity) -> frozenset[str]:
    """The names of the tables that the rows of an entity come from."""
    if entity.source is None:
        return frozenset()
    if isinstance(entity.source, Table):
        return frozenset({entity.source.name})
    return frozenset(item.name for item in iterate(entity.source) if isinstance(item, Table))


TABLES: Mapping[str, frozenset[str]] = {entity.name: tables_of(entity) for entity in ENTITIES}


async def read_sizes(database: Database) -> dict[str, float]:
    """The rows of the largest table of each entity. Raises HubError."""
    async with database.reader("sizes") as driver:
        rows = {name: float(count) for name, count in await driver.fetch(STATISTICS)}
    return {
        name: max(rows.get(table, 0.0) for table in tables)
        for name, tables in TABLES.items()
        if tables
    }


async def watch_sizes(database: Database, sizes: dict[str, float]) -> None:
    """Keep `sizes` up to date until it is cancelled."""
    while True:
        try:
            sizes.update(await read_sizes(database))
        except HubError as error:
            log.warning("the sizes of the tables are not known anew: %s", error.code)
        await asyncio.sleep(EVERY)
