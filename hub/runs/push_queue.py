"""The queue of pushes before the write lock.

Pushes wait in memory, without a connection. One connection waits for the lock on their behalf; when
it has it, what waits is stored together in one transaction, each push as a part of its own that is
undone alone. Processes of the hub queue at the lock, which PostgreSQL gives in order of asking.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from hub.errors import Code, HubError, TooBusy
from hub.intake import OpenHub, Scopes, open_scopes
from hub.runs.push import Push, PushAnswer, check_push, store_push
from hub.store import Driver

PATIENCE = 30.0
"""Seconds that a push may wait before its work begins."""

DEADLINE = 10.0
"""Seconds that the work of a push may take."""

TOGETHER = 1.0
"""Seconds after which no other push joins those that are stored together: all of them are answered
when the last is stored, and a sync wants the lock too."""

PUSH_WEIGHT = 20
"""What a push costs beside its records, in records."""

RECENT = 0.2
"""Weight of the latest transaction in the mean pace."""


@dataclass(slots=True, eq=False)
class Waiting:
    """A push and the answer that is waited for."""

    pushed: Push
    answer: asyncio.Future[PushAnswer]

    @property
    def weight(self) -> int:
        """What it costs, in records."""
        return PUSH_WEIGHT + len(self.pushed.records)

    def succeed(self, answer: PushAnswer) -> None:
        """Give the answer to who still waits for it."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        """Tell who still waits for the answer that there is none."""
        if not self.answer.done():
            self.answer.set_exception(error)


class PushQueue:
    """The pushes of a process. The next is that of the system that had a turn longest ago.

    `pace` is the mean of seconds a record, the wait for the lock included.
    """

    def __init__(self, hub: OpenHub, patience: float = PATIENCE, deadline: float = DEADLINE):
        self.hub = hub
        self.patience = patience
        self.deadline = deadline
        self.pace = 0.0
        self._lines: OrderedDict[str, deque[Waiting]] = OrderedDict()
        self._under_way: list[Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def push(self, pushed: Push) -> PushAnswer:
        """Wait for a turn, store the records, and give what became of them.

        Who stops waiting before the push is stored undoes it. Raises HubError BAD_INPUT,
        TOO_MANY_RECORDS, IDEMPOTENCY_KEY_REUSED or DEADLINE_EXCEEDED, TooBusy where the turn would
        not come in time, StopRun UNKNOWN_SYSTEM or DATABASE_UNAVAILABLE.
        """
        check_push(pushed)
        seconds = self._seconds_before(pushed.system)
        if seconds > self.patience:
            raise self._too_busy(seconds)
        loop = asyncio.get_running_loop()
        waiting = Waiting(pushed, loop.create_future())
        self._lines.setdefault(pushed.system, deque()).append(waiting)
        timer = loop.call_later(self.patience, self._send_away, waiting)
        if self._worker is None:
            self._worker = loop.create_task(self._work())
        try:
            return await waiting.answer
        finally:
            timer.cancel()

    # --- Who waits --------------------------------------------------------------------------------

    def _before(self, system: str) -> Iterator[Waiting]:
        """The pushes that come before the next one of a system."""
        yield from self._under_way
        turns = len(self._lines.get(system, ()))
        for code, line in self._lines.items():
            yield from line if code == system else islice(line, turns + 1)

    def _seconds_before(self, system: str) -> float:
        weights = (each.weight for each in self._before(system) if not each.answer.done())
        return self.pace * sum(weights)

    def _too_busy(self, seconds: float) -> TooBusy:
        """The refusal of a push that has so many seconds of work before it."""
        later = max(1, math.ceil(seconds - self.patience / 2))
        return TooBusy(
            Code.TOO_BUSY,
            f"The push would not begin within {self.patience:g} s, since others are before it. "
            f"Nothing was done. Send it again in {later} s with the same idempotencyKey.",
            later,
        )

    def _send_away(self, waiting: Waiting) -> None:
        if waiting not in self._under_way:
            waiting.fail(self._too_busy(self._seconds_before(waiting.pushed.system)))

    def _take_next(self) -> Waiting | None:
        """The push whose turn it is; it counts as under way from now on."""
        while self._lines:
            system, line = self._lines.popitem(last=False)
            waiting = line.popleft()
            if line:
                self._lines[system] = line
            if not waiting.answer.done():
                self._under_way.append(waiting)
                return waiting
        return None

    # --- The work ---------------------------------------------------------------------------------

    async def _work(self) -> None:
        """Store what waits until nothing does."""
        try:
            while self._lines:
                await self._store_together()
        finally:
            self._worker = None

    async def _store_together(self) -> None:
        """Store what waits in one transaction; answer when it is committed."""
        began = time.monotonic()
        try:
            answers = await self._commit_together()
        except Exception as error:
            for waiting in self._under_way or list(self._everybody()):
                waiting.fail(error)
        else:
            self._note_pace(time.monotonic() - began)
            for waiting, answer in answers:
                waiting.succeed(answer)
        self._under_way.clear()

    async def _commit_together(self) -> list[tuple[Waiting, PushAnswer]]:
        """Store what waits in one transaction; give what is stored and not told yet."""
        answers: list[tuple[Waiting, PushAnswer]] = []
        async with self.hub.database.writing() as driver:
            scopes = await open_scopes(driver, self.hub)
            ends = time.monotonic() + TOGETHER
            while (not answers or time.monotonic() < ends) and (waiting := self._take_next()):
                answer = await self._store(driver, scopes, waiting)
                if answer is not None:
                    answers.append((waiting, answer))
        return answers

    def _everybody(self) -> Iterator[Waiting]:
        while waiting := self._take_next():
            yield waiting

    def _note_pace(self, seconds: float) -> None:
        weight = sum(waiting.weight for waiting in self._under_way)
        if weight:
            self.pace += (seconds / weight - self.pace) * (RECENT if self.pace else 1)

    async def _store(self, driver: Driver, scopes: Scopes, waiting: Waiting) -> PushAnswer | None:
        """What a push came to; None where it failed, which is told, or nobody waits any more."""
        storing = asyncio.create_task(
            store_push(driver, scopes, self.hub.secret, waiting.pushed), name="push"
        )
        waiting.answer.add_done_callback(lambda _: storing.cancel())
        done, _ = await asyncio.wait([storing], timeout=self.deadline)
        if not done:
            waiting.fail(self._too_slow())
            await asyncio.wait([storing])
        if storing.cancelled():
            return None
        error = storing.exception()
        if isinstance(error, Exception):
            waiting.fail(error)
        return None if error else storing.result()

    def _too_slow(self) -> HubError:
        return HubError(
            Code.DEADLINE_EXCEEDED,
            f"The records were not stored after {self.deadline:g} s of work, which was undone. "
            "Send fewer records at once.",
        )
