"""Undo a run: the store becomes what it would be if the run had never been.

Nothing is thrown away: what the run stored stays in the versions, and the change log gets entries
that take its changes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import asyncpg
import orjson

from hub.errors import Code, HubError
from hub.intake import UNDO_DAYS, drop_congresses
from hub.stewards.desk import Desk
from hub.stewards.restore import restore_quarantine, restore_records
from hub.store import Driver, systems_being_read
from hub.subjects.systems import RunStatus

CHUNK = 2000
"""Records that are restored at a time, all in one transaction."""

RUN = """
SELECT r.id::text, r.status, r.started_at, r.undone_by, r.undone_at, r.cursor_before,
       r.system_id::text, s.code
FROM run r JOIN source_system s ON s.id = r.system_id WHERE r.id = $1
"""


async def undo_run(desk: Desk, run_id: str) -> None:
    """Undo a run, whatever came after it.

    Raises HubError NOT_FOUND, ALREADY_UNDONE, ALREADY_RUNNING while any system is being read, or
    BAD_INPUT for a run that is too old.
    """
    async with desk.open() as driver:
        run = await _check(driver, run_id)
        scope = await desk.scope(driver, run["code"], run_id)
        undone = await _undone(driver, run)
        congresses: set[str] = set()
        for chunk in _batched(await _touched(driver, run)):
            congresses |= await restore_records(driver, scope, chunk, undone)
        await restore_quarantine(driver, scope, undone)
        await drop_congresses(driver, scope, congresses)
        await _take_back_promises(driver, run)
        await driver.execute(
            "UPDATE run SET status = $2, undone_at = now(), undone_by = $3 WHERE id = $1",
            run_id,
            RunStatus.UNDONE.name,
            desk.steward,
        )


async def _check(driver: Driver, run_id: str) -> asyncpg.Record:
    run = await driver.fetchrow(RUN, run_id)
    if run is None:
        raise HubError(Code.NOT_FOUND, "No run has this id. Copy it from `runs`.")
    if run["status"] == RunStatus.UNDONE.name:
        raise HubError(
            Code.ALREADY_UNDONE,
            f"{run['undone_by']} has undone this run at {run['undone_at']:%Y-%m-%d %H:%M}.",
        )
    if run["started_at"] < datetime.now(UTC) - timedelta(days=UNDO_DAYS):
        raise HubError(
            Code.BAD_INPUT,
            f"The run is older than {UNDO_DAYS} days: what later runs found is no longer known.",
        )
    systems = await driver.fetch("SELECT code FROM source_system")
    busy = await systems_being_read(driver, [row["code"] for row in systems])
    if busy or run["status"] == RunStatus.RUNNING.name:
        names = ", ".join(busy) or run["code"]
        raise HubError(
            Code.ALREADY_RUNNING, f"A sync of {names} is under way. Undo the run after it ends."
        )
    return run


async def _undone(driver: Driver, run: asyncpg.Record) -> set[str]:
    """The runs of the system that count as if they had never been."""
    rows = await driver.fetch(
        "SELECT id::text FROM run WHERE system_id = $1 AND status = 'UNDONE'", run["system_id"]
    )
    return {run["id"], *(row[0] for row in rows)}


TOUCHED = """
WITH missing AS (
    SELECT m.kind, gone.external_id, m.run_id FROM run r JOIN sighting m ON m.run_id = r.id
    CROSS JOIN unnest(m.external_ids) AS gone(external_id)
    WHERE r.system_id = $2 AND m.sight = 'MISSING'
), returned AS (
    SELECT s.kind, seen.external_id FROM sighting s
    CROSS JOIN unnest(s.external_ids) AS seen(external_id)
    WHERE s.run_id = $1 AND s.sight = 'SEEN'
), hanging AS (
    SELECT kind, external_id FROM missing WHERE run_id = $1
    UNION
    (SELECT kind, external_id FROM returned INTERSECT SELECT kind, external_id FROM missing)
)
SELECT id::text FROM source_record WHERE system_id = $2 AND run_id = $1
UNION
SELECT record_id::text FROM record_version WHERE run_id = $1
UNION
SELECT x.id::text FROM hanging h JOIN source_record x
    ON x.system_id = $2 AND x.kind = h.kind AND x.external_id = h.external_id
ORDER BY 1
"""


async def _touched(driver: Driver, run: asyncpg.Record) -> list[str]:
    """The records whose state may hang on the run."""
    return [row[0] for row in await driver.fetch(TOUCHED, run["id"], run["system_id"])]


def _batched(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


async def _take_back_promises(driver: Driver, run: asyncpg.Record) -> None:
    """Let the same push come again, and the next sync read again what the run had read."""
    await driver.execute("DELETE FROM idempotency WHERE run_id = $1", run["id"])
    before: dict[str, object] | None = run["cursor_before"]
    if before is None:
        await driver.execute(
            "UPDATE stream SET cursor = NULL WHERE system_id = $1", run["system_id"]
        )
    for name, cursor in (before or {}).items():
        await driver.execute(
            "UPDATE stream SET cursor = $3::jsonb WHERE system_id = $1 AND name = $2",
            run["system_id"],
            name,
            None if cursor is None else orjson.dumps(cursor).decode(),
        )
