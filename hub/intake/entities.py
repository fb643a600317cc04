"""Bring the golden rows touched to what their records say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table

from hub.ids import new_id
from hub.intake.batch import Record, Source
from hub.intake.derived import derive
from hub.intake.golden_rows import Differing, find_differing, write_differing
from hub.intake.golden_values import Computed, choose, columns_of, compute, month_of
from hub.intake.named_congresses import congress_name, implied_congresses
from hub.intake.pinned_values import Conflict, Pinned, fetch_pins, note_conflicts
from hub.intake.scope import Scope
from hub.store import Pipeline, breathing
from hub.subjects import KINDS, metadata
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
    fresh: Mapping[str, Sequence[Record]],
) -> None:
    """Bring the golden rows `entities` of a kind to what their records say.

    `fresh` are new rows with all their records at hand; the others' records are read.
    """
    known = await fetch_sources(pipeline, kind, "entity_id", entities - fresh.keys())
    links = await fetch_links(pipeline, kind, entities)
    golden = Golden(scope, kind, kind.table, set(fresh))
    for entity in sorted(entities):
        golden.add(entity, fresh.get(entity) or known.get(entity), links[entity])
    if kind.kind is RecordKind.CONGRESS:
        golden.rows |= await implied_congresses(pipeline, scope, entities - golden.rows.keys())
    await golden.compare(pipeline)
    await golden.write(pipeline)


async def plan_people(
    pipeline: Pipeline,
    scope: Scope,
    people: set[str],
    sources: Mapping[str, Sequence[Source]],
    fresh: Mapping[str, Sequence[Record]],
) -> Golden:
    """The persons touched as their records say, ready to be written.

    `sources` are the records of each, `fresh` those of new ones.
    """
    golden = Golden(scope, KINDS[RecordKind.DEPUTY], PERSON, set(fresh))
    async for person in breathing(sorted(people)):
        golden.add(person, sources.get(person), {})
    await golden.compare(pipeline)
    return golden


@lru_cache
def column_names(table: str) -> frozenset[str]:
    return frozenset(metadata.tables[table].columns.keys())


@dataclass(slots=True)
class Golden:
    """Golden rows of one table on their way into the store; `fresh` are ids that are new."""

    scope: Scope
    kind: Kind
    table: Table
    fresh: set[str]
    rows: dict[str, dict[str, object] | None] = field(default_factory=dict)
    contested: list[tuple[str, str]] = field(default_factory=list)
    differing: Differing = field(init=False)
    conflicts: list[Conflict] = field(init=False)

    def add(self, key: str, sources: Sequence[Source] | None, links: dict[str, object]) -> None:
        """Compute a row from its records; without any it goes, but for a congress, which stays."""
        if sources:
            computed = compute(self.scope, self.kind, self.table.name, sources)
            row = self.rows[key] = golden_row(self.scope, self.kind, self.table, computed)
            row.update(links)
            self.contested += ((key, column) for column in computed.contested)
        elif self.kind.kind is not RecordKind.CONGRESS:
            self.rows[key] = None

    async def compare(self, pipeline: Pipeline) -> None:
        """Let the pins win, and find the rows that differ from the store's and the conflicts."""
        pins = await fetch_pins(pipeline, self.table.name, self.older)
        for key, each in pins.items():
            if row := self.rows[key]:
                apply_pins(row, each)
        for row in self.rows.values():
            if row and self.table is self.kind.table:
                derive(self.scope.divisions, self.scope.clocks, self.kind.kind, row)
        self.differing = await find_differing(pipeline, self.table.name, self.rows, self.fresh)
        pinned = {(key, pin.column) for key, each in pins.items() for pin in each}
        self.conflicts = [
            Conflict(new_id(), key, column, str((self.rows[key] or {})["division_id"]))
            for key, column in self.contested
            if (key, column) not in pinned
        ]

    @property
    def older(self) -> list[str]:
        """The rows that are not known to be new."""
        return list(self.rows.keys() - self.fresh)

    async def write(self, pipeline: Pipeline) -> None:
        """Write the rows that differ, and note the conflicts; goes after `compare`."""
        await write_differing(pipeline, self.table.name, self.scope.cause, self.differing)
        await note_conflicts(pipeline, self.table.name, self.conflicts, self.older)


def apply_pins(row: dict[str, object], pins: Iterable[Pinned]) -> None:
    """Let pinned values win their columns."""
    winners = dict(cast(Mapping[str, object], row["other_winners"]))
    for pin in pins:
        row.pop(pin.column, None)
        if pin.value is not None:
            row[pin.column] = pin.value
        winners[pin.column] = pin.id
    row["other_winners"] = winners


def golden_row(scope: Scope, kind: Kind, table: Table, computed: Computed) -> dict[str, object]:
    """All columns of a golden row but its id."""
    main, row = computed.main, computed.columns
    if table is kind.table:
        _resolve(scope, kind, main, row)
    row["division_id"] = main.division_id
    row["main_record_id"] = main.id
    row["other_winners"] = computed.others
    return row


def golden_columns(
    scope: Scope, kind: Kind, table: Table, groups: Sequence[Sequence[Source]]
) -> dict[str, list[Any]]:
    """As `golden_row`, of many rows at once: the values of each column.

    `groups` are the records of each row. A column that no row states is left out.
    """
    chosen = [choose(scope, kind, table.name, sources) for sources in groups]
    fields, main = [it.fields for it in chosen], [it.main for it in chosen]
    columns: dict[str, list[Any]] = {
        column: [each.get(name) for each in fields]
        for name, column in columns_of(kind.kind, table.name).items()
    }
    if births := columns.get("birth_month"):
        columns["birth_month"] = [birth and month_of(birth) for birth in births]
    if table is kind.table:
        resolved = [it.resolved for it in main]
        for name in column_names(table.name).intersection(chain.from_iterable(resolved)):
            columns[name] = [each.get(name) for each in resolved]
        columns["person_id"] = [it.person_id for it in main]
    columns["division_id"] = [it.division_id for it in main]
    columns["main_record_id"] = [it.id for it in main]
    columns["other_winners"] = [it.others for it in chosen]
    return {name: each for name, each in columns.items() if any(it is not None for it in each)}


def _resolve(scope: Scope, kind: Kind, main: Source, row: dict[str, object]) -> None:
    """Fill in what follows from the main record beside the fields that it states."""
    names = column_names(kind.table.name)
    for name, value in main.resolved.items():
        if name in names:
            row[name] = value
    if kind.kind is RecordKind.DEPUTY:
        row["person_id"] = main.person_id
    elif kind.kind is RecordKind.CONGRESS:
        row.setdefault("name", _congress_name(scope, main))


def _congress_name(scope: Scope, main: Source) -> str:
    term = main.fields.get("term")
    name = scope.divisions.by_id[UUID(main.division_id)].name
    return congress_name(name, term if isinstance(term, int) else None)
