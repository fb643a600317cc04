"""Runs: one sync or one push each. Counts balance: read = stored + unchanged + quarantined."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from hub.ids import new_id
from hub.intake import Taken
from hub.store import Driver
from hub.subjects.systems import RunKind
from hub.values import scrub


@dataclass(slots=True)
class Counts:
    """What a run did so far."""

    stored: int = 0
    unchanged: int = 0
    quarantined: int = 0
    deleted: int = 0
    withheld: int = 0
    warned: int = 0

    @property
    def read(self) -> int:
        """Every row read is stored, unchanged or quarantined."""
        return self.stored + self.unchanged + self.quarantined

    def add(self, taken: Taken) -> None:
        """Count a batch."""
        self.stored += taken.stored
        self.unchanged += taken.unchanged
        self.quarantined += len(taken.refused)
        self.warned += len(taken.warnings)


async def start_run(driver: Driver, system_id: str, kind: RunKind) -> str:
    """Write a run that begins now; give its id."""
    run_id = new_id()
    await driver.execute(
        "INSERT INTO run (id, system_id, kind, status, started_at, read, stored, unchanged, "
        "quarantined, deleted, withheld, warned) "
        "VALUES ($1, $2, $3, 'RUNNING', now(), 0, 0, 0, 0, 0, 0, 0)",
        run_id,
        system_id,
        kind.name,
    )
    await driver.execute(
        "UPDATE source_system SET last_run_id = $2 WHERE id = $1", system_id, run_id
    )
    return run_id


async def fail_abandoned(driver: Driver, system_id: str) -> None:
    """Close the runs that a killed process left open; what they stored stays."""
    await driver.execute(
        "UPDATE run SET status = 'FAILED', finished_at = now(), error_code = 'INTERNAL', "
        "error_message = 'The process ended before the run did. What it had stored stays; "
        "the next run goes on from there.' "
        "WHERE system_id = $1 AND kind = 'SYNC' AND status = 'RUNNING'",
        system_id,
    )


async def save_counts(driver: Driver, run_id: str, counts: Counts) -> None:
    """Write the counts, in the transaction of the batch that they include."""
    await driver.execute(
        "UPDATE run SET read = $2, stored = $3, unchanged = $4, quarantined = $5, deleted = $6, "
        "withheld = $7, warned = $8 WHERE id = $1",
        run_id,
        counts.read,
        counts.stored,
        counts.unchanged,
        counts.quarantined,
        counts.deleted,
        counts.withheld,
        counts.warned,
    )


async def finish_run(driver: Driver, system_id: str, run_id: str) -> None:
    """Close a run that went to its end."""
    await driver.execute(
        "UPDATE run SET status = 'SUCCEEDED', finished_at = now() WHERE id = $1", run_id
    )
    await driver.execute(
        "UPDATE source_system SET status = 'OK', last_success_at = now() WHERE id = $1", system_id
    )


async def fail_run(driver: Driver, system_id: str, run_id: str, code: str, message: str) -> None:
    """Close a run that an error stopped."""
    await driver.execute(
        "UPDATE run SET status = 'FAILED', finished_at = now(), error_code = $2, "
        "error_message = $3 WHERE id = $1",
        run_id,
        code,
        scrub(message),
    )
    await driver.execute("UPDATE source_system SET status = 'FAILING' WHERE id = $1", system_id)


async def save_cursors(
    driver: Driver, run_id: str, before: dict[str, object], after: dict[str, object]
) -> None:
    """Write where the streams of a run began and ended."""
    await driver.execute(
        "UPDATE run SET cursor_before = $2::jsonb, cursor_after = $3::jsonb WHERE id = $1",
        run_id,
        orjson.dumps(before).decode(),
        orjson.dumps(after).decode(),
    )


REFUSALS = """
SELECT q.place, error->>'message' FROM quarantine q, jsonb_array_elements(q.errors) AS error
WHERE q.run_id = $1 AND q.resolved_at IS NULL ORDER BY q.id LIMIT $2
"""


WARNINGS = """
SELECT r.external_id, warning->>'message'
FROM source_record r, jsonb_array_elements(r.warnings) AS warning
WHERE r.run_id = $1 ORDER BY r.id LIMIT $2
"""


async def fetch_warnings(driver: Driver, run_id: str, most: int) -> list[str]:
    """What of records of a run could not be used, a sentence each that names the record."""
    rows = await driver.fetch(WARNINGS, run_id, most)
    return [f"Record {key}: {message}" for key, message in rows]


async def fetch_refusals(driver: Driver, run_id: str, most: int) -> list[str]:
    """Why rows of a run were refused, a sentence each that begins with the place of the row."""
    rows = await driver.fetch(REFUSALS, run_id, most)
    return [
        message if place is None or message.startswith(place) else f"{place}: {message}"
        for place, message in rows
    ]
