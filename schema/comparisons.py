"""The comparisons of `where`, by the type of the value compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import any_, func

from schema.declare import Expression, Leaf, Scalar


class Operand(Enum):
    """What a comparison takes."""

    ONE = "a value of the compared type"
    LIST = "a list of such values"
    FLAG = "true or false"


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """One comparison of a value with an operand. Patterns have no wildcards."""

    name: str
    description: str
    condition: Callable[[Expression, Any], Expression]
    operand: Operand = Operand.ONE


EQ = Comparison("eq", "Equal 等于", lambda left, right: left == right)
NE = Comparison(
    "ne",
    "Not equal; leaves nulls out, as every comparison 不等于",
    lambda left, right: left != right,
)
IN = Comparison(
    "in", "Equal to one of the list 属于", lambda left, right: left == any_(right), Operand.LIST
)
LT = Comparison("lt", "Less, or earlier 小于", lambda left, right: left < right)
LTE = Comparison("lte", "Less or equal 小于等于", lambda left, right: left <= right)
GT = Comparison("gt", "Greater, or later 大于", lambda left, right: left > right)
GTE = Comparison("gte", "Greater or equal 大于等于", lambda left, right: left >= right)
STARTS_WITH = Comparison(
    "startsWith",
    "Begins with exactly this text, % and _ included 开头是",
    func.starts_with,
)
CONTAINS = Comparison(
    "contains",
    "Holds exactly this text, % and _ included 包含",
    lambda left, right: func.strpos(left, right) > 0,
)
IS_NULL = Comparison(
    "isNull",
    "true: only nulls; false: only values 是否为空",
    lambda left, right: left.is_(None) if right else left.is_not(None),
    Operand.FLAG,
)

ORDERED = (EQ, NE, IN, LT, LTE, GT, GTE, IS_NULL)
BY_SCALAR: dict[Scalar, tuple[Comparison, ...]] = {
    Scalar.ID: (EQ, NE, IN),
    Scalar.STRING: (*ORDERED[:-1], STARTS_WITH, CONTAINS, IS_NULL),
    Scalar.INT: ORDERED,
    Scalar.FLOAT: ORDERED,
    Scalar.BOOLEAN: (EQ, NE, IS_NULL),
    Scalar.DATE: ORDERED,
    Scalar.DATE_TIME: ORDERED,
}
OF_ENUM = (EQ, NE, IN, IS_NULL)


def comparisons_of(leaf: Leaf) -> tuple[Comparison, ...]:
    """The comparisons that values of this type take."""
    return BY_SCALAR[leaf] if isinstance(leaf, Scalar) else OF_ENUM


def name_of(leaf: Leaf) -> str:
    """The name of the type in the graph."""
    return leaf.value if isinstance(leaf, Scalar) else leaf.__name__
