"""Read the comparison forms of all live records, with a process for each core.

To make a form takes Python far longer than it takes PostgreSQL to hand the record over. The
processes are forked, so that they have the divisions without copying them; they only read, each a
part of the records, and end with the process that asks, however that ends.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from typing import NamedTuple

from hub.divisions import DivisionIndex, learn_unlisted
from hub.intake import LIVE, Forms, forms_of_rows, together
from hub.store import Database, Driver, answering, forked, receive

PART = f"{LIVE} AND get_byte(uuid_send(r.id), 15) % $1 = $2"
"""The live records that one of $1 readers reads, the one of number $2."""

READ_AT_ONCE = 10_000

SMALL = 50_000
"""Records up to which one process reads them all: to start others takes longer."""

MOST_READERS = 4


RECORDS = "SELECT count(*) FROM source_record WHERE kind = 'DEPUTY' AND deleted_at IS NULL"


async def read_forms(database: Database, driver: Driver, divisions: DivisionIndex) -> Forms:
    """The forms of all live records, by their places. `driver` is inside a transaction.

    Raises what stopped a reader: StopRun, or RuntimeError for a fault of ours.
    """
    await learn_unlisted(driver, divisions)
    is_small = await driver.fetchval(RECORDS) <= SMALL
    count = 1 if is_small else min(os.cpu_count() or 1, MOST_READERS)
    if count == 1:
        parts = [forms async for forms in _read(driver, divisions, ReaderPart(1, 0))]
    else:
        readers = (_ask(database, divisions, ReaderPart(count, number)) for number in range(count))
        parts = [forms for found in await asyncio.gather(*readers) for forms in found]
    return together(parts).ordered()


class ReaderPart(NamedTuple):
    """One of `readers` parts of the records."""

    readers: int
    number: int


async def _read(driver: Driver, divisions: DivisionIndex, part: ReaderPart) -> AsyncIterator[Forms]:
    cursor = await driver.cursor(PART, *part)
    while rows := await cursor.fetch(READ_AT_ONCE):
        yield forms_of_rows(divisions, rows)


async def _ask(database: Database, divisions: DivisionIndex, part: ReaderPart) -> list[Forms]:
    """The forms of a part, read in a process of its own."""
    async with forked(_send, database, divisions, part) as ours:
        return [forms async for forms in _received(ours)]


async def _received(ours: Connection) -> AsyncIterator[Forms]:
    """What a reader sends, up to its None. Raises what stopped it."""
    while (answer := await receive(ours, READER_GONE)) is not None:
        assert isinstance(answer, Forms)
        yield answer


READER_GONE = (
    "A process that reads the records to be linked was ended from outside. Nothing was changed; "
    "run `hub link`."
)


# --- The process that reads -----------------------------------------------------------------------


async def _send(
    ours: Connection, database: Database, divisions: DivisionIndex, part: ReaderPart
) -> None:
    """Send the forms, and None at their end."""
    async with answering(ours, database) as own:
        async with own.transaction() as driver:
            async for forms in _read(driver, divisions, part):
                ours.send(forms)
        ours.send(None)
