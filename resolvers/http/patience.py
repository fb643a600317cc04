"""How long a request may take: until its deadline, or until nobody waits for it."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.types import Receive

GRACE = 0.1
"""Seconds before a client is watched: most answers are ready sooner and need no watch."""


class HungUp(Exception):
    """The client has gone: nobody reads an answer."""


class Watch:
    """Cancels what runs inside it when the client hangs up; raises HungUp then.

    The request must have been read: what still arrives is only told from a hang-up.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None
        self._has_hung_up = False

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._task = task
        self._start = loop.call_later(GRACE, self._begin)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._start.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if self._has_hung_up and isinstance(error, asyncio.CancelledError):
            self._task.uncancel()
            raise HungUp from error

    def _begin(self) -> None:
        self._watcher = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._has_hung_up = True
        self._task.cancel()
