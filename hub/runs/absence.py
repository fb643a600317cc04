"""Which records of a stream a complete pass did not find."""

from __future__ import annotations

from typing import NamedTuple

from hub.intake import UNDO_DAYS
from hub.runs.seen import Seen
from hub.store import Driver

STREAM = "FROM source_record WHERE system_id = $1 AND kind = $2 AND stream = $3"
EARLIER = "deleted_at IS NULL AND run_id <> $4"
"""What the run has stored itself it has seen."""
BURIED = f"deleted_at > now() - make_interval(days => {UNDO_DAYS})"
COUNTS = f"""
SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS live,
       count(*) FILTER (WHERE {EARLIER}) AS earlier,
       count(*) FILTER (WHERE {BURIED}) AS buried
{STREAM}
"""
READ_AT_ONCE = 5000
"""Keys that are held at once: a million of them would take 120 MB."""


class Unseen(NamedTuple):
    """What a complete pass did not find, by external id.

    `live` is how many records the stream has, `missing` are those of them that the pass lacks,
    `gone` those that were deleted before. `doubt` says why missing records may still be there.
    """

    live: int
    missing: list[str]
    gone: list[str]
    doubt: str | None


async def find_unseen(
    driver: Driver, seen: Seen, system_id: str, kind: str, stream: str, run_id: str
) -> Unseen:
    """What the pass of `run_id` that saw `seen` did not find of a stream."""
    place = (system_id, kind, stream)
    counts = await driver.fetchrow(COUNTS, *place, run_id)
    assert counts is not None
    missing = await _find(driver, seen, EARLIER, *place, run_id) if counts["earlier"] else []
    gone = await _find(driver, seen, BURIED, *place) if counts["buried"] else []
    return Unseen(counts["live"], missing, gone, seen.doubt)


async def _find(driver: Driver, seen: Seen, which: str, *values: object) -> list[str]:
    """The keys of some records of a stream that were not seen."""
    unseen = list[str]()
    async with driver.transaction(readonly=True):
        cursor = await driver.cursor(f"SELECT external_id {STREAM} AND {which}", *values)
        while rows := await cursor.fetch(READ_AT_ONCE):
            unseen += seen.without(key for (key,) in rows)
    return unseen
