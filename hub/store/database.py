"""The connection to PostgreSQL: the embedded server or one of the operator's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar, cast

import asyncpg
import orjson
from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from hub.errors import Code, StopRun
from hub.settings import Settings
from hub.store.driver import Driver
from hub.store.embedded import embedded_url, restart_embedded
from hub.store.locks import writing
from hub.store.readers import GONE, Readers
from hub.store.turns import Turns

__all__ = ["Database", "Driver", "database_url", "open_database"]

Connected = TypeVar("Connected")

DOWN = (OSError, DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What connecting fails with."""

HEAVY_SHARE = 5
"""One in so many reading connections is for heavy reads."""

STATEMENT_BYTES = 200_000_000
"""Bytes that prepared statements may hold in PostgreSQL, over all connections of a process."""


def database_url(settings: Settings) -> URL:
    """The URL of the store, with the driver of this program. Starts the embedded server if due.

    Raises StopRun(BAD_SETTING) for a URL that is none or that is not PostgreSQL's.
    """
    text = settings.database_url or embedded_url(settings.data_dir / "postgres")
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StopRun(
            Code.BAD_SETTING,
            "HUB_DATABASE_URL is no database URL. "
            "Write postgresql://user:password@host:5432/database.",
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StopRun(
            Code.BAD_SETTING,
            f"HUB_DATABASE_URL names {url.get_backend_name()}, the store is PostgreSQL only. "
            "Write postgresql://user:password@host:5432/database.",
        )
    return url.set(drivername="postgresql+asyncpg")


class Database:
    """Two pools of connections to the store: one for reading alone, one for everything.

    Connections that have ended are replaced. `restart`, where it is given, starts a server again
    that is down; it raises StopRun(DATABASE_UNAVAILABLE).
    """

    def __init__(
        self,
        url: URL,
        pool_size: int = 10,
        statement_bytes: int = STATEMENT_BYTES,
        restart: Callable[[], object] | None = None,
    ) -> None:
        self.url = url
        self.pool_size = pool_size
        self._restart = restart
        self._restarting = asyncio.Lock()
        heavy = max(1, pool_size // HEAVY_SHARE)
        self._readers = Readers(
            self._open_reader, max(1, pool_size - heavy), heavy, statement_bytes
        )
        self.writes = Turns(max(1, pool_size // 2))
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            json_deserializer=orjson.loads,
            hide_parameters=True,
        )
        event.listen(self.engine.sync_engine, "checkout", _replace_if_closed)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection for statements of SQLAlchemy, read-only by habit.

        Raises StopRun(DATABASE_UNAVAILABLE).
        """
        connection = await self._again_if_down(self._connected)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Driver]:
        """The driver's own connection out of the same pool, for work in sets."""
        async with self.connect() as connection:
            raw = await connection.get_raw_connection()
            yield cast(Driver, raw.driver_connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Driver]:
        """The driver's connection inside one transaction."""
        async with self.driver() as driver, driver.transaction():
            yield driver

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Driver]:
        """The driver's connection inside one transaction that no other writer comes between."""
        async with self.driver() as driver, writing(driver):
            yield driver

    async def read(
        self, statement: str, values: list[Any], caller: str = "", *, is_heavy: bool = False
    ) -> str:
        """The one value of a statement that only reads, over the driver alone.

        A statement is planned once per connection and kept while there is room. Callers take
        turns, heavy reads over connections of their own. Raises TooBusy,
        StopRun(DATABASE_UNAVAILABLE).
        """
        try:
            value: str = await self._readers.value(statement, values, caller, is_heavy=is_heavy)
        except GONE as error:
            raise self._unavailable(error) from error
        return value

    @asynccontextmanager
    async def reader(self, caller: str = "") -> AsyncIterator[Driver]:
        """A connection that only reads, for a moment: no writing ever stands before it.

        Raises TooBusy, StopRun(DATABASE_UNAVAILABLE).
        """
        async with self._readers.light.driver(caller) as driver:
            yield driver

    async def close(self) -> None:
        """Close the connections, each when it is free."""
        await self._readers.close()
        await self.engine.dispose()

    async def _connected(self) -> AsyncConnection:
        connection = self.engine.connect()
        await connection.start()
        return connection

    async def _open_reader(self, options: dict[str, str]) -> Driver:
        async def connect() -> Driver:
            return await asyncpg.connect(
                self.url.set(drivername="postgresql").render_as_string(hide_password=False),
                statement_cache_size=0,
                server_settings=options,
            )

        return await self._again_if_down(connect)

    async def _again_if_down(self, connect: Callable[[], Awaitable[Connected]]) -> Connected:
        """What `connect` gives, once more where the server had to be started first."""
        try:
            return await connect()
        except DOWN as error:
            if self._restart is None:
                raise self._unavailable(error) from error
        async with self._restarting:
            try:
                return await connect()
            except DOWN:
                await asyncio.to_thread(self._restart)
        try:
            return await connect()
        except DOWN as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> StopRun:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return StopRun(
            Code.DATABASE_UNAVAILABLE,
            f"PostgreSQL at {self.url.host or self.url.query.get('host', 'localhost')} does not "
            f"let the hub in: {reason}. Check HUB_DATABASE_URL and that the server runs.",
        )


def _replace_if_closed(connection: Any, *_: object) -> None:
    """Make the pool replace a connection that has ended."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def open_database(settings: Settings) -> Database:
    """The store that the settings name. Raises StopRun(BAD_SETTING)."""
    restart = None
    if settings.database_url is None:
        restart = partial(restart_embedded, settings.data_dir / "postgres")
    return Database(
        database_url(settings),
        settings.pool_size,
        settings.statement_megabytes * 1_000_000 // settings.workers,
        restart,
    )
