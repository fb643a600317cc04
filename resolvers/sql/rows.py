"""The rows that an edge leads to, as FROM elements and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import FromClause, Table, TableClause, column, select, table

from schema.declare import Edge, Entity, Expression, Row, Scalar, Value
from schema.registry import ENTITY

MEMBER = "_member_"
"""Prefix of the columns that hold the values of a membership."""


def rows_of(entity: Entity, edge: Edge | None = None, *, reads_restricted: bool = True) -> Row:
    """A fresh alias of the rows of an entity, or of what an edge puts in their place."""
    source = edge.rows if edge is not None and edge.rows is not None else entity.source
    if edge is not None and edge.masked_rows is not None and not reads_restricted:
        source = edge.masked_rows
    if source is None:
        raise TypeError(f"{entity.name} has rows only where an edge gives them")
    return bare(source).alias() if isinstance(source, Table) else source.subquery()


@lru_cache
def bare(source: Table) -> TableClause:
    """A table without its keys and constraints: an alias of it is made in half the time."""
    return table(source.name, *(column(item.name, item.type) for item in source.columns))


def target_of(edge: Edge) -> Entity:
    """The entity that an edge leads to."""
    return ENTITY[edge.target]


def stored(value: Value, row: Row) -> Expression:
    """What a value is compared and ordered by: for ids the row's own."""
    return row.c.id if value.leaf is Scalar.ID else value.expression(row)


def join(edge: Edge, own: Row, row: Row) -> tuple[FromClause, Row, Expression]:
    """What to select from to get from `own` to `row`, the membership, and the condition.

    The membership is `row` itself where there is none.
    """
    if edge.through is None:
        return row, row, edge.match(own, row)
    member = bare(edge.through.table).alias()
    joined = row.join(member, member.c[edge.through.target] == row.c.id)
    return joined, member, edge.match(own, member)


def some(edge: Edge, own: Row, row: Row, condition: Expression) -> Expression:
    """Whether some row matches the edge and the condition."""
    source, member, match = join(edge, own, row)
    found = select(1).select_from(source).where(match, condition)
    return found.correlate_except(row, member).exists()


@dataclass(frozen=True, slots=True)
class Source:
    """The rows that a connection goes through; `kept` are the ids of those asked for, if found."""

    entity: Entity
    row: Row
    source: FromClause
    member: Row | None
    match: tuple[Expression, ...]
    edge: Edge | None = None
    start: Row | None = None
    kept: TableClause | None = None

    @staticmethod
    def of(
        entity: Entity, edge: Edge | None, own: Row | None, *, reads_restricted: bool = True
    ) -> Source:
        """All rows of an entity, or those that an edge leads to from `own`."""
        row = rows_of(entity, edge, reads_restricted=reads_restricted)
        if edge is None or own is None:
            return Source(entity, row, row, None, ())
        source, member, match = join(edge, own, row)
        return Source(entity, row, source, member, (match,), edge, own)

    def again(self) -> Source:
        """The same rows under names of their own."""
        return replace(Source.of(self.entity, self.edge, self.start), kept=self.kept)

    @property
    def own(self) -> tuple[Row, ...]:
        """What the statement over these rows does not take from outside."""
        return (self.row,) if self.member is None else (self.row, self.member)

    @property
    def members(self) -> Iterator[Expression]:
        """The values of the membership that leads to a row, by name."""
        if self.edge is not None and self.edge.through is not None and self.member is not None:
            for value in self.edge.through.values:
                yield value.expression(self.member).label(MEMBER + value.name)
