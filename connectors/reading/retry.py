"""Trying again where a source does not answer for the moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import stamina

from hub.errors import Code, TryLater

T = TypeVar("T")

LONGEST_WAIT = 30.0
"""Seconds; a source that asks for more is left alone until the next run."""


class Throttled(TryLater):
    """The source says how many seconds to wait (Retry-After, RFC 9110 section 10.2.3)."""

    def __init__(self, code: Code, message: str, seconds: float) -> None:
        super().__init__(code, message)
        self.seconds = seconds


class TooSlow(TryLater):
    """The source began to answer and did not come to an end; trying again would take as long."""


async def with_retries(attempts: int, call: Callable[[], Awaitable[T]]) -> T:
    """What `call` gives, tried up to `attempts` times while it raises TryLater.

    `call` takes nothing, so that no secret reaches the log of retries.
    """
    retrying = stamina.AsyncRetryingCaller(
        attempts=attempts, timeout=None, wait_initial=0.2, wait_max=5.0, wait_jitter=0.2
    )
    return await retrying.on(_wait)(call)


def _wait(error: Exception) -> bool | float:
    if isinstance(error, TooSlow):
        return False
    if isinstance(error, Throttled):
        return error.seconds if error.seconds <= LONGEST_WAIT else False
    return isinstance(error, TryLater)
