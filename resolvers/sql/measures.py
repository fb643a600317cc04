"""What groups of rows are measured by: counts, ends, and what numbers come to.

Sums and means are reckoned in decimal numbers, so that they do not depend on the order of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from sqlalchemy import BigInteger, Double, Numeric, Text, case, cast, func, literal_column

from resolvers.sql.joins import Joins
from resolvers.sql.params import Param
from resolvers.sql.rows import stored
from schema.declare import Edge, Expression, Scalar, Shape, Value

ORDERED = (Scalar.INT, Scalar.FLOAT, Scalar.DATE, Scalar.DATE_TIME)
"""Leaf types that have a smallest and a largest value."""


@dataclass(frozen=True, slots=True)
class Path:
    """A value of the row, or of rows that edges lead to."""

    edges: tuple[Edge, ...]
    value: Value
    params: tuple[Param, ...] = ()

    @property
    def name(self) -> str:
        """`person.gender`."""
        return ".".join((*(edge.name for edge in self.edges), self.value.name))

    @property
    def entity_name(self) -> str:
        """The type that the last edge leads to; only for paths with edges."""
        return self.edges[-1].target

    @property
    def is_many(self) -> bool:
        """Whether it can lead to several values from one row."""
        return any(edge.shape is not Shape.ONE for edge in self.edges)


class Extreme(Enum):
    """Which end of the values."""

    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Count:
    """The number of rows."""

    is_many = False
    is_of_parts = True

    def expression(self, _joins: Joins) -> Expression:
        """The aggregate."""
        return func.count()

    def total(self, parts: Expression) -> Expression:
        """The measure of a whole out of those of its parts."""
        return cast(func.sum(parts), BigInteger)


@dataclass(frozen=True, slots=True)
class Distinct:
    """The number of different values at the end of a path; nulls do not count."""

    path: Path
    is_of_parts = False

    @property
    def is_many(self) -> bool:
        """Whether one row can have several of the values."""
        return self.path.is_many

    def expression(self, joins: Joins) -> Expression:
        """The aggregate."""
        return func.count(joins.value(self.path.edges, self.path.value).distinct())


@dataclass(frozen=True, slots=True)
class End:
    """The smallest or the largest of a value of the row."""

    extreme: Extreme
    value: Value
    is_many = False
    is_of_parts = True

    def expression(self, joins: Joins) -> Expression:
        """The aggregate."""
        return self.total(stored(self.value, joins.row))

    def total(self, parts: Expression) -> Expression:
        """The measure of a whole out of those of its parts."""
        return func.min(parts) if self.extreme is Extreme.MIN else func.max(parts)


class Statistic(Enum):
    """What the values of a numeric field come to; rows without a value do not count."""

    SUM = "sum"
    AVERAGE = "average"
    MEDIAN = "median"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Summary:
    """A statistic of a value of the row.

    Where the value counts only among rows alike in a column, there is none over others.
    """

    statistic: Statistic
    value: Value
    is_many = False

    @property
    def is_of_parts(self) -> bool:
        """Whether that of a whole can be had from those of its parts."""
        is_sum = self.statistic is Statistic.SUM and self.value.within is None
        return is_sum or self.statistic is Statistic.KNOWN

    def expression(self, joins: Joins) -> Expression:
        """The aggregate."""
        read = stored(self.value, joins.row)
        if self.statistic is Statistic.KNOWN:
            return func.count(read)
        found = self._reckoned(read)
        if self.value.within is None:
            return found
        groups = func.count(
            func.coalesce(cast(joins.row.c[self.value.within], Text), "").distinct()
        )
        return case((groups == 1, found))

    def _reckoned(self, read: Expression) -> Expression:
        exact = cast(read, Numeric)
        if self.statistic is Statistic.SUM:
            return func.sum(exact)
        if self.statistic is Statistic.AVERAGE:
            return func.avg(exact)
        middle = func.percentile_cont(literal_column("0.5")).within_group(cast(read, Double))
        return cast(middle, Numeric)

    def total(self, parts: Expression) -> Expression:
        """The measure of a whole out of those of its parts."""
        return cast(func.sum(parts), Numeric)


Measure: TypeAlias = Count | Distinct | End | Summary


def shown(measure: Measure, found: Expression) -> Expression:
    """What was measured as the graph shows it."""
    if not isinstance(measure, Summary):
        return found
    return cast(found, BigInteger if measure.statistic is Statistic.KNOWN else Double)
