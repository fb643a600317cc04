"""Which records of a stream a complete pass did not find."""

from __future__ import annotations

from typing import NamedTuple

from hub.database import Driver
from hub.runs import UNDO_DAYS
from hub.seen import Seen

LIVE = """
SELECT external_id FROM source_record
WHERE system_id = $1 AND kind = $2 AND stream = $3 AND deleted_at IS NULL
"""
BURIED = """
SELECT external_id FROM source_record
WHERE system_id = $1 AND kind = $2 AND stream = $3
  AND deleted_at > now() - make_interval(days => $4)
"""
READ_AT_ONCE = 5000
"""Keys that are held at once: a million of them would take 120 MB."""


class Unseen(NamedTuple):
    """What a complete pass did not find, by external id.

    `live` is how many records the stream has, `missing` are those of them that the pass lacks,
    `gone` those that were deleted before.
    """

    live: int
    missing: list[str]
    gone: list[str]
    has_rows_without_key: bool


async def find_unseen(driver: Driver, seen: Seen, system_id: str, kind: str, stream: str) -> Unseen:
    """What the pass that saw `seen` did not find of a stream."""
    place = (system_id, kind, stream)
    live, missing = await _find(driver, seen, LIVE, *place)
    _, gone = await _find(driver, seen, BURIED, *place, UNDO_DAYS)
    return Unseen(live, missing, gone, seen.has_rows_without_key)


async def _find(
    driver: Driver, seen: Seen, statement: str, *values: object
) -> tuple[int, list[str]]:
    """How many keys a statement gives, and those of them that were not seen."""
    count, unseen = 0, list[str]()
    async with driver.transaction(readonly=True):
        cursor = await driver.cursor(statement, *values)
        while rows := await cursor.fetch(READ_AT_ONCE):
            count += len(rows)
            unseen += seen.without(key for (key,) in rows)
    return count, unseen
