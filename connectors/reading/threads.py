"""Reading that blocks, done beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def in_thread(steps: Generator[T]) -> AsyncGenerator[T]:
    """What `steps` yields, each step run in a worker thread; closed when the reader leaves."""
    try:
        while (step := await asyncio.to_thread(next, steps, None)) is not None:
            yield step
    finally:
        with suppress(ValueError):  # a cancelled reader leaves a step running; it ends by itself
            steps.close()
