"""Writes that PostgreSQL works off while the next rows are computed.

A batch is as much work for Python as for PostgreSQL. A `Pipeline` takes statements without waiting
for them and sends one after another, so that both work at once; a question waits until everything
before it is done, so that nobody sees a half-written batch.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, TypeVar

import asyncpg

from hub.store.copying import Packed, copy_rows
from hub.store.database import Driver

T = TypeVar("T")
Write = Callable[[], Awaitable[object]]
Following: TypeAlias = "Callable[[Pipeline, list[T]], Awaitable[None]]"


class Pipeline:
    """A connection on which writing does not wait. Made by `open_pipeline`."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._writes: asyncio.Queue[Write] = asyncio.Queue()
        self._following: dict[Following[Any], list[Any]] = {}

    async def work(self) -> None:
        """Send the writes in order, for ever."""
        while True:
            write = await self._writes.get()
            await write()
            self._writes.task_done()

    async def _add(self, write: Write) -> None:
        self._writes.put_nowait(write)
        await asyncio.sleep(0)

    async def settle(self) -> None:
        """Wait until everything is written."""
        await self._writes.join()

    def follow(self, work: Following[T], things: Iterable[T]) -> None:
        """Have `work` done once at the end, on all things noted for it."""
        self._following.setdefault(work, []).extend(things)

    async def finish(self) -> None:
        """Do what was to follow, and wait until everything is written."""
        for work, things in self._following.items():
            await work(self, things)
        await self.settle()

    async def execute(self, statement: str, *values: Any) -> None:
        """Run a statement, later. Its error comes when the pipeline closes or before."""
        await self._add(lambda: self._driver.execute(statement, *values))

    async def copy(self, rows: Packed) -> None:
        """Append rows to a table, later."""
        await self._add(lambda: copy_rows(self._driver, rows))

    async def fetch(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """The rows of a question, after everything that was written before it."""
        await self.settle()
        return await self._driver.fetch(statement, *values)


BREATH = 100
"""Things that are computed between two looks at what else waits."""


async def breathing(things: Iterable[T]) -> AsyncIterator[T]:
    """Things to compute with, one by one; whatever waits goes on in between.

    So PostgreSQL gets the next of what a pipeline holds, and a batch that is being stored goes on
    while another is prepared.
    """
    for count, thing in enumerate(things):
        if count % BREATH == 0:
            await asyncio.sleep(0)
        yield thing


@asynccontextmanager
async def open_pipeline(driver: Driver) -> AsyncIterator[Pipeline]:
    """A pipeline over a connection. Everything is written when the block ends."""
    pipeline = Pipeline(driver)
    try:
        async with asyncio.TaskGroup() as tasks:
            worker = tasks.create_task(pipeline.work())
            yield pipeline
            await pipeline.finish()
            worker.cancel()
    except ExceptionGroup as group:
        raise group.exceptions[0] from group
