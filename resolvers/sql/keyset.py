"""A page of rows in the order of an index: where it begins, where it ends, what is read for it.

Nulls come last whatever the direction, which no single walk over an index gives. So an order whose
first value can be null is asked for in parts, each one walk: first the rows that have the value,
then those that have none. A part is run only where those before it have not filled the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    cast,
    false,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    union_all,
)

from resolvers.sql.joins import Joins
from resolvers.sql.ordering import Ordering
from resolvers.sql.page_rows import KEY, Found, PageRows, Star
from resolvers.sql.params import Bind, Param, type_of
from resolvers.sql.rows import Source
from schema.declare import Expression

Place = tuple[Param | None, ...]
"""The values of a row by which it is ordered, the last its id; None where it has none."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of which the first so many values are null and the next one is not."""

    orderings: tuple[Ordering, ...]
    nulls: int

    @property
    def rest(self) -> tuple[Ordering, ...]:
        """What orders the rows of the part."""
        return self.orderings[self.nulls :]

    @property
    def sorted_by(self) -> tuple[Ordering, ...]:
        """`rest`, behind the value that is null where an index over it has the ids in order."""
        before, first = self.orderings[self.nulls - 1 : self.nulls], self.rest[0]
        is_indexed = first.is_id and any(it.path == first.path and not it.is_id for it in before)
        return (*before, *self.rest) if is_indexed else self.rest

    def conditions(self, joins: Joins) -> Iterator[Expression]:
        """What tells its rows from those of the other parts."""
        nulls = self.orderings[: self.nulls]
        for at, ordering in enumerate(nulls):
            if not any(tie.is_id and ordering.leads_over(tie) for tie in nulls[at + 1 :]):
                yield ordering.is_null(joins)
        if self.rest[0].is_nullable:
            yield self.rest[0].expression(joins).is_not(None)

    def keys(self, joins: Joins) -> Iterator[Expression]:
        """What orders its rows, by name."""
        for at, ordering in enumerate(self.orderings):
            value = (
                cast(null(), type_of(ordering.value.leaf))
                if at < self.nulls
                else ordering.expression(joins)
            )
            yield value.label(f"{KEY}{at}")

    def clauses(self, joins: Joins, *, is_backward: bool) -> Iterator[ColumnElement[Any]]:
        """The entries of ORDER BY; backward is the exact reverse."""
        for ordering in self.sorted_by:
            expression = ordering.expression(joins)
            turned = (
                expression.desc() if ordering.is_descending != is_backward else expression.asc()
            )
            if not ordering.is_nullable or self._is_decided(ordering):
                yield turned
            else:
                yield turned.nulls_first() if is_backward else turned.nulls_last()

    def _is_decided(self, ordering: Ordering) -> bool:
        """Whether it is null in all rows of the part, or in none."""
        return ordering in self.orderings[: self.nulls + 1] or self.rest[0].leads_over(ordering)

    def beyond(
        self, place: Place, joins: Joins, bind: Bind, *, is_before: bool
    ) -> Iterator[Expression]:
        """That a row of the part comes after a place in it, or before.

        The first condition is one that an index takes, from the row on that it names.
        """
        rest, run = self.rest, self._run()
        values = [None if item is None else bind(item) for item in place[self.nulls :]]
        rows = [ordering.expression(joins) for ordering in rest]
        is_smaller = rest[0].is_descending != is_before
        yield _compare(rows[:run], values[:run], is_smaller, is_strict=run == len(rest))
        if run < len(rest):
            yield _after(rest, rows, values, is_before=is_before)

    def _run(self) -> int:
        """How many of the first values one index may order: of one row, one way, never null."""
        first, *more = self.rest
        for at, ordering in enumerate(more, 1):
            goes_on = (ordering.path, ordering.is_descending) == (first.path, first.is_descending)
            if not goes_on or (ordering.is_nullable and not first.leads_over(ordering)):
                return at
        return len(self.rest)


def _compare(
    rows: list[Expression], values: list[Expression | None], is_smaller: bool, *, is_strict: bool
) -> Expression:
    if any(value is None for value in values):
        return false()
    left, right = (tuple_(*rows), tuple_(*values)) if len(rows) > 1 else (rows[0], values[0])
    if is_smaller:
        return left < right if is_strict else left <= right
    return left > right if is_strict else left >= right


def _after(
    orderings: tuple[Ordering, ...],
    rows: list[Expression],
    values: list[Expression | None],
    *,
    is_before: bool,
) -> Expression:
    """The order of whole rows, value by value."""
    alternatives: list[Expression] = []
    equal: list[Expression] = []
    for ordering, row, value in zip(orderings, rows, values, strict=True):
        alternatives.append(and_(*equal, _strictly(ordering, row, value, is_before)))
        equal.append(row.is_(None) if value is None else row == value)
    return or_(*alternatives)


def _strictly(
    ordering: Ordering, row: Expression, value: Expression | None, is_before: bool
) -> Expression:
    """Nulls come last, so that nothing is after a null and every value is before one."""
    if value is None:
        return row.is_not(None) if is_before else false()
    compared = row < value if ordering.is_descending != is_before else row > value
    if is_before or not ordering.is_nullable:
        return compared
    return or_(compared, row.is_(None))


def parts(orderings: tuple[Ordering, ...]) -> list[Part]:
    """The parts of an order, first to last. The last value is an id, which is never null."""
    found, nulls = [Part(orderings, 0)], 0
    while orderings[nulls].is_nullable:
        first = orderings[nulls]
        nulls += 1
        while orderings[nulls].is_nullable and first.implies(orderings[nulls]):
            nulls += 1
        found.append(Part(orderings, nulls))
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows of an order are asked for: from which end, between which places."""

    orderings: tuple[Ordering, ...]
    is_backward: bool
    after: Place | None
    before: Place | None

    def parts(self) -> list[Part]:
        """The parts that can have such rows, in the order in which they are read."""
        found = parts(self.orderings)
        first = 0 if self.after is None else _part_of(found, self.after)
        last = len(found) - 1 if self.before is None else _part_of(found, self.before)
        kept = found[first : last + 1] or [found[first]]
        return kept[::-1] if self.is_backward else kept

    def conditions(self, part: Part, joins: Joins, bind: Bind) -> Iterator[Expression]:
        """What keeps the rows of a part that lie between the places."""
        found = parts(self.orderings)
        for place, is_before in ((self.after, False), (self.before, True)):
            bound = None if place is None else found[_part_of(found, place)]
            if place is not None and bound == part:
                yield from part.beyond(place, joins, bind, is_before=is_before)
            elif bound is not None and is_before and bound.nulls < part.nulls:
                yield false()


def _part_of(found: list[Part], place: Place) -> int:
    """Where among the parts a place lies: in the last one whose nulls it has."""
    return max(
        at for at, part in enumerate(found) if all(item is None for item in place[: part.nulls])
    )


def rows_between(
    span: Span, rows: Source, keep: Callable[[Source], Expression], bind: Bind, size: int
) -> PageRows:
    """The first rows of a span that are to be kept, at most `size`."""
    limit: Expression = literal_column(str(size))
    found = [_select(span, part, rows.again(), keep, bind).limit(limit) for part in span.parts()]
    whole: Found = union_all(*found).limit(limit) if len(found) > 1 else found[0]
    members = (value.name for value in rows.members)
    keys = (f"{KEY}{at}" for at in range(len(span.orderings)))
    return PageRows(rows.row, (*members, *keys), whole)


def _select(
    span: Span, part: Part, rows: Source, keep: Callable[[Source], Expression], bind: Bind
) -> Select[Any]:
    joins = Joins(rows.row, rows.source, is_whole=True)
    conditions = [
        *rows.match,
        keep(rows),
        *part.conditions(joins),
        *span.conditions(part, joins, bind),
    ]
    columns = [Star(rows.row), *rows.members, *part.keys(joins)]
    clauses = part.clauses(joins, is_backward=span.is_backward)
    return (
        select(*columns)
        .select_from(joins.source)
        .where(*conditions)
        .order_by(*clauses)
        .correlate_except(*rows.own, *joins.known.values())
    )
