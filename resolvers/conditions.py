"""`where` as a condition. What it takes is a dictionary by GraphQL names, as the input came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import and_, false, literal, not_, or_, true

from hub.errors import Code, HubError
from resolvers.rows import rows_of, some, stored, target_of
from schema.comparisons import Comparison, Operand, comparisons_of
from schema.declare import Entity, Expression, Leaf, Row, Scalar, Value
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


def condition(entity: Entity, row: Row, where: Where, path: str = "where") -> Expression:
    """The condition on a row of the entity.

    Raises HubError BAD_INPUT for an operand that is null or unreadable, BAD_ID.
    """
    parts = [_part(entity, row, name, operand, f"{path}.{name}") for name, operand in where.items()]
    return and_(true(), *parts)


def _part(entity: Entity, row: Row, name: str, operand: Any, path: str) -> Expression:
    if operand is None:
        raise HubError(Code.BAD_INPUT, f"{path} is null. Leave it out, or compare with isNull.")
    if name in ("and", "or"):
        parts = [
            condition(entity, row, item, f"{path}.{index}") for index, item in enumerate(operand)
        ]
        return and_(true(), *parts) if name == "and" else or_(false(), *parts)
    if name == "not":
        return not_(condition(entity, row, operand, path).is_(True))
    if name in entity.comparable:
        return _compare(entity, entity.comparable[name], row, operand, path)
    return _edge_or_filter(entity, row, name, operand, path)


def _edge_or_filter(entity: Entity, row: Row, name: str, operand: Any, path: str) -> Expression:
    for extra in entity.filters:
        if extra.name == name:
            return extra.condition(row, literal(_text(operand, path)))
    edge = next(edge for edge in entity.edges if edge.name == name)
    target = target_of(edge)
    other = rows_of(target, edge)
    return some(edge, row, other, condition(target, other, operand, path))


def _compare(entity: Entity, value: Value, row: Row, operands: Where, path: str) -> Expression:
    known = {comparison.name: comparison for comparison in comparisons_of(value.leaf)}
    left = stored(value, row)
    parts = []
    for name, operand in operands.items():
        right = _read(entity, value.leaf, known[name], operand, f"{path}.{name}")
        parts.append(known[name].condition(left, right))
    return and_(true(), *parts)


def _read(entity: Entity, leaf: Leaf, comparison: Comparison, operand: Any, path: str) -> Any:
    if operand is None:
        raise HubError(Code.BAD_INPUT, f"{path} is null. Leave it out, or compare with isNull.")
    if comparison.operand is Operand.FLAG:
        return operand
    if comparison.operand is Operand.LIST:
        return _read_list(entity, leaf, operand, path)
    return _read_one(entity, leaf, operand, path)


def _read_list(entity: Entity, leaf: Leaf, operand: Sequence[Any], path: str) -> list[Any]:
    return [_read_one(entity, leaf, item, f"{path}.{at}") for at, item in enumerate(operand)]


def _read_one(entity: Entity, leaf: Leaf, operand: Any, path: str) -> Any:
    if leaf is Scalar.ID:
        return current_id(entity, parse_id(str(operand), entity.name))
    if isinstance(operand, Enum):
        return operand.name
    if isinstance(operand, str):
        return _text(operand, path)
    if isinstance(operand, datetime) and operand.tzinfo is None:
        raise HubError(
            Code.BAD_INPUT, f"{path} has no offset. Write it with one: {operand.isoformat()}+08:00."
        )
    return operand


def current_id(entity: Entity, key: UUID) -> Any:
    """The id of a row, or of the row that took its place."""
    return key if entity.resolve_id is None else entity.resolve_id(literal(key))


def _text(operand: str, path: str) -> str:
    """Text that PostgreSQL can take. Raises HubError(BAD_INPUT) for NUL and lone surrogates."""
    if "\x00" in operand or (not operand.isprintable() and _is_broken(operand)):
        raise HubError(
            Code.BAD_INPUT, f"{path} holds a character that is no text. Take it out of the value."
        )
    return operand


def _is_broken(operand: str) -> bool:
    try:
        operand.encode()
    except UnicodeEncodeError:
        return True
    return False
