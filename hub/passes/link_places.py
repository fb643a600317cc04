"""Link the homes, stations, groups and bodies that wait for it, some counties at a time."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hub.divisions import regions_of
from hub.intake import SCORED, OpenHub, Scope, link_again
from hub.passes.place_candidates import find_places
from hub.passes.writing import scope_of_linking
from hub.store import Driver
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind

COUNTIES = 8
"""Counties whose records are linked in one transaction."""

WAITING = "SELECT DISTINCT division_id FROM place_waiting WHERE kind = $1"
DONE = "DELETE FROM place_waiting WHERE kind = $1 AND division_id = ANY($2::uuid[])"
ONE_OF = """
SELECT id::text FROM source_record
WHERE kind = $1 AND division_id = ANY($2::uuid[]) AND deleted_at IS NULL LIMIT 1
"""
"""With one record of a county all that are in it are linked."""


async def link_places(hub: OpenHub) -> None:
    """Link all records that came or changed with those of their counties; the queue follows."""
    regions = regions_of(hub.divisions)
    for kind in SCORED:
        async with hub.database.driver() as driver:
            rows = await driver.fetch(WAITING, kind.name)
        counties = sorted({regions.of(hub.divisions.by_id[row[0]]) for row in rows})
        for start in range(0, len(counties), COUNTIES):
            async with hub.database.writing() as driver:
                scope = await scope_of_linking(driver, hub)
                await _link(driver, scope, kind, counties[start : start + COUNTIES])


async def _link(driver: Driver, scope: Scope, kind: RecordKind, counties: Sequence[UUID]) -> None:
    """Link the records of counties; `counties` are regions."""
    within = [regions_of(scope.divisions).versions(county) for county in counties]
    found = [await driver.fetchval(ONE_OF, kind.name, each) for each in within]
    await link_again(driver, scope, KINDS[kind], [record for record in found if record])
    divisions = [key for each in within for key in each]
    await find_places(driver, scope.divisions, kind, divisions)
    await driver.execute(DONE, kind.name, divisions)
