"""Villages and communities: places that no list names and that exist as sources name them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.divisions import Division
from hub.intake.batch import Record
from hub.intake.division_lookup import find_village
from hub.intake.scope import Scope
from hub.store import Pipeline
from hub.subjects.kinds import Kind

STORE = """
INSERT INTO division (id, code, name, level, parent_id, has_congress, path)
VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[])
ON CONFLICT (id) DO UPDATE SET name = excluded.name
WHERE division.name = division.code AND division.name <> excluded.name
"""


def village_of(scope: Scope, kind: Kind, record: Record) -> Division | None:
    """The village that a record names; None where it could not be placed or names none.

    Raises Refusal UNKNOWN_DIVISION.
    """
    place = record.resolved.get("located_in_id") or record.division_id
    if kind.village is None or not place:
        return None
    town = scope.divisions.by_id[UUID(str(place))]
    return find_village(scope, record.fields, kind.village, town)


async def store_villages(
    pipeline: Pipeline, scope: Scope, kind: Kind, records: Sequence[Record]
) -> None:
    """Store the villages that records name; a name takes the place of a code that stood for it."""
    named = (village_of(scope, kind, record) for record in records)
    for village in sorted({item for item in named if item is not None}):
        said = (village.id, village.code, village.name, village.level.name)
        above = (village.parent_id, village.has_congress, list(village.path))
        await pipeline.execute(STORE, *said, *above)
