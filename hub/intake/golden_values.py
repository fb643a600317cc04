"""Compute golden rows from the records linked to them, field by field. No input or output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hub.intake.batch import Source
from hub.intake.golden_rows import core
from hub.intake.scope import Scope
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind


class Computed(NamedTuple):
    """The values of a golden row by column, the main record, and who else won which field.

    `contested` are the columns for which the records state values that differ in substance.
    """

    columns: dict[str, object]
    main: Source
    others: dict[str, str]
    contested: set[str]


@lru_cache
def columns_of(kind: RecordKind, table: str) -> dict[str, str]:
    """The column of `table` that each field of a kind feeds."""
    return {
        field.name: field.column
        for field in KINDS[kind].fields
        if field.table is not None and field.table.name == table
    }


def compute(scope: Scope, kind: Kind, table: str, sources: Sequence[Source]) -> Computed:
    """The golden values of a row of `table` from its records, at least one; no nulls."""
    fed = columns_of(kind.kind, table)
    if len(sources) == 1:
        stated = sources[0].fields
        columns = {column: stated[name] for name, column in fed.items() if name in stated}
        computed = Computed(columns, sources[0], {}, set())
    else:
        computed = _choose(scope, kind, fed, sources)
    if "birth_month" in computed.columns:
        computed.columns["birth_month"] = month_of(computed.columns["birth_month"])
    return computed


def month_of(birth: object) -> str:
    """The month of a birth; the year where no more is known."""
    return str(birth)[: len("1964-10")]


class Chosen(NamedTuple):
    """What the records of a golden row say together: values by field, not by column."""

    fields: Mapping[str, object]
    main: Source
    others: Mapping[str, str]


def choose(scope: Scope, kind: Kind, table: str, sources: Sequence[Source]) -> Chosen:
    """As `compute`; what a single record says is taken as it is."""
    if len(sources) == 1:
        return Chosen(sources[0].fields, sources[0], {})
    fed = columns_of(kind.kind, table)
    computed = _choose(scope, kind, fed, sources)
    fields = {name: computed.columns.get(column) for name, column in fed.items()}
    return Chosen(fields, computed.main, computed.others)


def _choose(
    scope: Scope, kind: Kind, fed: Mapping[str, str], sources: Sequence[Source]
) -> Computed:
    ordered = order(scope, kind, None, sources)
    stated = [source.fields for source in ordered]
    computed = Computed({}, ordered[0], {}, set())
    for name, column in fed.items():
        values = [fields[name] for fields in stated if name in fields]
        if not values:
            continue
        winner = _winner(scope, kind, name, ordered)
        computed.columns[column] = winner.fields[name]
        if winner is not ordered[0]:
            computed.others[column] = winner.id
        if _differ(column, values):
            computed.contested.add(column)
    return computed


def _winner(scope: Scope, kind: Kind, name: str, ordered: Sequence[Source]) -> Source:
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


def order(scope: Scope, kind: Kind, field: str | None, sources: Sequence[Source]) -> list[Source]:
    """The records of one row, the most trusted first.

    First the steward's rule for the field or kind, then the system of the record's own level,
    then the newest term, then the codes, so that the order never depends on time of arrival.
    """

    def key(source: Source) -> tuple[int, int, int, str, str]:
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
