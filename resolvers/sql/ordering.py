"""`orderBy`: values of the row or of rows that to-one edges lead to; nulls last, ties by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, select

from hub.errors import Code, HubError
from resolvers.sql.rows import rows_of, stored, target_of
from schema.declare import Edge, Entity, Expression, Row, Value

MAX_ORDERINGS = 5
"""Entries that one `orderBy` may have, and edges that one entry may follow."""


class Direction(Enum):
    """Direction of an order 排序方向."""

    ASC = "Smallest or earliest first, nulls last 升序"
    DESC = "Largest or latest first, nulls last 降序"


@dataclass(frozen=True, slots=True)
class Ordering:
    """Order by one value, reached over `path`."""

    path: tuple[Edge, ...]
    value: Value
    is_descending: bool = False

    @property
    def name(self) -> str:
        """`-person.name`, the minus for descending."""
        names = ".".join((*(edge.name for edge in self.path), self.value.name))
        return f"-{names}" if self.is_descending else names

    @property
    def is_nullable(self) -> bool:
        """Whether it can be null: by the value, or because an edge leads nowhere."""
        return self.value.is_nullable or any(edge.is_nullable for edge in self.path)

    def expression(self, row: Row) -> Expression:
        """What rows are ordered by."""
        return _follow(row, self.path, self.value)

    def clause(self, row: Row, is_backward: bool) -> ColumnElement[Any]:
        """The entry of ORDER BY; backward is the exact reverse."""
        expression = self.expression(row)
        turned = expression.desc() if self.is_descending != is_backward else expression.asc()
        if not self.is_nullable:
            return turned
        return turned.nulls_first() if is_backward else turned.nulls_last()


def _follow(row: Row, path: tuple[Edge, ...], value: Value) -> Expression:
    if not path:
        return stored(value, row)
    edge, *rest = path
    other = rows_of(target_of(edge), edge)
    found = select(_follow(other, tuple(rest), value)).where(edge.match(row, other))
    if edge.order is not None:
        found = found.order_by(*edge.order(other)).limit(1)
    return found.correlate_except(other).scalar_subquery()


def read_order(entity: Entity, given: Sequence[Mapping[str, Any]] | None) -> tuple[Ordering, ...]:
    """The orderings asked for, or the entity's own; id is added last.

    Raises HubError(BAD_INPUT) for too many or too long ones.
    """
    values = {value.name: value for value in entity.values}
    if given:
        orderings = tuple(_read(entity, item) for item in given)
    else:
        orderings = tuple(Ordering((), values[name]) for name in entity.order)
    if len(orderings) > MAX_ORDERINGS or any(len(item.path) >= MAX_ORDERINGS for item in orderings):
        raise HubError(
            Code.BAD_INPUT,
            f"orderBy takes at most {MAX_ORDERINGS} entries, each over fewer than "
            f"{MAX_ORDERINGS} edges. Leave some out.",
        )
    if any(not item.path and item.value.name == "id" for item in orderings):
        return orderings
    return (*orderings, Ordering((), values["id"]))


def _read(entity: Entity, item: Mapping[str, Any], path: tuple[Edge, ...] = ()) -> Ordering:
    ((name, inner),) = item.items()
    if isinstance(inner, Direction):
        return Ordering(path, entity.comparable[name], inner is Direction.DESC)
    edge = next(edge for edge in entity.edges if edge.name == name)
    return _read(target_of(edge), inner, (*path, edge))
