"""The congress that a mandate or group names exists from then on, also before its own record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias
from uuid import UUID, uuid5

import orjson

from hub.intake.batch import Record
from hub.intake.congress_names import congress_name
from hub.intake.golden_values import GoldenRows
from hub.intake.golden_writing import delete_rows, log_created
from hub.intake.scope import Scope
from hub.store import Driver, Pipeline, open_pipeline
from hub.subjects import metadata

Place: TypeAlias = tuple[str, int | None]
"""What tells a congress from all others: its division and its term."""


FIND = """
SELECT c.division_id::text, c.term, c.id::text FROM congress c
JOIN (SELECT DISTINCT d, t FROM unnest($1::uuid[], $2::int[]) AS wanted(d, t)) w
  ON c.division_id = w.d AND c.term IS NOT DISTINCT FROM w.t
"""

CREATE = """
INSERT INTO congress (id, division_id, level, term, name)
SELECT * FROM json_to_recordset($1::json)
         AS r(id uuid, division_id uuid, level text, term int, name text)
"""


def congress_id(division: str, term: int | None) -> str:
    """The id of a congress: the same wherever it is named first."""
    return str(uuid5(UUID(division), f"congress {term}"))


async def resolve_congresses(
    pipeline: Pipeline, scope: Scope, records: list[Record], named: Mapping[Place, str]
) -> None:
    """Set `resolved["congress_id"]` of the records that name a congress.

    `named` are congresses that have to be there besides, with their levels.
    """
    wanted = {**named}
    naming: list[tuple[Record, Place]] = []
    for record in records:
        if record.congress:
            division, level, term = record.congress
            wanted[division, term] = level
            naming.append((record, (division, term)))
    missing = [key for key in wanted if key in named or key not in scope.congresses]
    if missing:
        found = await find_congresses(pipeline, scope, missing)
        absent = {key: wanted[key] for key in missing if key not in found}
        await _create(pipeline, scope, absent)
    for record, place in naming:
        record.resolved["congress_id"] = scope.congresses[place]


async def find_congresses(
    reader: Driver | Pipeline, scope: Scope, places: Collection[Place]
) -> set[Place]:
    """Remember the ids of these congresses, as far as there are such; give which there are."""
    divisions, terms = [place[0] for place in places], [place[1] for place in places]
    rows = await reader.fetch(FIND, divisions, terms)
    found = {(division, term): congress for division, term, congress in rows}
    scope.congresses |= found
    return set(found)


async def _create(pipeline: Pipeline, scope: Scope, wanted: Mapping[Place, str]) -> None:
    if not wanted:
        return
    rows: list[dict[str, object]] = [
        {
            "id": congress_id(division, term),
            "division_id": division,
            "level": level,
            "term": term,
            "name": congress_name(scope.divisions.by_id[UUID(division)].name, term),
        }
        for (division, term), level in wanted.items()
    ]
    await pipeline.execute(CREATE, orjson.dumps(rows).decode())
    created = GoldenRows("congress", [str(row["id"]) for row in rows], {}, [])
    await log_created(pipeline, scope.cause, created)
    for (division, term), row in zip(wanted, rows, strict=True):
        scope.congresses[division, term] = str(row["id"])


NAMING = [
    (table.name, column.name)
    for table in metadata.tables.values()
    for column in table.columns
    if column.info.get("target") == "congress"
]
"""The columns that hold the id of a congress."""

UNNAMED = """
SELECT c.id::text FROM congress c WHERE c.id = ANY($1::uuid[])
  AND NOT EXISTS (SELECT FROM source_record s
                  WHERE s.entity_id = c.id AND s.kind = 'CONGRESS' AND s.deleted_at IS NULL)
""" + "".join(
    f"  AND NOT EXISTS (SELECT FROM {table} t WHERE t.{column} = c.id)\n"
    for table, column in NAMING
)


async def drop_congresses(driver: Driver, scope: Scope, named: Collection[str]) -> None:
    """Drop those of the congresses that no record names any more."""
    rows = await driver.fetch(UNNAMED, list(named))
    async with open_pipeline(driver) as pipeline:
        await delete_rows(pipeline, "congress", scope.cause, [row[0] for row in rows])


IMPLIED = "SELECT id::text, division_id::text, level, term FROM congress WHERE id = ANY($1::uuid[])"


async def implied_congresses(
    pipeline: Pipeline, scope: Scope, ids: Collection[str]
) -> dict[str, dict[str, object]]:
    """The rows of congresses that have no record of their own: what those naming them tell."""
    rows = await pipeline.fetch(IMPLIED, list(ids)) if ids else []
    return {
        key: {
            "division_id": division,
            "level": level,
            "term": term,
            "name": congress_name(scope.divisions.by_id[UUID(division)].name, term),
        }
        for key, division, level, term in rows
    }
