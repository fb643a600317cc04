"""Connections that only read, in lanes: reads that are heavy never stand before light ones."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement
from cachetools import LRUCache

from hub.store.driver import Driver
from hub.store.turns import Turns

if TYPE_CHECKING:
    Prepared: TypeAlias = PreparedStatement[asyncpg.Record]
else:
    Prepared = PreparedStatement

BYTES_A_CHARACTER = 80
"""Bytes that PostgreSQL keeps of a prepared statement and its plan, for each character of it."""

SLOW = 0.05
"""Seconds from which a statement is heavy whatever was thought of it: the next time it goes there.
"""

KNOWN_SLOW = 10_000
"""Statements whose slowness is remembered."""

READ_SETTINGS = {
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "timezone": "UTC",
    "default_transaction_read_only": "on",
}
"""To plan a statement anew, or to compile it to machine code, takes longer than to run it."""

GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    OSError,
)
"""What a statement fails with whose connection has ended."""

Open: TypeAlias = Callable[[dict[str, str]], Awaitable[Driver]]


class ReadingConnection:
    """A connection and its prepared statements: the last used ones that fit into `max_bytes`.

    A statement larger than that is planned for each use.
    """

    def __init__(self, connection: Driver, max_bytes: float) -> None:
        self.connection = connection
        self._numbers = count(1)
        self._prepared: LRUCache[str, Prepared] = LRUCache(
            max_bytes, getsizeof=lambda item: len(item.get_query()) * BYTES_A_CHARACTER
        )

    async def value(self, statement: str, values: list[Any]) -> Any:
        """The one value of a statement."""
        prepared = self._prepared.get(statement)
        if prepared is None:
            name = f"read_{next(self._numbers)}"  # one without a name would be planned each time
            prepared = await self.connection.prepare(statement, name=name)
            if len(statement) * BYTES_A_CHARACTER <= self._prepared.maxsize:
                self._prepared[statement] = prepared
        return await prepared.fetchval(*values)


def end(reader: ReadingConnection, error: Exception) -> None:
    """End a connection that failed so. Raises the error where the connection is not to blame."""
    if isinstance(error, asyncpg.InterfaceError | OSError) and not reader.connection.is_closed():
        raise error
    reader.connection.terminate()


class Lane:
    """So many reading connections, kept open: taking one from a pool costs more than a statement.

    Where a statement on one is cancelled, the driver lets the next one wait for the end of that.
    A connection that has ended is replaced; what was asked over it is asked once more.
    """

    def __init__(self, open_reader: Open, width: int, max_bytes: float) -> None:
        self._open = open_reader
        self._max_bytes = max_bytes
        self._readers: list[ReadingConnection | None] = [None] * width
        self.turns = Turns(width)

    async def value(self, statement: str, values: list[Any], caller: str) -> tuple[Any, float]:
        """The one value of a statement that only reads, and the seconds that it took.

        Raises TooBusy.
        """
        began = await self.turns.take(caller)
        reader = self._readers.pop()
        try:
            if reader is None or reader.connection.is_closed():
                reader = await self._fresh()
            try:
                value = await reader.value(statement, values)
            except GONE as error:
                end(reader, error)
                reader = await self._fresh()
                value = await reader.value(statement, values)
            return value, time.monotonic() - began
        finally:
            self._readers.append(reader)
            self.turns.give_back(began)

    @asynccontextmanager
    async def driver(self, caller: str) -> AsyncIterator[Driver]:
        """A reading connection. Raises TooBusy."""
        began = await self.turns.take(caller)
        reader = self._readers.pop()
        try:
            if reader is None or reader.connection.is_closed():
                reader = await self._fresh()
            yield reader.connection
        finally:
            self._readers.append(reader)
            self.turns.give_back(began)

    async def close(self) -> None:
        """Close the connections, each when it is free."""
        taken = [await self.turns.take("") for _ in self._readers]
        for place, reader in enumerate(self._readers):
            if reader is not None:
                await reader.connection.close()
            self._readers[place] = None
        for began in taken:
            self.turns.give_back(began)

    async def _fresh(self) -> ReadingConnection:
        return ReadingConnection(await self._open(READ_SETTINGS), self._max_bytes)


class Readers:
    """The lanes of light and of heavy reads. `max_bytes` is what all statements may hold."""

    def __init__(self, open_reader: Open, light: int, heavy: int, max_bytes: int) -> None:
        share = max_bytes / (light + heavy)
        self.light = Lane(open_reader, light, share)
        self.heavy = Lane(open_reader, heavy, share)
        self._slow: LRUCache[str, None] = LRUCache(KNOWN_SLOW)

    async def value(
        self, statement: str, values: list[Any], caller: str, *, is_heavy: bool = False
    ) -> Any:
        """The one value of a statement that only reads. Raises TooBusy."""
        was_slow = statement in self._slow
        lane = self.heavy if is_heavy or was_slow else self.light
        value, seconds = await lane.value(statement, values, caller)
        if seconds > SLOW:
            self._slow[statement] = None
        elif was_slow:
            self._slow.pop(statement, None)
        return value

    async def close(self) -> None:
        """Close the connections, each when it is free."""
        await self.light.close()
        await self.heavy.close()
