"""`where`: read from the arguments into a test, and built into a condition.

Reading checks everything and needs no statement; building needs no values. Tests of one form are
equal, whatever the values compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import and_, column, false, func, not_, or_, select, true
from sqlalchemy.types import Uuid

from hub.errors import Code, HubError
from hub.values import is_keepable
from resolvers.sql.params import Bind, Param, param
from resolvers.sql.rows import rows_of, some, stored, target_of
from schema.comparisons import Comparison, Operand, comparisons_of
from schema.declare import Edge, Entity, Expression, Filter, Leaf, Row, Scalar, Shape, Value
from schema.ids import parse_id

Where: TypeAlias = Mapping[str, Any]

MAX_DEPTH = 10
"""Levels of edges, `and`, `or` and `not` inside one `where`."""

MAX_PARTS = 200
"""Comparisons and levels in one `where`."""


def check_size(where: Where) -> None:
    """Raises HubError(BAD_INPUT) for a `where` that is too deep or too large."""
    parts, level, depth = 0, [where], 0
    while level:
        depth += 1
        parts += sum(len(item) for item in level)
        if depth > MAX_DEPTH or parts > MAX_PARTS:
            raise HubError(
                Code.BAD_INPUT,
                f"where is more than {MAX_DEPTH} levels deep or has more than {MAX_PARTS} parts. "
                "Ask for less at once; use `in` for long lists.",
            )
        level = [inner for item in level for value in item.values() for inner in _inner(value)]


def _inner(value: object) -> list[Where]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, Mapping)]


# --- Tests ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds."""

    tests: tuple[Test, ...]

    @property
    def is_far(self) -> bool:
        """Whether it follows edges that may lead to many rows."""
        return any(test.is_far for test in self.tests)

    def build(self, entity: Entity, row: Row, bind: Bind) -> Expression:
        """The condition on a row of the entity."""
        return and_(true(), *(test.build(entity, row, bind) for test in self.tests))


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these holds."""

    tests: tuple[Test, ...]

    @property
    def is_far(self) -> bool:
        """Whether it follows edges that may lead to many rows."""
        return any(test.is_far for test in self.tests)

    def build(self, entity: Entity, row: Row, bind: Bind) -> Expression:
        """The condition on a row of the entity."""
        return or_(false(), *(test.build(entity, row, bind) for test in self.tests))


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    test: Test

    @property
    def is_far(self) -> bool:
        """Whether it follows edges that may lead to many rows."""
        return self.test.is_far

    def build(self, entity: Entity, row: Row, bind: Bind) -> Expression:
        """The condition on a row of the entity."""
        return not_(self.test.build(entity, row, bind).is_(True))


@dataclass(frozen=True, slots=True)
class Compared:
    """A value compares with an operand so."""

    value: Value
    comparison: Comparison
    operand: Param | bool
    is_far = False

    def build(self, entity: Entity, row: Row, bind: Bind) -> Expression:
        """The condition on a row of the entity."""
        left = stored(self.value, row)
        if isinstance(self.operand, bool):
            return self.comparison.condition(left, self.operand)
        right = bind(self.operand)
        if self.value.leaf is Scalar.ID and entity.resolve_id is not None:
            right = _current(entity.resolve_id, self.operand, right)
        return self.comparison.condition(left, right)


def _current(resolve_id: Any, operand: Param, given: Expression) -> Any:
    """The ids that took the place of the ids given."""
    if not operand.is_list:
        return resolve_id(given)
    asked = func.unnest(given).table_valued(column("id", Uuid), name="asked").render_derived()
    return select(resolve_id(asked.c.id)).select_from(asked).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Reached:
    """A row that the edge leads to passes a test."""

    edge: Edge
    test: Test

    @property
    def is_far(self) -> bool:
        """Whether it may lead to many rows."""
        is_near = self.edge.shape is Shape.ONE and self.edge.leading_to is None
        return not is_near or self.test.is_far

    def build(self, entity: Entity, row: Row, bind: Bind) -> Expression:
        """The condition on a row of the entity."""
        target = target_of(self.edge)
        other = rows_of(target, self.edge)
        condition = self.test.build(target, other, bind)
        if self.edge.leading_to is not None:
            return row.c.id.in_(self.edge.leading_to(other, condition))
        return some(self.edge, row, other, condition)


@dataclass(frozen=True, slots=True)
class Extra:
    """A condition that the entity declares holds."""

    filter: Filter
    operand: Param
    is_far = False

    def build(self, entity: Entity, row: Row, bind: Bind) -> Expression:
        """The condition on a row of the entity."""
        return self.filter.condition(row, bind(self.operand))


Test: TypeAlias = All | Some | Not | Compared | Reached | Extra


# --- Reading -------------------------------------------------------------------------------------


def read_where(entity: Entity, where: Where, params: list[Param], path: str = "where") -> Test:
    """The test that `where` asks for; its values are added to `params`.

    Raises HubError BAD_INPUT for an operand that is null or unreadable, BAD_ID.
    """
    parts = [_part(entity, name, given, params, f"{path}.{name}") for name, given in where.items()]
    return All(tuple(parts))


def _part(entity: Entity, name: str, given: Any, params: list[Param], path: str) -> Test:
    if given is None:
        raise HubError(Code.BAD_INPUT, f"{path} is null. Leave it out, or compare with isNull.")
    if name in ("and", "or"):
        tests = [read_where(entity, item, params, f"{path}.{at}") for at, item in enumerate(given)]
        return All(tuple(tests)) if name == "and" else Some(tuple(tests))
    if name == "not":
        return Not(read_where(entity, given, params, path))
    if name in entity.comparable:
        return All(tuple(_compared(entity, entity.comparable[name], given, params, path)))
    return _edge_or_filter(entity, name, given, params, path)


def _edge_or_filter(entity: Entity, name: str, given: Any, params: list[Param], path: str) -> Test:
    for extra in entity.filters:
        if extra.name == name:
            params.append(param(Scalar.STRING, text(given, path)))
            return Extra(extra, params[-1])
    edge = next(edge for edge in entity.edges if edge.name == name)
    return Reached(edge, read_where(target_of(edge), given, params, path))


def _compared(
    entity: Entity, value: Value, given: Where, params: list[Param], path: str
) -> Iterator[Compared]:
    for comparison, operand in read_comparisons(entity, value.leaf, given, params, path):
        yield Compared(value, comparison, operand)


def read_comparisons(
    entity: Entity, leaf: Leaf, given: Where, params: list[Param], path: str
) -> Iterator[tuple[Comparison, Param | bool]]:
    """The comparisons with a value of a type, and their operands, which are added to `params`.

    Raises HubError BAD_INPUT, BAD_ID.
    """
    known = {comparison.name: comparison for comparison in comparisons_of(leaf)}
    for name, operand in given.items():
        at = f"{path}.{name}"
        if operand is None:
            raise HubError(Code.BAD_INPUT, f"{at} is null. Leave it out, or compare with isNull.")
        if known[name].operand is Operand.FLAG:
            yield known[name], operand
            continue
        params.append(_operand(entity, leaf, known[name], operand, at))
        yield known[name], params[-1]


def _operand(entity: Entity, leaf: Leaf, comparison: Comparison, operand: Any, path: str) -> Param:
    if comparison.operand is Operand.ONE:
        return param(leaf, _read_one(entity, leaf, operand, path))
    items = [_read_one(entity, leaf, item, f"{path}.{at}") for at, item in enumerate(operand)]
    return param(leaf, items, is_list=True)


def _read_one(entity: Entity, leaf: Leaf, operand: Any, path: str) -> Any:
    if leaf is Scalar.ID:
        return parse_id(str(operand), entity.name)
    if isinstance(operand, str):
        return text(operand, path)
    return moment(operand, path) if isinstance(operand, datetime) else operand


def text(operand: str, path: str) -> str:
    """Text that PostgreSQL can take. Raises HubError(BAD_INPUT) for NUL and lone surrogates."""
    if not is_keepable(operand):
        raise HubError(
            Code.BAD_INPUT, f"{path} holds a character that is no text. Take it out of the value."
        )
    return operand


def moment(operand: datetime, path: str) -> datetime:
    """A time with an offset, in a year that PostgreSQL takes. Raises HubError(BAD_INPUT)."""
    if operand.tzinfo is None:
        raise HubError(
            Code.BAD_INPUT, f"{path} has no offset. Write it with one: {operand.isoformat()}+08:00."
        )
    try:
        return operand.astimezone(UTC)
    except OverflowError as error:
        raise HubError(
            Code.BAD_INPUT, f"{path} is at the end of all years. Give a time nearer to this year."
        ) from error
