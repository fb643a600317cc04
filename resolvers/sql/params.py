"""Values of an operation's arguments, apart from the form of what is asked.

What is read from arguments (`Page`, `Test`) compares equal for every request of the same form:
a `Param` equals any other of its type. So one statement serves all of them, and only the values
differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Date, DateTime, Double, Integer, Text, Uuid, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from schema.declare import Expression, Leaf, Scalar

TYPES: dict[Scalar, TypeEngine[Any]] = {
    Scalar.ID: Uuid(),
    Scalar.STRING: Text(),
    Scalar.INT: Integer(),
    Scalar.FLOAT: Double(),
    Scalar.BOOLEAN: Boolean(),
    Scalar.DATE: Date(),
    Scalar.DATE_TIME: DateTime(timezone=True),
}


@dataclass(frozen=True, slots=True)
class Param:
    """A value, or a list of values, of a leaf type. Lists are tuples. Enums go as their names."""

    scalar: Scalar
    is_list: bool
    value: Any = field(compare=False)

    @property
    def type(self) -> TypeEngine[Any]:
        """The type in PostgreSQL."""
        one = TYPES[self.scalar]
        return ARRAY(one) if self.is_list else one

    def bound(self) -> Expression:
        """The value as a bound parameter of a statement that is run once."""
        return bindparam(None, self.value, self.type)


def type_of(leaf: Leaf) -> TypeEngine[Any]:
    """The type in PostgreSQL of a leaf type; enums are stored by name."""
    return TYPES[leaf] if isinstance(leaf, Scalar) else Text()


Bind: TypeAlias = Callable[[Param], Expression]
"""How a statement holds a value: bound at once, or as a place to be filled at each run."""


def param(leaf: Leaf, value: object, *, is_list: bool = False) -> Param:
    """The param of a value that a leaf type took."""
    scalar = leaf if isinstance(leaf, Scalar) else Scalar.STRING
    if is_list and isinstance(value, list | tuple):
        return Param(scalar, True, tuple(_plain(item) for item in value))
    return Param(scalar, is_list, _plain(value))


def _plain(value: object) -> object:
    return value.name if isinstance(value, Enum) else value
