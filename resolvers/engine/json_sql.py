"""JSON as PostgreSQL builds it: objects, lists, values of one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    Text,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from schema.declare import Edge, Expression, Row

EMPTY = literal_column("'[]'::json", JSON)
Columns: TypeAlias = Mapping[str, Expression]


class JsonObject(ColumnElement[Any]):
    """Columns as one compact JSON object, in order: a select of its own without FROM.

    Written by hand, since SQLAlchemy takes long to look into selects that it need not know.
    """

    inherit_cache = False
    type = JSON()

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    @property
    def _from_objects(self) -> list[FromClause]:
        return []


OBJECT = '"{}"'
"""The name of the row that becomes an object: no name of GraphQL can be the same, so that no alias
that a client chose can stand before it."""

MAX_NAME = 63
"""Bytes of the longest name that PostgreSQL keeps whole."""


@compiles(JsonObject)
def write_object(element: JsonObject, compiler: SQLCompiler, **options: Any) -> str:
    """The text of an object. Response keys are GraphQL names and need no more than quotes."""
    values = [compiler.process(value, **options) for value in element.columns.values()]
    if any(len(key) > MAX_NAME for key in element.columns):
        return _write_long(list(element.columns), values)
    named = zip(values, element.columns, strict=True)
    columns = ", ".join(f'{value} AS "{key}"' for value, key in named)
    return f"(SELECT row_to_json({OBJECT}) FROM (SELECT {columns}) AS {OBJECT})"


def _write_long(keys: list[str], values: list[str]) -> str:
    """An object with a key longer than a name of PostgreSQL: put together as text."""
    columns = ", ".join(f"{value} AS value_{at}" for at, value in enumerate(values))
    parts = " || ',' || ".join(
        f"""'"{key}":' || coalesce(to_json(value_{at})::text, 'null')"""
        for at, key in enumerate(keys)
    )
    return f"(SELECT ('{{' || {parts} || '}}')::json FROM (SELECT {columns}) AS {OBJECT})"


def as_list(found: Select[Any], *own: Row | None) -> Expression:
    """The one column of the rows as a JSON array, in order."""
    rows = one(found, *own)
    return func.array_to_json(func.array(rows), type_=JSON)


def as_ordered_list(item: Expression, order: ColumnElement[Any], kept: Expression) -> Expression:
    """The items of a group that are kept, as a JSON array."""
    items = func.array_agg(aggregate_order_by(item, order)).filter(kept)
    return func.coalesce(func.array_to_json(items), EMPTY, type_=JSON)


def one(found: Select[Any], *own: Row | None) -> ScalarSelect[Any]:
    """A statement as a value; `own` are the rows that it does not take from outside."""
    return found.correlate_except(*(row for row in own if row is not None)).scalar_subquery()


def or_fail(linked: Expression, must_exist: Expression, row: Row) -> Expression:
    """A row that must be there under a condition: where it is not, the statement fails.

    What makes it fail is read from a table, so that it is not computed while planning.
    """
    reason = select(literal("missing ") + cast(row.c.id, Text)).limit(literal_column("1"))
    missing = cast(reason.scalar_subquery(), JSON)
    return func.coalesce(linked, case((must_exist, missing)), type_=JSON)


def never_null(linked: Expression, own: Row, edge: Edge) -> Expression:
    """A row that must be there: where it is not, the statement fails and the executor answers."""
    missing = literal(f"no {edge.name} of ") + cast(own.c[edge.keys[0]], Text)
    return func.coalesce(linked, cast(missing, JSON), type_=JSON)
