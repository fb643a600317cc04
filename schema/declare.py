"""The words in which the graph is declared.

An `Entity` is a type of the graph bound to a table. Its `Value`s are expressions over one row of
that table; its `Edge`s say which rows of another entity belong to a row. Both take the rows as
FROM elements, so that a loader can join them to a list of keys and a compiler to anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    true,
)

from hub.subjects.columns import Quantity

Row: TypeAlias = FromClause
"""A table, or an alias of one, of which a statement reads a row."""

Expression: TypeAlias = ColumnElement[Any]


class Scalar(Enum):
    """A leaf type of the graph that is no enum; the value is its name there."""

    ID = "ID"
    STRING = "String"
    INT = "Int"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "Date"
    DATE_TIME = "DateTime"
    JSON = "JSON"


Leaf: TypeAlias = Scalar | type[Enum]


class Shape(Enum):
    """How an edge shows in the graph."""

    ONE = "one node or null"
    LIST = "the whole list"
    CONNECTION = "a Relay connection"


@dataclass(frozen=True, eq=False, slots=True)
class Value:
    """A leaf field: an expression over the row.

    `masked` is what callers read who may not read restricted values; None: the same. A masked
    value is neither filtered nor ordered by. `is_ordered`: an index orders the rows by it.
    `quantity`: what many of them come to; among rows alike in the column `within`, if it is named.
    """

    name: str
    leaf: Leaf
    description: str
    expression: Callable[[Row], Expression]
    is_nullable: bool = True
    masked: Callable[[Row], Expression] | None = None
    is_ordered: bool = False
    quantity: Quantity | None = None
    within: str | None = None

    def read(self, row: Row, reads_restricted: bool) -> Expression:
        """The expression for this caller."""
        use = self.expression if reads_restricted or self.masked is None else self.masked
        return use(row)

    @property
    def is_comparable(self) -> bool:
        """Whether `where` and groups take it."""
        return self.masked is None and self.leaf is not Scalar.JSON


@dataclass(frozen=True, eq=False, slots=True)
class Period:
    """When a row held: its first and last day, null where none is known.

    `has_ended` tells that it is over though no last day is known; then a day after the first one is
    in doubt. Without it no last day means that it goes on.
    """

    first: Callable[[Row], Expression]
    last: Callable[[Row], Expression]
    has_ended: Callable[[Row], Expression] = lambda _: false()

    def held_on(self, row: Row, day: Expression) -> Expression:
        """Whether it held on a day; null where the days that are known do not tell."""
        first, last = self.first(row), self.last(row)
        return case(
            (or_(first > day, last < day), false()),
            (or_(first.is_(None), and_(last.is_(None), self.has_ended(row))), null()),
            else_=true(),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Through:
    """A membership table between two entities; its values become fields of the Relay edge."""

    table: Table
    own: str
    target: str
    values: tuple[Value, ...]
    period: Period


@dataclass(frozen=True, eq=False, slots=True)
class Edge:
    """A field that leads to other rows.

    `keys` are the columns of the own row that `match(own, target)` reads; `via` names the one
    column that holds the target's id, where it is that simple. With `through`, `match` is between
    the own row and the membership. `rows` takes the place of the target's own table, `masked_rows`
    that of `rows` for callers who may not read restricted values. `order`
    orders a list, and picks the row of a ONE that may match several. An edge to `Node` leads to
    rows of any type: `type_key` names the column with the type, `via` the one with the id. One that
    `is_of_today` leads to what holds today and takes no other day. `is_ordered`: an index leads
    from its target back to the rows, which can be ordered by it. `leading_to(target, condition)`
    gives the ids of the rows from which the edge leads to a target that meets the condition: for
    edges that, tried from each row, would take too long.
    """

    name: str
    target: str
    description: str
    shape: Shape
    keys: tuple[str, ...]
    match: Callable[[Row, Row], Expression]
    via: str | None = None
    through: Through | None = None
    rows: Select[Any] | None = None
    masked_rows: Select[Any] | None = None
    order: Callable[[Row], tuple[Expression, ...]] | None = None
    is_nullable: bool = True
    type_key: str | None = None
    is_of_today: bool = False
    is_ordered: bool = False
    leading_to: Callable[[Row, Expression], Select[Any] | CompoundSelect[Any]] | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Filter:
    """A condition of `where` besides the comparisons of values; its operand is a string."""

    name: str
    description: str
    condition: Callable[[Row, Expression], Expression]


@dataclass(frozen=True, eq=False)
class Entity:
    """A type of the graph and where its rows are.

    `plural` and `singular` are its root fields. `order` names the values of the default order;
    ties, and the rest, go by id. `resolve_id` leads an id to the one that took its place. Lists of
    rows that have a `period` can be asked for a day.
    """

    name: str
    source: Table | Select[Any] | None
    description: str
    values: tuple[Value, ...]
    edges: tuple[Edge, ...] = ()
    plural: str | None = None
    singular: str | None = None
    order: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    resolve_id: Callable[[Expression], Expression] | None = None
    period: Period | None = None

    @property
    def is_node(self) -> bool:
        """Whether it has an id, and with it filters, an order and a place under `node`."""
        return any(value.leaf is Scalar.ID for value in self.values)

    @cached_property
    def comparable(self) -> Mapping[str, Value]:
        """The values that `where` and groups take."""
        return {value.name: value for value in self.values if value.is_comparable}

    @cached_property
    def measured(self) -> Mapping[str, Value]:
        """The values that have a mean, some of them a sum."""
        return {name: value for name, value in self.comparable.items() if value.quantity}

    @cached_property
    def groupable(self) -> Mapping[str, Value]:
        """The values that groups take: those compared, and of each day its month and its year."""
        found: dict[str, Value] = {}
        for name, value in self.comparable.items():
            found[name] = value
            found |= {part.name: part for part in calendar(value)}
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Argument:
    """An argument of a look-up or a listing.

    `read` checks a given value, None where it is not given, and brings it into the form of the
    store; it raises HubError.
    """

    name: str
    leaf: Leaf
    description: str
    is_nullable: bool = False
    read: Callable[[Any], object] = lambda value: value
    is_list: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Lookup:
    """A root field that finds one row by something else than its id.

    Where no row is found it is null; but `refuse` raises HubError for arguments that must have one,
    and `must_exist` tells a statement that they are such.
    """

    name: str
    target: str
    description: str
    arguments: tuple[Argument, ...]
    match: Callable[[Row, Mapping[str, Expression]], Expression]
    order: Callable[[Row], tuple[Expression, ...]] | None = None
    must_exist: Callable[[Mapping[str, Expression]], Expression] | None = None
    refuse: Callable[[Mapping[str, Any]], None] | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Listing:
    """A root field that lists the rows that its arguments find.

    `rows` selects them, as many as are to be shown, with the columns that the target's values and
    edges read; `order` orders them.
    """

    name: str
    target: str
    description: str
    arguments: tuple[Argument, ...]
    rows: Callable[[Mapping[str, Expression]], Select[Any]]
    order: Callable[[Row], tuple[Expression, ...]]


def node_id(name: str) -> Value:
    """The field `id` of the entity `name`: its name and the row's id as one text."""
    return Value(
        "id",
        Scalar.ID,
        f"Id of the node, {name}: and a UUID 标识",
        lambda row: literal(f"{name}:") + cast(row.c.id, Text),
        is_nullable=False,
        is_ordered=True,
    )


ZONE = "Asia/Shanghai"
"""Where the days of the graph begin and end."""


def calendar(value: Value) -> Iterator[Value]:
    """The month and the year of a day or a time, by the clocks of China."""
    if value.leaf not in (Scalar.DATE, Scalar.DATE_TIME):
        return

    def local(row: Row) -> Expression:
        read = value.expression(row)
        return read if value.leaf is Scalar.DATE else func.timezone(ZONE, read)

    yield Value(
        f"{value.name}Month",
        Scalar.STRING,
        f"Month, 2025-03, of: {value.description}",
        lambda row: func.to_char(local(row), "YYYY-MM"),
        value.is_nullable,
    )
    yield Value(
        f"{value.name}Year",
        Scalar.INT,
        f"Year of: {value.description}",
        lambda row: cast(func.extract("year", local(row)), Integer),
        value.is_nullable,
    )
