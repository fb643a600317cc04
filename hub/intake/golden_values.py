"""Compute golden rows from the records linked to them, field by field. No input or output.

Most rows of a load have one record, whose values they take as they are; so rows are made many at
once, as the values of each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Table

from hub.intake.batch import GoldenSource
from hub.intake.congress_names import congress_name
from hub.intake.derived import DERIVED, derive
from hub.intake.pinned_values import Pinned
from hub.intake.scope import Scope
from hub.intake.substance import core
from hub.subjects import KINDS, metadata
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind

Row = Mapping[str, object]


@dataclass(slots=True)
class GoldenRows:
    """Rows of a golden table: ids, and by column the values in the order of the ids.

    None is no value; a column that no row states may be missing. `contested` are ids with columns
    for which the records state values that differ in substance and that no steward pinned.
    """

    table: str
    ids: list[str]
    columns: dict[str, list[Any]]
    contested: list[tuple[str, str]]

    def row(self, at: int) -> dict[str, object]:
        """The values of one row, without those that are none."""
        values = ((name, column[at]) for name, column in self.columns.items())
        return {name: value for name, value in values if value is not None}

    def some(self, places: Sequence[int]) -> GoldenRows:
        """Some of the rows, by their places."""
        if len(places) == len(self.ids):
            return self
        columns = {name: [each[at] for at in places] for name, each in self.columns.items()}
        return GoldenRows(self.table, [self.ids[at] for at in places], columns, [])

    def put(self, at: int, values: Row) -> None:
        """Set values of one row."""
        for name, value in values.items():
            self.column(name)[at] = value

    def column(self, name: str) -> list[Any]:
        """The values of a column, none at first."""
        return self.columns.setdefault(name, [None] * len(self.ids))


class Chosen(NamedTuple):
    """What the records of a golden row say together: values by field, not by column.

    `main` is the most trusted record, `others` tells by column which other record won it,
    `contested` are the columns for which the records state values that differ in substance.
    """

    fields: Mapping[str, object]
    main: GoldenSource
    others: Mapping[str, str]
    contested: Sequence[str] = ()


NOTHING: Mapping[str, Any] = MappingProxyType({})


def golden_rows(
    scope: Scope,
    kind: Kind,
    table: Table,
    chosen: Mapping[str, Chosen],
    *,
    links: Mapping[str, Row] = NOTHING,
    implied: Mapping[str, Row] = NOTHING,
    pins: Mapping[str, Sequence[Pinned]] = NOTHING,
) -> GoldenRows:
    """The golden rows of `table`, by their ids, from what their records say.

    `links` are columns that follow from references, `implied` rows that have no record of their
    own, `pins` the values that stewards have pinned: they win.
    """
    said = list(chosen.values())
    columns = _stated(kind, table, said)
    if table is kind.table:
        _resolve(scope, kind, said, columns)
    columns["division_id"] = [each.main.division_id for each in said]
    columns["main_record_id"] = [each.main.id for each in said]
    columns["other_winners"] = [each.others for each in said]
    contested = [(key, name) for key, each in chosen.items() for name in each.contested]
    golden = GoldenRows(table.name, list(chosen), columns, contested)
    _imply(golden, implied)
    _put_all(golden, links)
    _pin(golden, pins)
    if table is kind.table and kind.kind in DERIVED:
        for at in range(len(golden.ids)):
            golden.put(at, derive(scope.divisions, scope.clocks, kind.kind, golden.row(at)))
    return golden


def _stated(kind: Kind, table: Table, chosen: Sequence[Chosen]) -> dict[str, list[Any]]:
    """The columns that fields of the records feed, as far as any record states them."""
    fields = [each.fields for each in chosen]
    columns: dict[str, list[Any]] = {}
    for name, column in columns_of(kind.kind, table.name).items():
        values = [each.get(name) for each in fields]
        if any(value is not None for value in values):
            columns[column] = values
    if births := columns.get("birth_month"):
        columns["birth_month"] = [birth and month_of(birth) for birth in births]
    return columns


def _resolve(
    scope: Scope, kind: Kind, chosen: Sequence[Chosen], columns: dict[str, list[Any]]
) -> None:
    """Fill in what follows from the main records beside the fields that they state."""
    main = [each.main for each in chosen]
    resolved = [each.resolved for each in main]
    for name in column_names(kind.table.name).intersection(chain.from_iterable(resolved)):
        stated = columns.get(name) or [None] * len(main)
        columns[name] = [each.get(name, old) for each, old in zip(resolved, stated, strict=True)]
    if kind.kind is RecordKind.DEPUTY:
        columns["person_id"] = [each.person_id for each in main]
    elif kind.kind is RecordKind.CONGRESS:
        columns["name"] = _congress_names(scope, main, columns.get("name"))


def _congress_names(
    scope: Scope, main: Sequence[GoldenSource], stated: Sequence[Any] | None
) -> list[Any]:
    """The names of congresses as stated, else as they follow from division and term."""
    names = stated or [None] * len(main)
    return [name or _congress_name(scope, each) for name, each in zip(names, main, strict=True)]


def _congress_name(scope: Scope, main: GoldenSource) -> str:
    term = main.fields.get("term")
    name = scope.divisions.by_id[UUID(main.division_id)].name
    return congress_name(name, term if isinstance(term, int) else None)


def _imply(golden: GoldenRows, implied: Mapping[str, Row]) -> None:
    """Add rows that have no record of their own."""
    golden.ids += implied
    for values in golden.columns.values():
        values.extend([None] * len(implied))
    _put_all(golden, implied)


def _put_all(golden: GoldenRows, rows: Mapping[str, Row]) -> None:
    if rows:
        for at, key in enumerate(golden.ids):
            golden.put(at, rows.get(key, NOTHING))


def _pin(golden: GoldenRows, pins: Mapping[str, Sequence[Pinned]]) -> None:
    """Let pinned values win their columns."""
    if not pins:
        return
    winners = golden.column("other_winners")
    held: set[tuple[str, str]] = set()
    for at, key in enumerate(golden.ids):
        for pin in pins.get(key, ()):
            golden.put(at, {pin.column: pin.value})
            winners[at] = {**(winners[at] or {}), pin.column: pin.id}
            held.add((key, pin.column))
    golden.contested = [each for each in golden.contested if each not in held]


@lru_cache
def columns_of(kind: RecordKind, table: str) -> dict[str, str]:
    """The column of `table` that each field of a kind feeds."""
    return {
        field.name: field.column
        for field in KINDS[kind].fields
        if field.table is not None and field.table.name == table
    }


@lru_cache
def column_names(table: str) -> frozenset[str]:
    """The names of a table's columns."""
    return frozenset(metadata.tables[table].columns.keys())


def month_of(birth: object) -> str:
    """The month of a birth; the year where no more is known."""
    return str(birth)[: len("1964-10")]


# --- Which record wins ----------------------------------------------------------------------------


def choose(scope: Scope, kind: Kind, table: Table, sources: Sequence[GoldenSource]) -> Chosen:
    """What the records of a row of `table` say together, at least one."""
    if len(sources) == 1:
        return Chosen(sources[0].fields, sources[0], {})
    ordered = order(scope, kind, None, sources)
    chosen: dict[str, object] = {}
    others: dict[str, str] = {}
    contested: list[str] = []
    for name, column in columns_of(kind.kind, table.name).items():
        values = [source.fields[name] for source in ordered if name in source.fields]
        if not values:
            continue
        winner = _winner(scope, kind, name, ordered)
        chosen[name] = winner.fields[name]
        if winner is not ordered[0]:
            others[column] = winner.id
        if _differ(column, values):
            contested.append(column)
    return Chosen(chosen, ordered[0], others, contested)


def _winner(scope: Scope, kind: Kind, name: str, ordered: Sequence[GoldenSource]) -> GoldenSource:
    """The most trusted record that states a field; `ordered` are those of the row."""
    if (kind.kind.name, name) in scope.rules:
        ordered = order(scope, kind, name, [it for it in ordered if name in it.fields])
    return next(source for source in ordered if name in source.fields)


def _differ(column: str, values: list[object]) -> bool:
    """Whether values of a column differ in substance."""
    if values.count(values[0]) == len(values):
        return False
    return len({_substance(column, value) for value in values}) > 1


def _substance(column: str, value: object) -> object:
    """What of a value counts when two are compared: a day of birth no more than its month."""
    return core(month_of(value) if column == "birth_month" else value)


def order(
    scope: Scope, kind: Kind, field: str | None, sources: Iterable[GoldenSource]
) -> list[GoldenSource]:
    """The records of one row, the most trusted first.

    First the steward's rule for the field or kind, then the system of the record's own level,
    then the newest term, then the codes, so that the order never depends on time of arrival.
    """

    def key(source: GoldenSource) -> tuple[int, int, int, str, str]:
        level = str(source.resolved.get("level", scope.systems[source.system_id].level))
        term = source.fields.get("term")
        return (
            scope.rank(kind, field, source.system_id),
            scope.distance(source.system_id, level),
            -term if isinstance(term, int) else 0,
            scope.systems[source.system_id].code,
            source.external_id,
        )

    return sorted(sources, key=key)
