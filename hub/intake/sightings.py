"""What runs saw without storing it anew: known for as long as an earlier run can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from hub.store import Driver, Pipeline
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import Sight

UNDO_DAYS = 90
"""Days for which a run can be undone: so long is kept which records later runs found too."""

SIGHTING = "INSERT INTO sighting (run_id, kind, sight, external_ids) VALUES ($1, $2, $3, $4)"


async def note_sighting(
    writer: Driver | Pipeline,
    run_id: str,
    kind: RecordKind,
    sight: Sight,
    external_ids: Sequence[str],
) -> None:
    """Note that a run found records without storing them anew.

    Undoing an earlier run must know it: what a later run found too stays.
    """
    if external_ids:
        await writer.execute(SIGHTING, run_id, kind.name, sight.name, list(external_ids))


FORGET = """
DELETE FROM sighting s USING run r WHERE r.id = s.run_id AND r.system_id = $1
  AND r.started_at < now() - make_interval(days => $2)
"""


async def forget_sightings(driver: Driver, system_id: str) -> None:
    """Drop what only undoing runs that are too old would need."""
    await driver.execute(FORGET, system_id, UNDO_DAYS)
