"""The rows of a page as a table of their own: what they show is read when the page is cut."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Select,
    TableClause,
    Uuid,
    column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from resolvers.sql.rows import MEMBER
from schema.declare import Expression, Row, Value

KEY = "_key_"
"""Prefix of the columns that hold what orders the rows."""

NUMBERS = count(1)
"""A page may stand inside another: each has a name of its own."""

Found: TypeAlias = Select[Any] | CompoundSelect[Any]


class Star(ColumnClause[Any]):
    """All columns of a row, unnamed: to write out some thirty would take longer than to plan."""

    inherit_cache = False

    def __init__(self, row: Row) -> None:
        super().__init__("*", is_literal=True)
        self.row = row

    @property
    def _from_objects(self) -> list[Row]:
        return [self.row]


@compiles(Star)
def write_star(element: Star, compiler: SQLCompiler, **options: Any) -> str:
    """`name.*`, by the name that the statement has for the row."""
    first: str = compiler.process(next(iter(element.row.c)))
    return f"{first.rsplit('.', 1)[0]}.*"


class PageRows(TableClause):
    """What `found` selects: all columns of `row`, then others by name."""

    inherit_cache = False

    def __init__(self, row: Row, others: Iterable[str], found: Found) -> None:
        columns = (column(item.name, item.type) for item in row.c)
        super().__init__(f"page_{next(NUMBERS)}", *columns, *map(column, others))
        self.found = found

    @property
    def keys(self) -> list[Expression]:
        """What orders the rows."""
        return [item for item in self.c if item.name.startswith(KEY)]

    def numbered(self, *numbers: Expression) -> PageRows:
        """The same rows with more columns, such as their numbers."""
        names = [number.name for number in numbers]
        return PageRows(self, names, select(Star(self), *numbers).select_from(self))

    def read_member(self, value: Value) -> Expression:
        """A value of the membership."""
        return cast(Expression, self.c[MEMBER + value.name])


@compiles(PageRows)
def write_page(
    element: PageRows, compiler: SQLCompiler, asfrom: bool = False, **options: Any
) -> str:
    """The statement in FROM, elsewhere its name."""
    if not asfrom:
        return element.name
    return f"({compiler.process(element.found, asfrom=True, **options)}) AS {element.name}"


class KeptIds(TableClause):
    """Ids of rows, found once for all that asks for them inside `With`."""

    inherit_cache = False

    def __init__(self, found: Select[Any]) -> None:
        super().__init__(f"kept_{next(NUMBERS)}", column("id", Uuid))
        self.found = found


class With(ColumnElement[Any]):
    """A value that is worked out of ids found before."""

    inherit_cache = False

    def __init__(self, kept: KeptIds, value: Expression) -> None:
        self.kept, self.value, self.type = kept, value, value.type

    @property
    def _from_objects(self) -> list[Row]:
        return []


@compiles(With)
def write_with(element: With, compiler: SQLCompiler, **options: Any) -> str:
    """A statement of its own, whose ids PostgreSQL finds first and keeps."""
    found = compiler.process(element.kept.found, **options)
    value = compiler.process(element.value, **options)
    return f"(WITH {element.kept.name} AS MATERIALIZED ({found}) SELECT {value})"
