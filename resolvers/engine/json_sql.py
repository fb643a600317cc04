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


@compiles(JsonObject)
def write_object(element: JsonObject, compiler: SQLCompiler, **options: Any) -> str:
    """The text of an object. Response keys are GraphQL names and need no more than quotes."""
    columns = ", ".join(
        f'{compiler.process(value, **options)} AS "{key}"' for key, value in element.columns.items()
    )
    return f"(SELECT row_to_json(o) FROM (SELECT {columns}) AS o)"


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
