"""Homes, stations, groups and bodies that a sync stores are linked at its end, county by county.

A county's records are grouped together; at each batch that would cost as much as the counties hold.
Those of a push are linked at once, and noted for the queue of doubtful pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub.intake.batch import Record
from hub.store import Pipeline, packed
from hub.subjects.kinds import Kind

AGAIN = """
INSERT INTO place_waiting (kind, division_id)
SELECT DISTINCT kind, division_id FROM source_record WHERE id = ANY($1::uuid[])
"""


async def wait_places(
    pipeline: Pipeline, kind: Kind, records: Sequence[Record], again: Sequence[str]
) -> None:
    """Note the divisions of records that came, changed or go, and of those linked `again`."""
    divisions = sorted({record.division_id for record in records})
    if divisions:
        same = {"kind": kind.kind.name}
        await pipeline.copy(packed("place_waiting", {"division_id": divisions}, same))
    if again:
        await pipeline.execute(AGAIN, list(again))
