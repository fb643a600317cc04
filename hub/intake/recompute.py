"""Bring the golden rows touched to what their records say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table

from hub.ids import new_id
from hub.intake.batch import GoldenSource, Record
from hub.intake.golden_values import NOTHING, GoldenRows, Row, choose, golden_rows
from hub.intake.golden_writing import Differing, find_differing, write_differing
from hub.intake.named_congresses import implied_congresses
from hub.intake.pinned_values import Conflict, fetch_pins, note_conflicts
from hub.intake.scope import Scope
from hub.store import Pipeline, breathing
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.people import person as PERSON
from hub.subjects.record_kinds import RecordKind

LIVE = """
SELECT id::text, system_id::text, external_id, fields, resolved, division_id::text,
       entity_id::text, person_id::text
FROM source_record
WHERE {column} = ANY($1::uuid[]) AND kind = $2 AND deleted_at IS NULL
"""


async def fetch_sources(
    pipeline: Pipeline, kind: Kind, column: str, ids: Iterable[str]
) -> dict[str, list[GoldenSource]]:
    """The live records by golden id; `column` is entity_id or person_id."""
    sources: defaultdict[str, list[GoldenSource]] = defaultdict(list)
    wanted = list(ids)
    if not wanted:
        return sources
    for row in await pipeline.fetch(LIVE.format(column=column), wanted, kind.kind.name):
        source = GoldenSource(
            row["id"],
            row["system_id"],
            row["external_id"],
            row["fields"],
            row["resolved"],
            row["division_id"],
            row["person_id"],
        )
        sources[row[column]].append(source)
    return sources


LINKS = """
SELECT o.entity_id::text, r.name, t.entity_id::text, t.division_id::text
FROM source_record o
JOIN reference r ON r.record_id = o.id AND r.name = ANY($2)
JOIN source_record t ON t.system_id = r.system_id AND t.kind = r.target_kind
     AND t.external_id = r.target_external_id AND t.deleted_at IS NULL
WHERE o.entity_id = ANY($1::uuid[]) AND o.deleted_at IS NULL
ORDER BY o.id DESC
"""


async def fetch_links(
    pipeline: Pipeline, kind: Kind, entities: Collection[str]
) -> Mapping[str, dict[str, object]]:
    """The resolved references to one other row: {entity: {"home_id": id}}.

    With the one to the parent comes the parent's division.
    """
    columns = {item.name: item.column for item in kind.references if not item.many}
    if not columns or not entities:
        return NOTHING
    links: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for entity, name, target, division in await pipeline.fetch(
        LINKS, list(entities), list(columns)
    ):
        links[entity][columns[name]] = target
        if name == kind.parent:
            links[entity]["division_id"] = division
    return links


@dataclass(slots=True)
class PlannedRows:
    """Golden rows of one table, compared with the store: ready to be written.

    `older` are the ids of the rows that are not known to be new.
    """

    scope: Scope
    table: str
    differing: Differing
    conflicts: list[Conflict]
    older: list[str]

    async def write(self, pipeline: Pipeline) -> None:
        """Write the rows that differ, and note the conflicts."""
        await write_differing(pipeline, self.table, self.scope.cause, self.differing)
        await note_conflicts(pipeline, self.table, self.conflicts, self.older)


async def recompute(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    entities: set[str],
    fresh: Mapping[str, Sequence[Record]],
) -> None:
    """Bring the golden rows `entities` of a kind to what their records say.

    `fresh` are new rows with all their records at hand; the others' records are read.
    """
    known = await fetch_sources(pipeline, kind, "entity_id", entities - fresh.keys())
    sources = {key: fresh.get(key) or known.get(key) or () for key in sorted(entities)}
    links = await fetch_links(pipeline, kind, entities)
    implied: Mapping[str, Row] = NOTHING
    if kind.kind is RecordKind.CONGRESS:
        without = [key for key, records in sources.items() if not records]
        implied = await implied_congresses(pipeline, scope, without)
        sources = {key: records for key, records in sources.items() if records}
    planned = await plan_rows(
        pipeline, scope, kind, kind.table, sources, fresh, links=links, implied=implied
    )
    await planned.write(pipeline)


async def plan_people(
    pipeline: Pipeline,
    scope: Scope,
    people: set[str],
    sources: Mapping[str, Sequence[GoldenSource]],
    fresh: Collection[str],
) -> PlannedRows:
    """The persons touched as their records say, ready to be written.

    `sources` are the records of each, `fresh` the ids of new ones.
    """
    records = {key: sources.get(key, ()) for key in sorted(people)}
    return await plan_rows(pipeline, scope, KINDS[RecordKind.DEPUTY], PERSON, records, fresh)


async def plan_rows(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    table: Table,
    sources: Mapping[str, Sequence[GoldenSource]],
    fresh: Collection[str],
    *,
    links: Mapping[str, Row] = NOTHING,
    implied: Mapping[str, Row] = NOTHING,
) -> PlannedRows:
    """The golden rows of `table` by id as their records `sources` say; a row without any goes.

    `fresh` are ids of new rows; `links` and `implied` as in `golden_rows`.
    """
    ids = [*sources, *implied]
    older = [key for key in ids if key not in fresh]
    pins = await fetch_pins(pipeline, table.name, older)
    chosen = {
        key: choose(scope, kind, table, records)
        async for key, records in breathing(sources.items())
        if records
    }
    golden = golden_rows(scope, kind, table, chosen, links=links, implied=implied, pins=pins)
    gone = [key for key, records in sources.items() if not records and key not in fresh]
    differing = await find_differing(pipeline, golden, fresh, gone)
    return PlannedRows(scope, table.name, differing, _conflicts(golden), older)


def _conflicts(golden: GoldenRows) -> list[Conflict]:
    if not golden.contested:
        return []
    divisions = dict(zip(golden.ids, golden.columns["division_id"], strict=True))
    return [Conflict(new_id(), key, name, str(divisions[key])) for key, name in golden.contested]
