"""Aggregates of a connection: what is measured over which rows, in which groups.

Both ways of answering run `grouped`: the engine with every measure of a selection at once, the
loaders with one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    cast,
    literal,
    literal_column,
    select,
    true,
)

from resolvers.sql.groupings import Grouping, GroupOrder, Having
from resolvers.sql.joins import Joins
from resolvers.sql.measures import Count, Distinct, End, Measure, Path, Summary, shown
from resolvers.sql.paging import Page, kept
from resolvers.sql.params import Bind
from resolvers.sql.rows import Source
from schema.declare import Entity, Expression, Scalar


def grouped(
    start: Callable[[], Source],
    page: Page,
    bind: Bind,
    grouping: Grouping,
    measures: Sequence[Measure],
) -> Select[Any]:
    """The groups of the rows that a page is of: columns `k0`, … for the keys, `m0`, … for measures.

    Without keys there is one group. The largest groups come first, then by key, unless the grouping
    orders them otherwise.
    """
    asked = (*measures, *grouping.measures)
    whole = _measured(start(), page, bind, grouping.by, [Count(), *_ones(asked)]).subquery()
    source: FromClause = whole
    columns: list[Expression] = []
    ones = iter(range(1, len(asked) + 1))
    for measure in asked:
        if measure.is_many:
            part = _measured(start(), page, bind, grouping.by, [measure]).subquery()
            source = source.join(part, _same_keys(whole, part, len(grouping.by)))
            columns.append(part.c.m0)
        else:
            columns.append(shown(measure, whole.c[f"m{next(ones)}"]))
    keys = [whole.c[f"k{at}"] for at in range(len(grouping.by))]
    labels = (item.label(f"m{at}") for at, item in enumerate(columns[: len(measures)]))
    by = dict(zip(grouping.measures, columns[len(measures) :], strict=True))
    return (
        select(*keys, *labels)
        .select_from(source)
        .where(*(_holds(item, by[item.measure], bind) for item in grouping.having))
        .order_by(
            *(clause for item in grouping.order for clause in _turned(item, by, keys)),
            whole.c.m0.desc(),
            *(key.asc().nulls_last() for key in keys),
        )
        .limit(literal_column(str(grouping.size)))
    )


def _holds(having: Having, measured: Expression, bind: Bind) -> Expression:
    operand = having.operand
    right = operand if isinstance(operand, bool) else bind(operand)
    return having.comparison.condition(measured, right)


def _turned(
    order: GroupOrder, measured: dict[Measure, Expression], keys: Sequence[Expression]
) -> list[ColumnElement[Any]]:
    """The entries of ORDER BY; nulls last."""
    found = keys if order.measure is None else [measured[order.measure]]
    return [(item.desc() if order.is_descending else item.asc()).nulls_last() for item in found]


def _ones(measures: Sequence[Measure]) -> list[Measure]:
    return [measure for measure in measures if not measure.is_many]


def _same_keys(one: FromClause, other: FromClause, count: int) -> Expression:
    pairs = [(one.c[f"k{at}"], other.c[f"k{at}"]) for at in range(count)]
    found: Expression = true()
    for left, right in pairs:
        found = found & left.is_not_distinct_from(right)
    return found


def _measured(
    rows: Source, page: Page, bind: Bind, by: tuple[Path, ...], measures: Sequence[Measure]
) -> Select[Any]:
    joins = Joins(rows.row, rows.source)
    parts = [it for it in measures if it.is_of_parts and not isinstance(it, Distinct)]
    leads_far = any(path.edges and path.edges[0].via for path in by)
    if leads_far and len(parts) == len(measures) and not any(path.is_many for path in by):
        return _by_links(rows, kept(page, rows, bind), by, parts)
    keys = [joins.value(path.edges, path.value).label(f"k{at}") for at, path in enumerate(by)]
    found = [item.expression(joins).label(f"m{at}") for at, item in enumerate(measures)]
    condition = kept(page, rows, bind)
    return (
        _in_groups(select(*keys, *found), len(keys))
        .select_from(joins.source)
        .where(*rows.match, condition)
        .correlate_except(rows.row)
    )


def _in_groups(found: Select[Any], keys: int) -> Select[Any]:
    return found.group_by(*(literal_column(str(at + 1), Integer) for at in range(keys)))


def _by_links(
    rows: Source,
    condition: Expression,
    by: tuple[Path, ...],
    measures: Sequence[Count | End | Summary],
) -> Select[Any]:
    """Groups by what the rows hold, links in place of what they lead to; then these by the rest.

    So as many rows are joined as there are groups by link, not as there are rows.
    """
    row, joins = rows.row, Joins(rows.row, rows.source)
    held: dict[str, Expression] = {}
    for at, path in enumerate(by):
        via = path.edges[0].via if path.edges else None
        if via is not None:
            held[via] = row.c[via]
        else:
            held[f"k{at}"] = joins.value(path.edges, path.value)
    parts = [item.expression(joins).label(f"m{at}") for at, item in enumerate(measures)]
    columns = [value.label(name) for name, value in held.items()]
    found = _in_groups(select(*columns, *parts), len(columns)).select_from(joins.source)
    first = found.where(*rows.match, condition).correlate_except(row).subquery()
    links = Joins(first, first)
    keys = [
        first.c[f"k{at}"] if f"k{at}" in held else links.value(path.edges, path.value)
        for at, path in enumerate(by)
    ]
    whole = select(
        *(key.label(f"k{at}") for at, key in enumerate(keys)),
        *(item.total(first.c[f"m{at}"]).label(f"m{at}") for at, item in enumerate(measures)),
    )
    return _in_groups(whole, len(keys)).select_from(links.source)


def shown_key(path: Path, key: Expression, entity: Entity) -> Expression:
    """A key as the graph shows it: ids as ids of nodes, the rest as it is stored."""
    if path.value.leaf is not Scalar.ID:
        return key
    name = path.entity_name if path.edges else entity.name
    return literal(f"{name}:") + cast(key, Text)
