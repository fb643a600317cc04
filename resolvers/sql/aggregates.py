"""Aggregates of a connection: what is counted over which rows, in which groups.

Both ways of answering run `grouped`: the engine with every measure of a selection at once, the
loaders with one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    FromClause,
    Integer,
    Select,
    Text,
    cast,
    func,
    literal,
    literal_column,
    select,
    true,
)

from hub.errors import Code, HubError
from resolvers.sql.joins import Joins
from resolvers.sql.paging import Page, kept
from resolvers.sql.params import Bind, Param
from resolvers.sql.rows import Source, stored, target_of
from schema.declare import Edge, Entity, Expression, Scalar, Shape, Value

MAX_GROUPS = 1000
DEFAULT_GROUPS = 100
MAX_KEYS = 5
"""Paths that one `groupBy` may have, and edges that one path may follow."""

ORDERED = (Scalar.INT, Scalar.FLOAT, Scalar.DATE, Scalar.DATE_TIME)
"""Leaf types that have a smallest and a largest value."""


@dataclass(frozen=True, slots=True)
class Path:
    """A value of the row, or of rows that edges lead to."""

    edges: tuple[Edge, ...]
    value: Value
    params: tuple[Param, ...] = ()

    @property
    def name(self) -> str:
        """`person.gender`."""
        return ".".join((*(edge.name for edge in self.edges), self.value.name))

    @property
    def entity_name(self) -> str:
        """The type that the last edge leads to; only for paths with edges."""
        return self.edges[-1].target

    @property
    def is_many(self) -> bool:
        """Whether it can lead to several values from one row."""
        return any(edge.shape is not Shape.ONE for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The arguments of `groupBy`."""

    by: tuple[Path, ...]
    size: int
    params: tuple[Param, ...] = ()


class Extreme(Enum):
    """Which end of the values."""

    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Count:
    """The number of rows."""

    is_many = False

    def expression(self, _joins: Joins) -> Expression:
        """The aggregate."""
        return func.count()

    def total(self, parts: Expression) -> Expression:
        """The measure of a whole out of those of its parts."""
        return cast(func.sum(parts), BigInteger)


@dataclass(frozen=True, slots=True)
class Distinct:
    """The number of different values at the end of a path; nulls do not count."""

    path: Path

    @property
    def is_many(self) -> bool:
        """Whether one row can have several of the values."""
        return self.path.is_many

    def expression(self, joins: Joins) -> Expression:
        """The aggregate."""
        return func.count(joins.value(self.path.edges, self.path.value).distinct())


@dataclass(frozen=True, slots=True)
class End:
    """The smallest or the largest of a value of the row."""

    extreme: Extreme
    value: Value
    is_many = False

    def expression(self, joins: Joins) -> Expression:
        """The aggregate."""
        return self.total(stored(self.value, joins.row))

    def total(self, parts: Expression) -> Expression:
        """The measure of a whole out of those of its parts."""
        return func.min(parts) if self.extreme is Extreme.MIN else func.max(parts)


Measure: TypeAlias = Count | Distinct | End


def grouped(
    start: Callable[[], Source],
    page: Page,
    bind: Bind,
    grouping: Grouping,
    measures: Sequence[Measure],
) -> Select[Any]:
    """The groups of the rows that a page is of: columns `k0`, … for the keys, `m0`, … for measures.

    Without keys there is one group. The largest groups come first, then by key.
    """
    whole = _measured(start(), page, bind, grouping.by, [Count(), *_ones(measures)]).subquery()
    source: FromClause = whole
    columns: dict[int, Expression] = {}
    ones = iter(whole.c[f"m{at}"] for at in range(1, len(measures) + 1) if f"m{at}" in whole.c)
    for at, measure in enumerate(measures):
        if measure.is_many:
            part = _measured(start(), page, bind, grouping.by, [measure]).subquery()
            source = source.join(part, _same_keys(whole, part, len(grouping.by)))
            columns[at] = part.c.m0
        else:
            columns[at] = next(ones)
    keys = [whole.c[f"k{at}"] for at in range(len(grouping.by))]
    found = select(*keys, *(item.label(f"m{at}") for at, item in columns.items()))
    order = (whole.c.m0.desc(), *(key.asc().nulls_last() for key in keys))
    return found.select_from(source).order_by(*order).limit(literal_column(str(grouping.size)))


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
    added = [measure for measure in measures if not isinstance(measure, Distinct)]
    leads_far = any(path.edges and path.edges[0].via for path in by)
    if leads_far and len(added) == len(measures) and not any(path.is_many for path in by):
        return _by_links(rows, kept(page, rows, bind), by, added)
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
    rows: Source, condition: Expression, by: tuple[Path, ...], measures: Sequence[Count | End]
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


# --- Reading -------------------------------------------------------------------------------------


def read_path(entity: Entity, given: Mapping[str, Any]) -> Path:
    """The path that `of` names. Raises HubError(BAD_INPUT)."""
    edges: list[Edge] = []
    while True:
        ((name, inner),) = given.items()
        if isinstance(inner, bool):
            break
        edges.append(next(edge for edge in entity.edges if edge.name == name))
        entity, given = target_of(edges[-1]), inner
    if inner is False or len(edges) > MAX_KEYS:
        raise HubError(
            Code.BAD_INPUT,
            f"A path names one field by true, over at most {MAX_KEYS} edges: "
            "{ person: { gender: true } }.",
        )
    return Path(tuple(edges), entity.comparable[name])


def read_grouping(entity: Entity, given: Mapping[str, Any]) -> Grouping:
    """The groups that `groupBy` asks for. Raises HubError(BAD_INPUT)."""
    by = tuple(read_path(entity, item) for item in given["by"])
    size = given.get("first")
    size = DEFAULT_GROUPS if size is None else size
    if not 1 <= len(by) <= MAX_KEYS or not 0 <= size <= MAX_GROUPS:
        raise HubError(
            Code.BAD_INPUT,
            f"groupBy takes 1 to {MAX_KEYS} paths and gives the first 0 to {MAX_GROUPS} groups. "
            "Ask for fewer.",
        )
    many = next((path.name for path in by if path.is_many), None)
    if many is not None:
        raise HubError(
            Code.BAD_INPUT,
            f"groupBy follows {many}, which leads to many rows. Group by fields and to-one edges; "
            "count what is many with countDistinct.",
        )
    return Grouping(by, size)


ALL = Grouping((), 1)
"""One group of all rows."""
