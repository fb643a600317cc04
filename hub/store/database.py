"""The connection to PostgreSQL: the embedded server or one of the operator's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncpg
import orjson
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from hub.errors import Code, StopRun
from hub.settings import Settings
from hub.store.driver import Driver
from hub.store.embedded import embedded_url
from hub.store.locks import writing

__all__ = ["Database", "Driver", "database_url", "open_database"]

KEPT_STATEMENTS = 500
"""Statements that each reading connection keeps planned."""

READ_SETTINGS = {
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "timezone": "UTC",
    "default_transaction_read_only": "on",
}
"""To plan a statement anew, or to compile it to machine code, takes longer than to run it."""


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
    """One pool of connections to the store."""

    def __init__(self, url: URL, pool_size: int = 10) -> None:
        self.url = url
        self.pool_size = pool_size
        self._readers: asyncio.LifoQueue[Driver | None] = asyncio.LifoQueue()
        for _ in range(pool_size):
            self._readers.put_nowait(None)
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            json_deserializer=orjson.loads,
            hide_parameters=True,
        )

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection for statements of SQLAlchemy, read-only by habit.

        Raises StopRun(DATABASE_UNAVAILABLE).
        """
        connection = self.engine.connect()
        try:
            await connection.start()
        except (OSError, DBAPIError, asyncpg.PostgresError) as error:
            raise self._unavailable(error) from error
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

    async def read(self, statement: str, values: list[Any]) -> str:
        """The one value of a statement that only reads, over the driver alone.

        A statement is planned once per connection and kept. Raises StopRun(DATABASE_UNAVAILABLE).
        """
        reader = await self._readers.get()
        try:
            if reader is None or reader.is_closed():
                reader = await self._open_reader()
            value: str = await reader.fetchval(statement, *values)
        finally:
            self._readers.put_nowait(reader)
        return value

    async def _open_reader(self) -> Driver:
        """A connection that is kept: a pool's taking and giving back costs more than a statement.

        Where a statement on it is cancelled, the driver lets the next one wait for the end of that.
        """
        try:
            return await asyncpg.connect(
                self.url.set(drivername="postgresql").render_as_string(hide_password=False),
                statement_cache_size=KEPT_STATEMENTS,
                max_cached_statement_lifetime=0,
                max_cacheable_statement_size=0,
                server_settings=READ_SETTINGS,
            )
        except (OSError, asyncpg.PostgresError) as error:
            raise self._unavailable(error) from error

    async def close(self) -> None:
        """Close the connections, each when it is free."""
        for reader in [await self._readers.get() for _ in range(self.pool_size)]:
            if reader is not None:
                await reader.close()
            self._readers.put_nowait(None)
        await self.engine.dispose()

    def _unavailable(self, error: Exception) -> StopRun:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return StopRun(
            Code.DATABASE_UNAVAILABLE,
            f"PostgreSQL at {self.url.host or self.url.query.get('host', 'localhost')} does not "
            f"let the hub in: {reason}. Check HUB_DATABASE_URL and that the server runs.",
        )


def open_database(settings: Settings) -> Database:
    """The store that the settings name. Raises StopRun(BAD_SETTING)."""
    return Database(database_url(settings), settings.pool_size)
