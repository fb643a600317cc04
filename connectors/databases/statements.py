"""The engine and the statements of a database source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    Engine,
    FromClause,
    Select,
    and_,
    bindparam,
    column,
    create_engine,
    event,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import NullType

from connectors.databases.drivers import read_every_value
from hub.errors import Code, StopRun

Rows: TypeAlias = Select[*tuple[Any, ...]]
"""A statement that reads rows."""

_SECONDS_TO_CONNECT = {"pymysql": 10, "psycopg": 10}
_READ_ONLY = {
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}


class RowSource(NamedTuple):
    """A table, or a query, with the columns that are asked of it and the cursor among them."""

    table: str | None
    query: str | None
    columns: tuple[str, ...]
    cursor: str | None


def open_engine(url: str, where: str) -> Engine:
    """An engine whose sessions only read, where the database knows how.

    Nothing is connected yet. Raises StopRun(BAD_SETTING); the message does not hold the URL.
    """
    try:
        engine = create_engine(url, pool_size=1, max_overflow=1)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StopRun(
            Code.BAD_SETTING,
            f"{where}: connector.url is no database URL, or its driver is not installed. "
            "Write it like mysql+pymysql://reader:password@host/database.",
        ) from error
    event.listen(engine, "do_connect", _limit_connecting)
    read_every_value(engine)
    if engine.dialect.name in _READ_ONLY:
        event.listen(engine, "connect", _read_only(_READ_ONLY[engine.dialect.name]))
    return engine


def changed_since(source: RowSource, since: object | None) -> Rows:
    """The mapped columns of the rows at or after `since`, and of those without a cursor value."""
    statement = _everything(source)
    if source.cursor is None:
        return statement
    cursor: ColumnClause[Any] = column(source.cursor)
    if since is not None:
        statement = statement.where(or_(cursor >= _untyped(since), cursor.is_(None)))
    return statement.order_by(cursor)


def one_of(source: RowSource, wanted: Iterable[Mapping[str, str]]) -> Rows:
    """The rows whose columns have one of the sets of values in `wanted`."""
    conditions = (
        and_(*(column(name) == _untyped(value) for name, value in columns.items()))
        for columns in wanted
    )
    return _everything(source).where(or_(*conditions))


def schema_and_name(given: str) -> tuple[str | None, str]:
    """`npc.member` as schema and table."""
    schema, _, name = given.rpartition(".")
    return schema or None, name


def _everything(source: RowSource) -> Rows:
    names = sorted({*source.columns, *([source.cursor] if source.cursor else [])})
    return select(*_columns(names)).select_from(_origin(source, names))


def _origin(source: RowSource, names: list[str]) -> FromClause:
    if source.table is None:
        return text(source.query or "").columns(*_columns(names)).subquery("source")
    schema, name = schema_and_name(source.table)
    return table(name, schema=schema)


def _columns(names: Iterable[str]) -> list[ColumnClause[Any]]:
    return [column(name) for name in names]


def _untyped(value: object) -> BindParameter[Any]:
    """A parameter whose type the database takes from the column it is compared with."""
    return bindparam(None, value, type_=NullType(), unique=True)


def _limit_connecting(
    dialect: Any, record: ConnectionPoolEntry, args: list[Any], options: dict[str, Any]
) -> None:
    seconds = _SECONDS_TO_CONNECT.get(dialect.driver)
    if seconds is not None:
        options.setdefault("connect_timeout", seconds)


def _read_only(statement: str) -> Any:
    def connected(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()
        connection.commit()

    return connected
