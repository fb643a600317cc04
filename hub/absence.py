"""Which records of a stream a complete pass did not find."""

from __future__ import annotations

from collections.abc import Container

from hub.database import Driver

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


async def find_unseen(
    driver: Driver, seen: Container[str], statement: str, *values: object
) -> tuple[int, list[str]]:
    """How many keys a statement gives, and those of them that were not seen."""
    count, unseen = 0, []
    async with driver.transaction(readonly=True):
        async for (key,) in driver.cursor(statement, *values, prefetch=READ_AT_ONCE):
            count += 1
            if key not in seen:
                unseen.append(key)
    return count, unseen
