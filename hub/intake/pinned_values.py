"""Values that stewards have pinned. They win over every record until they are released.

A pin hangs on a source record, like a judgement: it holds for the golden row that the record
belongs to, wherever that goes when records come together or part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from hub.linking import RowReader
from hub.store import Pipeline

PINS = """
SELECT coalesce(r.new_id, s.{link})::text, p.id::text, p.column_name, p.value
FROM pin p
JOIN source_record s ON s.id = p.record_id
LEFT JOIN redirect r ON r.old_id = s.{link}
WHERE p.released_at IS NULL AND p.entity_type = $1
  AND coalesce(r.new_id, s.{link}) = ANY($2::uuid[])
ORDER BY p.made_at, p.id
"""


class Pinned(NamedTuple):
    """A pin that stands: its id, the column of the golden row and the value; None for no value."""

    id: str
    column: str
    value: object


async def fetch_pins(reader: RowReader, table: str, ids: Iterable[str]) -> dict[str, list[Pinned]]:
    """The standing pins of golden rows, the newest last: of two for one column it wins."""
    found: defaultdict[str, list[Pinned]] = defaultdict(list)
    wanted = list(ids)
    if wanted:
        statement = PINS.format(link="person_id" if table == "person" else "entity_id")
        for golden_id, *pinned in await reader.fetch(statement, table, wanted):
            found[golden_id].append(Pinned(*pinned))
    return found


CONFLICTS = """
WITH found AS (
    SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[])
        AS f(id, entity_id, column_name, division_id)
), settled AS (
    DELETE FROM conflict c WHERE c.entity_id = ANY($6::uuid[])
    AND NOT EXISTS (SELECT FROM found f WHERE f.entity_id = c.entity_id
                    AND f.column_name = c.column_name)
)
INSERT INTO conflict (id, entity_type, entity_id, column_name, division_id)
SELECT id, $1, entity_id, column_name, division_id FROM found
ON CONFLICT (entity_id, column_name) DO UPDATE SET division_id = excluded.division_id
WHERE conflict.division_id <> excluded.division_id
"""


class Conflict(NamedTuple):
    """A column of a golden row for which its records state values that differ in substance."""

    id: str
    entity_id: str
    column: str
    division_id: str


async def note_conflicts(
    pipeline: Pipeline, table: str, conflicts: list[Conflict], compared_ids: list[str]
) -> None:
    """Write the conflicts; of the rows with `compared_ids` there are no others."""
    if conflicts or compared_ids:
        columns = [list(column) for column in zip(*conflicts, strict=True)] or [[], [], [], []]
        await pipeline.execute(CONFLICTS, table, *columns, compared_ids)
