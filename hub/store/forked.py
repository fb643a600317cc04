"""A process forked from this one, that works for a block and ends with it.

It has what this one has, the divisions above all, without loading or copying it. Its signals are
the business of the process that asks.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeAlias

from hub.errors import Code, HubError, StopRun
from hub.store.database import Database
from hub.store.failures import known_failure
from hub.store.memory import keep_loaded

Work: TypeAlias = Callable[..., Coroutine[Any, Any, None]]


class Failed(NamedTuple):
    """What stopped the work: an error that may be shown, else the trace of a fault of ours."""

    kind: type[HubError] | None
    code: Code
    message: str

    @classmethod
    def of(cls, error: BaseException) -> Failed:
        """The failure that an error means."""
        known = known_failure(error)
        if known is None:
            return cls(None, Code.INTERNAL, "".join(traceback.format_exception(error)))
        return cls(type(known), known.code, known.message)

    def error(self) -> Exception:
        """The error again, in the process that asked."""
        if self.kind is None:
            return RuntimeError(f"A process of this one failed:\n{self.message}")
        return self.kind(self.code, self.message)


@asynccontextmanager
async def answering(ours: Connection, database: Database) -> AsyncIterator[Database]:
    """A forked process's own way to `database`; what stops the block is sent to who asked.

    A connection that is gone is raised: nobody is there to be told.
    """
    own = Database(database.url, pool_size=1)
    try:
        yield own
    except ConnectionError:
        raise
    except Exception as error:
        ours.send(Failed.of(error))
    finally:
        await own.close()


async def receive(connection: Connection, gone: str) -> object:
    """The next thing that a forked process sends. Raises its failure, StopRun `gone` at its end."""
    try:
        answer = await asyncio.to_thread(connection.recv)
    except (EOFError, ConnectionError) as error:
        raise StopRun(Code.INTERNAL, gone) from error
    if isinstance(answer, Failed):
        raise answer.error()
    return answer


@asynccontextmanager
async def forked(work: Work, *values: object, grace: float = 0) -> AsyncIterator[Connection]:
    """A connection to a process that runs `work` with its own end of it and the values.

    After the block the process has `grace` seconds to end by itself.
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_begin, args=(ours, theirs, work, values), daemon=True
    )
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        await asyncio.to_thread(process.join, grace)
        process.kill()
        await asyncio.to_thread(process.join)
        process.close()


def _begin(theirs: Connection, ours: Connection, work: Work, values: tuple[object, ...]) -> None:
    """Work until it is done or the other end is closed."""
    theirs.close()
    keep_loaded()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(EOFError, ConnectionError):
        asyncio.run(work(ours, *values))
