"""The rows that paths over to-one edges lead to, joined to the rows of a statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import FromClause, literal_column, select, true

from resolvers.sql.rows import rows_of, stored, target_of
from schema.declare import Edge, Expression, Row, Scalar, Shape, Value

Steps = tuple[Edge, ...]


@dataclass(slots=True)
class Joins:
    """What is joined to `row` so far, each path once.

    `is_whole`: links that cannot be null are taken to lead to a row, as the intake keeps them, so
    that PostgreSQL may start from either side.
    """

    row: Row
    source: FromClause
    is_whole: bool = False
    known: dict[Steps, Row] = field(default_factory=dict)

    def value(self, steps: Steps, value: Value) -> Expression:
        """The value at the end of a path; an id next to it is read without a join."""
        if steps and value.leaf is Scalar.ID and steps not in self.known and steps[-1].via:
            return self.at(steps[:-1]).c[steps[-1].via]
        return stored(value, self.at(steps))

    def at(self, steps: Steps) -> Row:
        """The row that the steps lead to."""
        if not steps:
            return self.row
        if steps not in self.known:
            self.known[steps] = self._join(self.at(steps[:-1]), steps[-1])
        return self.known[steps]

    def _join(self, own: Row, edge: Edge) -> Row:
        row = rows_of(target_of(edge), edge)
        if edge.through is not None:
            member = edge.through.table.alias()
            self.source = self.source.outerjoin(member, edge.match(own, member))
            self.source = self.source.outerjoin(row, member.c[edge.through.target] == row.c.id)
            return row
        if edge.shape is Shape.ONE and edge.via is None:
            return self._join_first(own, row, edge)
        is_outer = edge.is_nullable or not self.is_whole
        self.source = self.source.join(row, edge.match(own, row), isouter=is_outer)
        return row

    def _join_first(self, own: Row, row: Row, edge: Edge) -> Row:
        order = edge.order(row) if edge.order is not None else ()
        found = select(*row.c).where(edge.match(own, row)).order_by(*order, row.c.id)
        first = found.limit(literal_column("1")).correlate(own).lateral()
        self.source = self.source.outerjoin(first, true())
        return first
