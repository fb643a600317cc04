"""The arguments of `groupBy` and `countDistinct`: which groups, which of them, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.errors import Code, HubError
from resolvers.sql.conditions import read_comparisons
from resolvers.sql.measures import Count, Measure, Path, Statistic, Summary
from resolvers.sql.ordering import MAX_ORDERINGS, Direction
from resolvers.sql.params import Param
from resolvers.sql.rows import target_of
from schema.comparisons import Comparison
from schema.declare import Edge, Entity, Scalar

MAX_GROUPS = 1000
DEFAULT_GROUPS = 100
MAX_KEYS = 5
"""Paths that one `groupBy` may have, and edges that one path may follow."""


@dataclass(frozen=True, slots=True)
class Having:
    """A measure of a group compares with an operand so."""

    measure: Measure
    comparison: Comparison
    operand: Param | bool


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """Order groups by a measure, or by their keys."""

    measure: Measure | None
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Grouping:
    """The arguments of `groupBy`; equal for those of one form."""

    by: tuple[Path, ...]
    size: int
    having: tuple[Having, ...] = ()
    order: tuple[GroupOrder, ...] = ()
    params: tuple[Param, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for groupings that ask for the same."""
        return self, *(param.value for param in self.params)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What the groups are chosen and ordered by, each once."""
        chosen = [item.measure for item in self.having]
        ordered = [item.measure for item in self.order if item.measure is not None]
        return tuple(dict.fromkeys([*chosen, *ordered]))


ALL = Grouping((), 1)
"""One group of all rows."""


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
    return Path(tuple(edges), entity.groupable[name])


def read_grouping(entity: Entity, given: Mapping[str, Any]) -> Grouping:
    """The groups that `groupBy` asks for. Raises HubError(BAD_INPUT)."""
    by = tuple(read_path(entity, item) for item in given["by"])
    asked_size = given.get("first")
    size = DEFAULT_GROUPS if asked_size is None else asked_size
    order = tuple(_order(entity, item) for item in given.get("orderBy") or ())
    if not 1 <= len(by) <= MAX_KEYS or not 0 <= size <= MAX_GROUPS or len(order) > MAX_ORDERINGS:
        raise HubError(
            Code.BAD_INPUT,
            f"groupBy takes 1 to {MAX_KEYS} paths and gives the first 0 to {MAX_GROUPS} groups, in "
            f"an order of at most {MAX_ORDERINGS} entries. Ask for fewer.",
        )
    _check_to_one(by)
    params: list[Param] = []
    having = tuple(_having(entity, given.get("having") or {}, params))
    return Grouping(by, size, having, order, tuple(params))


def _check_to_one(by: Iterable[Path]) -> None:
    many = next((path.name for path in by if path.is_many), None)
    if many is not None:
        raise HubError(
            Code.BAD_INPUT,
            f"groupBy follows {many}, which leads to many rows. Group by fields and to-one edges; "
            "count what is many with countDistinct.",
        )


def _order(entity: Entity, given: Mapping[str, Any]) -> GroupOrder:
    ((name, inner),) = given.items()
    if isinstance(inner, Direction):
        return GroupOrder(Count() if name == "count" else None, inner is Direction.DESC)
    ((value, direction),) = inner.items()
    measure = Summary(Statistic(name), entity.measured[value])
    return GroupOrder(measure, direction is Direction.DESC)


def _having(entity: Entity, given: Mapping[str, Any], params: list[Param]) -> Iterator[Having]:
    for name, inner in given.items():
        if name == "count":
            yield from _compared(entity, Count(), Scalar.INT, inner, params, "having.count")
            continue
        for value, comparisons in _not_null(inner, f"having.{name}").items():
            measure = Summary(Statistic(name), entity.measured[value])
            path = f"having.{name}.{value}"
            yield from _compared(entity, measure, Scalar.FLOAT, comparisons, params, path)


def _compared(
    entity: Entity, measure: Measure, leaf: Scalar, given: Any, params: list[Param], path: str
) -> Iterator[Having]:
    given = _not_null(given, path)
    for comparison, operand in read_comparisons(entity, leaf, given, params, path):
        yield Having(measure, comparison, operand)


def _not_null(given: Any, path: str) -> Any:
    if given is None:
        raise HubError(Code.BAD_INPUT, f"{path} is null. Leave it out, or compare with isNull.")
    return given
