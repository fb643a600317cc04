"""Bring the golden rows to the pairs that a pass over all records found.

The pairs are written in parts, each in a transaction of its own, so that whoever waits to write
comes in between.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from typing import NamedTuple, TypeAlias

from hub.intake import Cause, OpenHub, Planned, Scope, open_scope, plan_links, write_links
from hub.linking import Changing, Pair, add_links, add_settled_links, remove_links
from hub.passes.two_at_a_time import two_at_a_time
from hub.store import WRITE_LOCK, Driver, give_way, holding, is_awaited, kept_for_long
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


PartOnDriver: TypeAlias = tuple[Driver, Part]
"""A part with the connection that writes it."""


class PassWriting:
    """The writing of a pass by two connections in turn; a third one, `holder`, holds the lock.

    While golden rows of one part are written the next is planned, its records are moved and its
    persons computed. Golden rows and their log are one part's after the other's, up to its commit.
    """

    def __init__(self, hub: OpenHub, holder: Driver, scope: Scope) -> None:
        self._hub = hub
        self._holder = holder
        self._scope = replace(scope, scores_people=False)

    async def plan(self, part: PartOnDriver) -> Planned:
        """What linking the records of a part anew changes."""
        driver, pairs = part
        kind, changing = KINDS[RecordKind.DEPUTY], Changing(pairs.added, pairs.gone)
        return await plan_links(driver, self._scope, kind, [], [], pairs.records, changing)

    async def write(self, part: PartOnDriver, planned: Planned, turn: Awaitable[None]) -> None:
        """Write the pairs of a part and the golden rows that follow, these when `turn` is done."""
        driver, pairs = part
        async with driver.transaction():
            await add_links(driver, pairs.added, pairs.scores)
            await remove_links(driver, pairs.gone)
            await write_links(driver, self._scope, planned, turn)

    async def let_others_in(self, all_written: Awaitable[None]) -> None:
        """Let others write who wait for it, once nothing of the pass is under way."""
        if await is_awaited(self._holder, WRITE_LOCK):
            await all_written
            await give_way(self._holder, WRITE_LOCK)
            scope = await scope_of_linking(self._holder, self._hub)
            self._scope = replace(scope, scores_people=False)


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
        stated = [pair for pair in changed if pair in linked]
        settled = await add_settled_links(holder, stated, linked)
        moving = [pair for pair in changed if pair not in settled]
        parts = zip(cycle((one, other)), parts_of(moving, linked), strict=False)
        writing = PassWriting(hub, holder, await scope_of_linking(holder, hub))
        with kept_for_long():
            await two_at_a_time(parts, writing.plan, writing.write, writing.let_others_in)


async def scope_of_linking(driver: Driver, hub: OpenHub) -> Scope:
    """The scope of what no run and no steward causes."""
    system = await driver.fetchval("SELECT min(code) FROM source_system")
    return await open_scope(driver, hub, system, Cause(None))
