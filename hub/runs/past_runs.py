"""Runs as people look them up."""

from __future__ import annotations

from uuid import UUID

import asyncpg

from hub.errors import Code, StopRun
from hub.runs.registered_systems import system_id
from hub.store import Driver

RUN = """
SELECT r.id::text, s.code, r.kind, r.status, r.started_at, r.finished_at, r.read, r.stored,
       r.unchanged, r.quarantined, r.warned, r.deleted, r.withheld, r.error_code, r.error_message
FROM run r JOIN source_system s ON s.id = r.system_id
"""


async def fetch_runs(driver: Driver, code: str | None, most: int) -> list[asyncpg.Record]:
    """The latest runs of a system, or of all; the newest first. Raises StopRun(UNKNOWN_SYSTEM)."""
    owner = None if code is None else await system_id(driver, code)
    rows: list[asyncpg.Record] = await driver.fetch(
        RUN
        + "WHERE $1::uuid IS NULL OR r.system_id = $1 ORDER BY r.started_at DESC, r.id LIMIT $2",
        owner,
        most,
    )
    return rows


async def fetch_run(driver: Driver, run_id: str) -> asyncpg.Record:
    """One run. Raises StopRun(NOT_FOUND)."""
    try:
        row = await driver.fetchrow(RUN + "WHERE r.id = $1", UUID(run_id))
    except ValueError:
        row = None
    if row is None:
        raise StopRun(
            Code.NOT_FOUND, f"No run has the id {run_id[:40]}. Copy it from `hub run list`."
        )
    return row
