"""The golden rows of a record that stands alone in them, worked out while the record is read.

Most records of a load are new and the only ones of their golden rows. Such a row lacks nothing but
ids when its record is stored, so that nothing is computed, compared or read then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from hub.enums import RecordKind
from hub.intake.batch import Alone, Record
from hub.intake.copying import NULL, Layout, cell, layout, line, line_of, to_json
from hub.intake.derived import DERIVED
from hub.intake.golden import compute
from hub.intake.pipeline import Pipeline
from hub.intake.rows import CREATED, LOGGED
from hub.intake.scope import Cause, Scope
from hub.records import KINDS, Kind
from hub.search.noted import watched
from hub.search.upkeep import follow_created
from hub.tables import person as PERSON

LINKS = ("person_id", "congress_id")
"""Columns that hold links, which are known when a record is stored."""
GIVEN = ("id", "main_record_id", "other_winners")


class Shape(NamedTuple):
    """The columns of a table: the links, and those that a record by itself gives."""

    links: tuple[str, ...]
    own: Layout

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the rows that `create_alone` writes."""
        return (*GIVEN, *self.links, *self.own.names)


@lru_cache
def shape(table: str) -> Shape:
    """The shape of a golden table."""
    links = tuple(name for name in LINKS if name in layout(table).names)
    return Shape(links, layout(table, frozenset((*GIVEN, *links))))


@lru_cache
def tables(kind: RecordKind) -> tuple[str, ...]:
    """The tables whose rows a record of a kind gives by itself: without others and other rows."""
    own = KINDS[kind]
    if kind is RecordKind.CONGRESS or kind in DERIVED or not all(it.many for it in own.references):
        return ()
    return (own.table.name, PERSON.name) if kind is RecordKind.DEPUTY else (own.table.name,)


def stand_alone(scope: Scope, kind: Kind, record: Record) -> dict[str, Alone]:
    """The rows that the record gives by itself, by table."""
    return {table: _row(scope, kind, table, record) for table in tables(kind.kind)}


def _row(scope: Scope, kind: Kind, table: str, record: Record) -> Alone:
    columns = compute(scope, kind, table, [record]).columns
    columns["division_id"] = record.division_id
    own = shape(table).own
    if table == kind.table.name:
        columns.update((name, it) for name, it in record.resolved.items() if name in own.names)
    shown = {name: columns[name] for name in watched(table) if name in columns}
    after = to_json(columns)
    return Alone(line_of(columns, own.names, after), cell(after), shown)


async def create_alone(
    pipeline: Pipeline, table: str, cause: Cause, records: Mapping[str, Record]
) -> None:
    """Write and log the rows of records that stand alone in them, by the id of the row."""
    if not records:
        return
    links, why = shape(table).links, line(cause)
    rows, entries, shown = [], [], {}
    for key, record in records.items():
        alone = record.alone[table]
        linked: dict[str, object] = {"person_id": record.person_id, **record.resolved}
        ids = {name: linked.get(name) for name in links}
        stated = "".join(f'"{name}":"{it}",' for name, it in ids.items() if it)
        rows.append("\t".join((key, record.id, "{}", *map(cell, ids.values()), alone.line)))
        entries.append(f"{table}\t{key}\t{CREATED}\t{NULL}\t{{{stated}{alone.after[1:]}\tt\t{why}")
        shown[key] = {**alone.shown, "person_id": record.person_id}
    await pipeline.copy_lines(table, shape(table).columns, rows)
    await pipeline.copy_lines("change", LOGGED, entries)
    follow_created(pipeline, table, shown)
