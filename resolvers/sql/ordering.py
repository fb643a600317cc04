"""`orderBy`: values of the row or of rows that to-one edges lead to; nulls last, ties by id.

Everything after the last entry goes its way: rows with equal values are ordered by the ids of the
rows that the only entry's edges lead to, if any, then by their own, all in its direction. So an
index over a value and the id serves both directions, from the start or the middle of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hub.errors import Code, HubError
from resolvers.sql.joins import Joins
from resolvers.sql.rows import target_of
from schema.declare import Edge, Entity, Expression, Scalar, Value

MAX_ORDERINGS = 5
"""Entries that one `orderBy` may have."""

MAX_STEPS = 2
"""Edges that one entry may follow."""


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

    def expression(self, joins: Joins) -> Expression:
        """What rows are ordered by."""
        return joins.value(self.path, self.value)

    def is_null(self, joins: Joins) -> Expression:
        """That it is null: asked of the link that leads nowhere where the value cannot be null."""
        links = [at for at, edge in enumerate(self.path) if edge.is_nullable]
        if self.value.is_nullable or not links:
            return self.expression(joins).is_(None)
        return joins.at(self.path[: links[-1]]).c[self.path[links[-1]].keys[0]].is_(None)

    @property
    def is_id(self) -> bool:
        """Whether it is the id of a row."""
        return self.value.leaf is Scalar.ID

    def leads_over(self, tie: Ordering) -> bool:
        """Whether `tie` is the id of a row on the path, which is there if this is not null."""
        return tie.is_id and len(tie.path) > 0 and tie.path == self.path[: len(tie.path)]

    def implies(self, tie: Ordering) -> bool:
        """Whether `tie` is the id of a row on the path that is there only if this is not null."""
        rest = (self.value.is_nullable, *(edge.is_nullable for edge in self.path[len(tie.path) :]))
        return self.leads_over(tie) and not any(rest)


def read_order(entity: Entity, given: Sequence[Mapping[str, Any]] | None) -> tuple[Ordering, ...]:
    """The orderings asked for, or the entity's own; what breaks ties is added last.

    Raises HubError(BAD_INPUT) for too many or too long ones.
    """
    orderings = tuple(_read(entity, item) for item in given) if given else _own_order(entity)
    if len(orderings) > MAX_ORDERINGS or not all(is_near(item.path) for item in orderings):
        raise HubError(
            Code.BAD_INPUT,
            f"orderBy takes at most {MAX_ORDERINGS} entries, each over at most {MAX_STEPS} edges, "
            "of which only the first may lead nowhere. Leave some out.",
        )
    if any(not item.path and item.value.name == "id" for item in orderings):
        return orderings
    return (*orderings, *_ties(entity, orderings))


def _own_order(entity: Entity) -> tuple[Ordering, ...]:
    values = {value.name: value for value in entity.values}
    return tuple(Ordering((), values[name]) for name in entity.order)


def is_near(path: tuple[Edge, ...]) -> bool:
    """Whether rows can be ordered over a path: further away, no index has them in order."""
    return len(path) <= MAX_STEPS and not any(edge.is_nullable for edge in path[1:])


def _ties(entity: Entity, orderings: tuple[Ordering, ...]) -> Iterator[Ordering]:
    is_descending = bool(orderings) and orderings[-1].is_descending
    path = orderings[0].path if len(orderings) == 1 else ()
    for steps in range(len(path), -1, -1):
        target = target_of(path[steps - 1]) if steps else entity
        value = next(value for value in target.values if value.name == "id")
        yield Ordering(path[:steps], value, is_descending)


def _read(entity: Entity, item: Mapping[str, Any], path: tuple[Edge, ...] = ()) -> Ordering:
    ((name, inner),) = item.items()
    if isinstance(inner, Direction):
        return Ordering(path, entity.comparable[name], inner is Direction.DESC)
    edge = next(edge for edge in entity.edges if edge.name == name)
    return _read(target_of(edge), inner, (*path, edge))
