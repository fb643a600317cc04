"""Bring the golden rows to the pairs that a pass over all records found.

The pairs are written in parts, each in a transaction of its own, so that whoever waits to write
comes in between. While one part is written the next is planned on another connection: PostgreSQL
and Python work at once. A plan that rests on what was written meanwhile is made anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from hub.database import WRITE_LOCK, Database, Driver
from hub.divisions import DivisionIndex
from hub.enums import RecordKind
from hub.failures import LOST
from hub.intake import Planned, Scope, open_scope, plan_links, write_links
from hub.intake.scope import Cause
from hub.intake.scoring import Pair
from hub.judgements import Changing
from hub.records import KINDS

PAIRS = 5_000
"""Pairs of a pass that one transaction brings the golden rows to."""


class Part(NamedTuple):
    """Pairs to be written with their probabilities, and pairs to be taken back."""

    added: list[Pair]
    scores: list[float]
    gone: list[Pair]

    @property
    def records(self) -> list[str]:
        """The records of the pairs."""
        return sorted({record for pair in (*self.added, *self.gone) for record in pair})


def parts_of(changed: Sequence[Pair], linked: Mapping[Pair, float]) -> Iterator[Part]:
    """Pairs in parts: those in `linked` are to be written, the others taken back.

    Neighbouring pairs that share a record come into one part, which is planned for itself.
    """
    start = 0
    while start < len(changed):
        end = min(start + PAIRS, len(changed))
        while end < len(changed) and set(changed[end - 1]) & set(changed[end]):
            end += 1
        some = changed[start:end]
        added = [pair for pair in some if pair in linked]
        gone = [pair for pair in some if pair not in linked]
        yield Part(added, [linked[pair] for pair in added], gone)
        start = end


class Writing:
    """The writing of a pass: on `writer`, which holds the lock, planned on `reader`."""

    def __init__(
        self, writer: Driver, reader: Driver, divisions: DivisionIndex, secret: bytes
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._divisions = divisions
        self._secret = secret
        self._scope: Scope | None = None
        self._ahead: asyncio.Task[Planned] | None = None

    async def write(self, part: Part, following: Part | None) -> None:
        """Write a part, and plan the one that follows it."""
        if self._scope is None:
            scope = await scope_of_linking(self._writer, self._divisions, self._secret)
            self._scope = replace(scope, scores_people=False)
        planned = await (self._ahead or self._plan(self._scope, part))
        self._ahead = None
        if following:
            self._ahead = asyncio.create_task(self._plan(self._scope, following))
        async with self._writer.transaction():
            await write_pairs(self._writer, part)
            await write_links(self._writer, self._scope, planned)
        await self._give_way(planned)

    async def _plan(self, scope: Scope, part: Part) -> Planned:
        changing = Changing(part.added, part.gone)
        kind = KINDS[RecordKind.DEPUTY]
        return await plan_links(self._reader, scope, kind, [], [], part.records, changing)

    async def _give_way(self, written: Planned) -> None:
        """Let others write who wait; drop a plan that rests on what was or is written by then."""
        is_awaited = await self._writer.fetchval(AWAITED, WRITE_LOCK)
        if self._ahead and (is_awaited or not written.seen.isdisjoint((await self._ahead).seen)):
            await self.drop_plan()
        if is_awaited:
            self._scope = None
            await self._writer.execute("SELECT pg_advisory_unlock($1)", WRITE_LOCK)
            await self._writer.execute("SELECT pg_advisory_lock($1)", WRITE_LOCK)

    async def drop_plan(self) -> None:
        """Forget the plan of the next part."""
        if self._ahead:
            self._ahead.cancel()
            await asyncio.wait([self._ahead])
            self._ahead = None


AWAITED = """
SELECT EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid::bigint = $1
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


async def write_pass(
    database: Database,
    divisions: DivisionIndex,
    secret: bytes,
    changed: Sequence[Pair],
    linked: Mapping[Pair, float],
) -> None:
    """Write the pairs that changed, and the golden rows that follow from them."""
    parts = list(parts_of(changed, linked))
    async with (
        database.driver() as reader,
        database.driver() as writer,
        holding(writer, WRITE_LOCK),
    ):
        writing = Writing(writer, reader, divisions, secret)
        try:
            for part, following in zip_longest(parts, parts[1:]):
                await writing.write(part, following)
        finally:
            await writing.drop_plan()


@asynccontextmanager
async def holding(driver: Driver, lock: int) -> AsyncIterator[None]:
    """Wait for an advisory lock and hold it over several transactions, until the block ends."""
    await driver.execute("SELECT pg_advisory_lock($1)", lock)
    try:
        yield
    finally:
        with suppress(*LOST):  # a server that is gone holds no lock
            await driver.execute("SELECT pg_advisory_unlock($1)", lock)


async def scope_of_linking(driver: Driver, divisions: DivisionIndex, secret: bytes) -> Scope:
    """The scope of what no run and no steward causes."""
    system = await driver.fetchval("SELECT min(code) FROM source_system")
    return await open_scope(driver, system, Cause(None), divisions, secret)


ADD = """
INSERT INTO score_link (left_id, right_id, score)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::float[])
ON CONFLICT (left_id, right_id) DO UPDATE SET score = excluded.score
"""

TAKE_BACK = """
DELETE FROM score_link l USING unnest($1::uuid[], $2::uuid[]) AS t(left_id, right_id)
WHERE l.left_id = t.left_id AND l.right_id = t.right_id
"""


async def write_pairs(driver: Driver, part: Part) -> None:
    """Write the model's pairs of a part."""
    await driver.execute(
        ADD, [it.left for it in part.added], [it.right for it in part.added], part.scores
    )
    await driver.execute(TAKE_BACK, [it.left for it in part.gone], [it.right for it in part.gone])
