"""Link records to golden rows, and bring the golden rows touched to what their records say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Table

from hub.enums import RecordKind
from hub.ids import new_id
from hub.intake.batch import Record, Source
from hub.intake.congresses import congress_name
from hub.intake.derived import derive
from hub.intake.golden import compute
from hub.intake.pipeline import Pipeline
from hub.intake.rows import Row, write_rows
from hub.intake.scope import Scope
from hub.records import KINDS, Kind
from hub.tables import metadata
from hub.tables import person as PERSON

MANDATES = """
SELECT person_id::text, congress_id::text, id::text FROM deputy WHERE person_id = ANY($1::uuid[])
"""


async def link_mandates(pipeline: Pipeline, records: list[Record], people: set[str]) -> set[str]:
    """Give each deputy record its mandate, one per person, congress and term; give the new ids.

    `people` are the persons, known before, who keep their records. A record that comes to another
    person brings its mandate's id along where no one else holds it.
    """
    rows = await pipeline.fetch(MANDATES, list(people)) if people else []
    known = {(person, congress): deputy for person, congress, deputy in rows}
    taken, created = set(known.values()), set[str]()
    for record in records:
        key = (str(record.person_id), str(record.resolved["congress_id"]))
        if key not in known:
            known[key] = record.entity_id
            if not record.entity_id or record.entity_id in taken:
                known[key] = new_id()
                created.add(known[key])
            taken.add(known[key])
        record.entity_id = known[key]
    return created


LIVE = """
SELECT id::text, system_id::text, external_id, fields, resolved, division_id::text,
       entity_id::text, person_id::text
FROM source_record
WHERE {column} = ANY($1::uuid[]) AND kind = $2 AND deleted_at IS NULL
"""


async def fetch_sources(
    pipeline: Pipeline, kind: Kind, column: str, ids: Iterable[str]
) -> dict[str, list[Source]]:
    """The live records by golden id; `column` is entity_id or person_id."""
    found: defaultdict[str, list[Source]] = defaultdict(list)
    wanted = list(ids)
    if not wanted:
        return found
    for row in await pipeline.fetch(LIVE.format(column=column), wanted, kind.kind.name):
        source = Source(
            row["id"],
            row["system_id"],
            row["external_id"],
            row["fields"],
            row["resolved"],
            row["division_id"],
            row["person_id"],
        )
        found[row[column]].append(source)
    return found


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
    pipeline: Pipeline, kind: Kind, entities: Iterable[str]
) -> dict[str, dict[str, object]]:
    """The resolved references to one other row: {entity: {"home_id": id}}.

    With the one to the parent comes the parent's division.
    """
    columns = {item.name: item.column for item in kind.references if not item.many}
    found = {entity: dict[str, object](dict.fromkeys(columns.values())) for entity in entities}
    if columns and found:
        rows = await pipeline.fetch(LINKS, list(found), list(columns))
        for entity, name, target, division in rows:
            found[entity][columns[name]] = target
            if name == kind.parent:
                found[entity]["division_id"] = division
    return found


async def recompute(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    entities: set[str],
    fresh: Mapping[str, Sequence[Source]],
) -> None:
    """Bring the golden rows `entities` of a kind to what their records say.

    `fresh` are new rows with all their records at hand; the others' records are read.
    """
    known = await fetch_sources(pipeline, kind, "entity_id", entities - fresh.keys())
    links = await fetch_links(pipeline, kind, entities)
    rows: dict[str, Row | None] = {}
    for entity in sorted(entities):
        sources = fresh.get(entity) or known.get(entity)
        if sources:
            row = golden_row(scope, kind, kind.table, sources) | links[entity]
            derive(scope.divisions, scope.clocks, kind.kind, row)
            rows[entity] = row
        elif kind.kind is not RecordKind.CONGRESS:
            rows[entity] = None
    await write_rows(pipeline, kind.table.name, scope.run_id, rows, set(fresh))


async def recompute_people(
    pipeline: Pipeline, scope: Scope, people: set[str], fresh: Mapping[str, Sequence[Source]]
) -> None:
    """Bring the persons touched to what their records say."""
    kind = KINDS[RecordKind.DEPUTY]
    known = await fetch_sources(pipeline, kind, "person_id", people - fresh.keys())
    rows: dict[str, Row | None] = {}
    for person in sorted(people):
        sources = fresh.get(person) or known.get(person)
        rows[person] = golden_row(scope, kind, PERSON, sources) if sources else None
    await write_rows(pipeline, "person", scope.run_id, rows, set(fresh))


@lru_cache
def column_names(table: str) -> frozenset[str]:
    return frozenset(metadata.tables[table].columns.keys())


def golden_row(
    scope: Scope, kind: Kind, table: Table, sources: Sequence[Source]
) -> dict[str, object]:
    """All columns of a golden row but its id."""
    computed = compute(scope, kind, table.name, sources)
    main = computed.main
    row = computed.columns
    row["division_id"] = main.division_id
    if table is kind.table:
        row.update(main.resolved)
        if kind.kind is RecordKind.DEPUTY:
            row["person_id"] = main.person_id
        elif kind.kind is RecordKind.CONGRESS:
            del row["congress_id"]
            row.setdefault("name", _congress_name(scope, main))
    row["main_record_id"] = main.id
    row["other_winners"] = computed.others
    names = column_names(table.name)
    return {name: value for name, value in row.items() if name in names}


def _congress_name(scope: Scope, main: Source) -> str:
    term = main.fields.get("term")
    name = scope.divisions.by_id[UUID(main.division_id)].name
    return congress_name(name, term if isinstance(term, int) else None)
