"""Databases, read in a thread by SQLAlchemy. The hub never writes there."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import aclosing, closing
from typing import Literal

from pydantic import Field, model_validator
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import DataError, DBAPIError, NoSuchTableError

from connectors.databases import (
    RowSource,
    changed_since,
    classed,
    one_of,
    open_engine,
    schema_and_name,
)
from connectors.manifest import (
    Address,
    Connection,
    Name,
    StreamManifest,
    SystemManifest,
    narrowed,
    placeholders,
    resolve,
)
from connectors.mapping import Positions, compile_mapping, key_ways
from connectors.reading import (
    BATCH,
    SHOWN,
    Batch,
    KindOfSystem,
    Row,
    check_columns,
    in_thread,
    with_retries,
)
from hub.errors import Code, StopRun
from hub.subjects.systems import ConnectorKind


class SqlConnection(Connection):
    """A database that SQLAlchemy speaks to. The hub only reads."""

    kind: Literal["sql"]
    url: Address
    """SQLAlchemy URL, such as mysql+pymysql://reader:password@host/database."""
    attempts: int = Field(default=3, ge=1, le=10)
    """How often connecting is tried before the run stops as failed."""


class SqlStream(StreamManifest):
    """Records of a table or of a query."""

    table: Name | None = None
    """Table or view, with its schema before a dot where it needs one."""
    query: Name | None = None
    """A SELECT instead of a table. A colon before a word is written as \\:."""

    @property
    def nested(self) -> bool:
        """False: a column's name is taken as it is."""
        return False

    @model_validator(mode="after")
    def _table_or_query(self) -> SqlStream:
        if (self.table is None) == (self.query is None):
            raise ValueError("give either table or query")
        return self

    @property
    def row_source(self) -> RowSource:
        """Where its rows come from, and which of their columns are asked for."""
        return RowSource(self.table, self.query, self.columns, self.cursor)


class SqlConnector:
    """One database. See `connectors.reading.Connector`."""

    shifts = False

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, SqlConnection)
        self._where = f"Database of system {system.system}"
        self._attempts = connection.attempts
        self._engine = open_engine(resolve(connection.url, environ, system.system), self._where)
        self._positions = Positions()

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of `stream`, by its cursor where it has one.

        Rows without a cursor value come with every read. Raises TryLater, StopRun(SOURCE_REFUSED,
        SOURCE_CHANGED).
        """
        sql = narrowed(stream, SqlStream)
        await self.check()
        await asyncio.to_thread(self._check_columns, sql)
        clock = await asyncio.to_thread(self._read_clock) if sql.cursor else None
        self._positions.start(sql, since, clock)
        since = self._positions.overlapped(sql, since)
        async with aclosing(in_thread(self._batches(sql, since))) as batches:
            async for batch in batches:
                yield self._positions.follow(sql, batch)

    def position(self, stream: StreamManifest) -> object | None:
        """The highest cursor value of the last pass."""
        return self._positions.of(stream)

    def doubt(self, stream: StreamManifest) -> str | None:
        """None: a query sees one state of its table."""
        return None

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records in one query."""
        sql = narrowed(stream, SqlStream)
        wanted = [columns for key in keys for columns in key_ways(sql, key)]
        rows = await asyncio.to_thread(self._look_up, sql, wanted) if wanted else []
        mapping = compile_mapping(sql)
        found = {keyed.external_id: row for row in rows for keyed in mapping.expand_readable(row)}
        return {key: found[key] for key in keys if key in found}

    async def check(self) -> None:
        """Connect, tried again while the server does not answer."""

        async def connect() -> None:
            await asyncio.to_thread(self._connect)

        await with_retries(self._attempts, connect)

    async def stored(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Close the connections."""
        await asyncio.to_thread(self._engine.dispose)

    def _connect(self) -> None:
        try:
            self._engine.connect().close()
        except DBAPIError as error:
            raise classed(error, self._where) from error

    def _check_columns(self, sql: SqlStream) -> None:
        if sql.table is None:
            return
        schema, name = schema_and_name(sql.table)
        try:
            found = {str(c["name"]) for c in inspect(self._engine).get_columns(name, schema)}
        except DBAPIError as error:
            raise classed(error, self._where) from error
        except NoSuchTableError as error:
            raise StopRun(
                Code.SOURCE_CHANGED,
                f"{self._where} has no table {sql.table}. Correct the manifest.",
            ) from error
        check_columns(sql, found, f"Table {sql.table}")

    def _batches(self, sql: SqlStream, since: object | None) -> Generator[Batch]:
        statement = changed_since(sql.row_source, since)
        options = {"stream_results": True, "yield_per": BATCH}
        place = _place(sql)
        try:
            with (
                self._engine.connect().execution_options(**options) as connection,
                closing(connection.execute(statement)) as result,
            ):
                names = list(result.keys())
                for partition in result.partitions():
                    rows = (dict(zip(names, values, strict=True)) for values in partition)
                    yield [Row(row, place(row)) for row in rows]
        except DBAPIError as error:
            raise classed(error, self._where) from error

    def _look_up(self, sql: SqlStream, wanted: list[dict[str, str]]) -> list[Row]:
        """The rows with these columns; those that cannot stand in their columns are in no row."""
        place = _place(sql)
        try:
            with self._engine.connect() as connection:
                result = connection.execute(one_of(sql.row_source, wanted))
                names = list(result.keys())
                rows = [dict(zip(names, values, strict=True)) for values in result]
                return [Row(row, place(row)) for row in rows]
        except DBAPIError as error:
            if not isinstance(error, DataError):
                raise classed(error, self._where) from error
        if len(wanted) == 1:
            return []
        half = len(wanted) // 2
        return self._look_up(sql, wanted[:half]) + self._look_up(sql, wanted[half:])

    def _read_clock(self) -> dt.datetime | None:
        """What time it is for the database, as its sessions write it; None where it tells none."""
        try:
            with self._engine.connect() as connection:
                now = connection.scalar(select(func.current_timestamp()))
        except DBAPIError as error:
            raise classed(error, self._where) from error
        return now if isinstance(now, dt.datetime) else None


def shown(value: object) -> str:
    """A part of a key for people to read."""
    text = repr(value) if isinstance(value, str) and not value.isprintable() else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _place(sql: SqlStream) -> Callable[[Mapping[str, object]], str]:
    """How a row is named in messages: `table npc_member, id=17`."""
    origin = f"table {sql.table}" if sql.table else f"query of {sql.name}"
    part = sql.split.as_ if sql.split else None
    columns = [name for name in placeholders(sql.key) if name != part]

    def place(row: Mapping[str, object]) -> str:
        return ", ".join([origin, *(f"{name}={shown(row[name])}" for name in columns)])

    return place


KIND = KindOfSystem(
    "A system whose database the hub may read.",
    ConnectorKind.SQL,
    SqlConnection,
    SqlStream,
    SqlConnector,
)
