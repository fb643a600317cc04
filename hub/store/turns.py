"""Turns: who may do something now, and in which order the others follow."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.errors import Code, TooBusy

PATIENCE = 5.0
"""Seconds that a caller waits for a turn before being sent away."""

RECENT = 0.1
"""Weight of the newest turn in the mean length of turns."""


class Turns:
    """`width` turns at a time. The next goes to the caller who had one longest ago.

    Within a caller who came first is served first. `mean` is the length of a turn in seconds.
    """

    def __init__(self, width: int, patience: float = PATIENCE) -> None:
        self.width = width
        self.patience = patience
        self.mean = 0.0
        self._free = width
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def take(self, caller: str) -> float:
        """Wait for a turn; gives the time at which it began. Raises TooBusy after `patience`."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(caller)
        return time.monotonic()

    def give_back(self, began: float) -> None:
        """End a turn that began then; the next caller has it."""
        self.mean += RECENT * (time.monotonic() - began - self.mean)
        self._pass_on()

    @asynccontextmanager
    async def turn(self, caller: str) -> AsyncIterator[None]:
        """A turn. Raises TooBusy."""
        began = await self.take(caller)
        try:
            yield
        finally:
            self.give_back(began)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    async def _wait(self, caller: str) -> None:
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        queue = self._waiting.setdefault(caller, deque())
        queue.append(future)
        timer = loop.call_later(self.patience, self._send_away, future)
        try:
            await future
        except BaseException:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._pass_on()
            elif future in queue:
                queue.remove(future)
                if not queue and self._waiting.get(caller) is queue:
                    del self._waiting[caller]
            raise
        finally:
            timer.cancel()

    def _pass_on(self) -> None:
        while self._waiting:
            caller, queue = self._waiting.popitem(last=False)
            future = queue.popleft()
            if queue:
                self._waiting[caller] = queue
            if not future.done():
                future.set_result(None)
                return
        self._free += 1

    def _send_away(self, future: asyncio.Future[None]) -> None:
        if future.done():
            return
        seconds = max(1, math.ceil(self.waiting * self.mean / self.width))
        future.set_exception(
            TooBusy(
                Code.TOO_BUSY,
                f"The hub could not begin this within {self.patience:g} s, since others were "
                f"before it. Send it again in {seconds} s.",
                seconds,
            )
        )
