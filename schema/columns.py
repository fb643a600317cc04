"""Values and edges out of table columns: type, nullability and description come from the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    CompoundSelect,
    Date,
    DateTime,
    Float,
    Integer,
    Select,
    Table,
    Text,
    any_,
    cast,
    func,
    null,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects.columns import own_columns
from hub.subjects.kinds import camel
from hub.subjects.orders import is_indexed, is_order
from schema.declare import Edge, Expression, Leaf, Period, Row, Scalar, Shape, Through, Value

LEAVES: tuple[tuple[type[Any], Scalar], ...] = (
    (Boolean, Scalar.BOOLEAN),
    (Integer, Scalar.INT),
    (Float, Scalar.FLOAT),
    (DateTime, Scalar.DATE_TIME),
    (Date, Scalar.DATE),
    (JSONB, Scalar.JSON),
    (Text, Scalar.STRING),
)

LeadingTo: TypeAlias = Callable[[Row, Expression], Select[Any] | CompoundSelect[Any]]

RESTRICTED = "Null unless the caller's key may read restricted fields 受限字段."


def among(column: ColumnElement[Any], ids: Select[Any]) -> Expression:
    """Whether a column holds one of the ids that a statement gives.

    As an array they are found once for each outer row and looked up by an index; with IN,
    PostgreSQL tries all pairs of rows where the statement depends on the outer one.
    """
    return column == any_(func.array(ids.scalar_subquery()))


def columns(table: Table, *names: str, **descriptions: str) -> tuple[Value, ...]:
    """Values that show columns; `descriptions` are for names whose comment lacks the term."""
    return tuple(column(table.c[name], descriptions.get(name)) for name in names)


def own(table: Table, *left_out: str) -> tuple[Value, ...]:
    """Values that show every column of a golden table that holds one, but those left out."""
    return tuple(column(each) for each in own_columns(table) if each.name not in left_out)


def column(source: Column[Any], description: str | None = None) -> Value:
    """A value that shows one column under its name in camel case."""
    name = source.name
    is_restricted = bool(source.info.get("restricted"))
    text = description or str(source.comment)
    return Value(
        camel(name),
        leaf_of(source),
        text.replace("Restricted.", RESTRICTED) if is_restricted else text,
        lambda row: row.c[name],
        bool(source.nullable),
        (lambda _: cast(null(), Text)) if is_restricted else None,
        is_order(source),
        source.info.get("quantity"),
        source.info.get("within"),
    )


def leaf_of(source: Column[Any]) -> Leaf:
    """The leaf type of a column."""
    if "enum" in source.info:
        enum: Leaf = source.info["enum"]
        return enum
    return next(leaf for kind, leaf in LEAVES if isinstance(source.type, kind))


def one(name: str, target: str, via: Column[Any], description: str | None = None) -> Edge:
    """The row whose id the column `via` holds.

    Rows are not ordered by rows of their own kind: a tree may have any number of rows below one.
    """
    key = via.name
    return Edge(
        name,
        target,
        description or str(via.comment),
        Shape.ONE,
        (key,),
        lambda own, row: row.c.id == own.c[key],
        via=key,
        is_nullable=bool(via.nullable),
        is_ordered=is_indexed(via) and via.info.get("target") != via.table.name,
    )


def led_by(
    name: str, target: str, key: str, description: str, *, is_nullable: bool = False
) -> Edge:
    """The row whose id stands in the column `key` of a derived row."""
    return Edge(
        name,
        target,
        description,
        Shape.ONE,
        (key,),
        lambda own, row: row.c.id == own.c[key],
        via=key,
        is_nullable=is_nullable,
    )


def any_node(name: str, type_key: str, via: str, description: str) -> Edge:
    """The row of any type: the column `type_key` holds the type, the column `via` the id."""
    return Edge(
        name,
        "Node",
        description,
        Shape.ONE,
        (type_key, via),
        lambda own, row: row.c.id == own.c[via],
        via=via,
        type_key=type_key,
    )


def first(
    name: str,
    target: str,
    description: str,
    match: Callable[[Row, Row], Expression],
    order: Callable[[Row], tuple[Expression, ...]] | None = None,
    *,
    leading_to: LeadingTo | None = None,
) -> Edge:
    """The first row that matches, or null."""
    return Edge(
        name, target, description, Shape.ONE, ("id",), match, order=order, leading_to=leading_to
    )


def many(name: str, target: str, column: str, description: str) -> Edge:
    """A connection of the rows whose `column` holds the own id."""
    return Edge(
        name,
        target,
        description,
        Shape.CONNECTION,
        ("id",),
        lambda own, row: row.c[column] == own.c.id,
    )


def matching(
    name: str,
    target: str,
    description: str,
    match: Callable[[Row, Row], Expression],
    *,
    is_of_today: bool = False,
    leading_to: LeadingTo | None = None,
) -> Edge:
    """A connection of the rows that match."""
    return Edge(
        name,
        target,
        description,
        Shape.CONNECTION,
        ("id",),
        match,
        is_of_today=is_of_today,
        leading_to=leading_to,
    )


def members(
    name: str,
    target: str,
    table: Table,
    own: str,
    column: str,
    description: str,
    *,
    stated: tuple[str, ...] = ("role", "start_date", "end_date"),
) -> Edge:
    """A connection over the membership `table`, with what is `stated` of each pair on its edge."""
    return Edge(
        name,
        target,
        description,
        Shape.CONNECTION,
        ("id",),
        lambda row, member: member.c[own] == row.c.id,
        through=Through(
            table,
            own,
            column,
            columns(table, *stated),
            Period(lambda row: row.c.start_date, lambda row: row.c.end_date),
        ),
    )


def listed(
    name: str,
    target: str,
    description: str,
    match: Callable[[Row, Row], Expression],
    order: Callable[[Row], tuple[Expression, ...]],
    *,
    keys: tuple[str, ...] = ("id",),
    rows: Select[Any] | None = None,
    leading_to: LeadingTo | None = None,
    masked_rows: Select[Any] | None = None,
) -> Edge:
    """The whole list of the rows that match, in `order`."""
    return Edge(
        name,
        target,
        description,
        Shape.LIST,
        keys,
        match,
        rows=rows,
        masked_rows=masked_rows,
        order=order,
        is_nullable=False,
        leading_to=leading_to,
    )
