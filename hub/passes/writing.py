"""Bring the golden rows to the pairs that a pass over all records found.

The pairs are written in parts, each in a transaction of its own, so that whoever waits to write
comes in between. Two parts are under way at once: PostgreSQL and Python work on both. A plan that
rests on what the part before it changes is made anew.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from typing import NamedTuple

from hub.intake import Cause, OpenHub, Pair, Planned, Scope, open_scope, plan_links, write_links
from hub.linking import STEWARDS, Changing
from hub.store import WRITE_LOCK, Driver, give_way, holding, is_awaited
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind

PAIRS = 2_000
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


class Step(NamedTuple):
    """A part on its way into the store: what its plan rests on or changes, and its commit."""

    seen: asyncio.Future[set[str]]
    written: asyncio.Future[None]


class Writing:
    """The writing of a pass by two connections in turn; a third one, `holder`, holds the lock.

    While golden rows of one part are written the next is planned, its records are moved and its
    persons computed. Golden rows and their log are one part's after the other's, up to its commit.
    """

    def __init__(self, hub: OpenHub, holder: Driver, writers: Sequence[Driver]) -> None:
        self._holder = holder
        self._writers = cycle(writers)
        self._hub = hub
        self._before = self._earlier = _nothing()

    async def write(self, parts: Iterable[Part]) -> None:
        """Write parts in their order. Others who wait to write come in between."""
        scope = await self._scope()
        try:
            for part in parts:
                await self._earlier.written
                if await is_awaited(self._holder, WRITE_LOCK):
                    await self._before.written
                    await give_way(self._holder, WRITE_LOCK)
                    scope = await self._scope()
                self._earlier, self._before = self._before, self._begin(scope, part)
            await self._before.written
        finally:
            under_way = self._earlier.written, self._before.written
            for written in under_way:
                written.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    def _begin(self, scope: Scope, part: Part) -> Step:
        seen = asyncio.get_running_loop().create_future()
        writing = _write(next(self._writers), scope, part, self._before, seen)
        return Step(seen, asyncio.create_task(writing))

    async def _scope(self) -> Scope:
        scope = await scope_of_linking(self._holder, self._hub)
        return replace(scope, scores_people=False)


def _nothing() -> Step:
    """What is before the first part."""
    step = Step(asyncio.Future(), asyncio.Future())
    step.seen.set_result(set())
    step.written.set_result(None)
    return step


async def _write(
    driver: Driver, scope: Scope, part: Part, before: Step, seen: asyncio.Future[set[str]]
) -> None:
    """Write a part; plan it anew where it shares a row with the part before it."""
    planned = await _plan(driver, scope, part)
    if not planned.seen.isdisjoint(await before.seen):
        await before.written
        planned = await _plan(driver, scope, part)
    seen.set_result(planned.seen)
    async with driver.transaction():
        await write_pairs(driver, part)
        await write_links(driver, scope, planned, before.written)


async def _plan(driver: Driver, scope: Scope, part: Part) -> Planned:
    changing = Changing(part.added, part.gone)
    return await plan_links(driver, scope, KINDS[RecordKind.DEPUTY], [], [], part.records, changing)


async def write_pass(
    hub: OpenHub,
    changed: Sequence[Pair],
    linked: Mapping[Pair, float],
) -> None:
    """Write the pairs that changed, and the golden rows that follow from them."""
    async with (
        hub.database.driver() as holder,
        hub.database.driver() as one,
        hub.database.driver() as other,
        holding(holder, WRITE_LOCK),
    ):
        settled = await settle(holder, [pair for pair in changed if pair in linked], linked)
        moving = [pair for pair in changed if pair not in settled]
        with kept_for_long():
            await Writing(hub, holder, (one, other)).write(parts_of(moving, linked))


@contextmanager
def kept_for_long() -> Iterator[None]:
    """Have what a pass has found by now not looked through for garbage until the block ends."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


FOUND = "CREATE TEMP TABLE found_pair (left_id uuid, right_id uuid, score float) ON COMMIT DROP"
SETTLED = f"""
WITH judged AS (
    SELECT s.person_id FROM ({STEWARDS}) j
    JOIN source_record s ON s.id IN (j.left_id::uuid, j.right_id::uuid)
    WHERE s.person_id IS NOT NULL
)
INSERT INTO score_link (left_id, right_id, score)
SELECT f.* FROM found_pair f
JOIN source_record l ON l.id = f.left_id AND l.deleted_at IS NULL
JOIN source_record r ON r.id = f.right_id AND r.deleted_at IS NULL
WHERE l.person_id = r.person_id AND l.person_id NOT IN (SELECT person_id FROM judged)
ON CONFLICT (left_id, right_id) DO UPDATE SET score = excluded.score
RETURNING left_id::text, right_id::text
"""


async def settle(driver: Driver, pairs: Sequence[Pair], scores: Mapping[Pair, float]) -> set[Pair]:
    """Write the pairs of records that are one person's already, and give them: no row follows.

    Where a steward has decided about the person, one may.
    """
    async with driver.transaction():
        await driver.execute(FOUND)
        rows = ((*pair, scores[pair]) for pair in pairs)
        await driver.copy_records_to_table("found_pair", records=rows)
        return {Pair(*row) for row in await driver.fetch(SETTLED)}


async def scope_of_linking(driver: Driver, hub: OpenHub) -> Scope:
    """The scope of what no run and no steward causes."""
    system = await driver.fetchval("SELECT min(code) FROM source_system")
    return await open_scope(driver, hub, system, Cause(None))


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
