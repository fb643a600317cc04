"""The advisory locks of the store: who writes, who links, who reads a system. All are taken here.

A lock of a transaction ends with it; one that is held over several ends with its block, or with
its connection.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from hub.store.driver import Driver
from hub.store.failures import LOST

WRITE_LOCK = 0x636F6E67
"""Key of the lock that makes transactions that write golden rows follow one another."""

PASS_LOCK = WRITE_LOCK + 1
"""Key of the lock that lets those who link waiting records follow one another."""

RUN_LOCK = WRITE_LOCK >> 8
"""First key of the locks that let one run at a time read a system; the second is its code's."""


@asynccontextmanager
async def writing(driver: Driver) -> AsyncIterator[None]:
    """A transaction, or a part of one, that no other writer of golden rows comes between."""
    async with driver.transaction():
        await driver.execute("SELECT pg_advisory_xact_lock($1)", WRITE_LOCK)
        yield


@asynccontextmanager
async def holding(driver: Driver, lock: int) -> AsyncIterator[None]:
    """Wait for a lock and hold it over several transactions, until the block ends."""
    await driver.execute("SELECT pg_advisory_lock($1)", lock)
    try:
        yield
    finally:
        with suppress(*LOST):  # a server that is gone holds no lock
            await driver.execute("SELECT pg_advisory_unlock($1)", lock)


AWAITED = """
SELECT EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid::bigint = $1
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


async def is_awaited(driver: Driver, lock: int) -> bool:
    """Whether anybody waits for a lock."""
    return bool(await driver.fetchval(AWAITED, lock))


async def give_way(driver: Driver, lock: int) -> None:
    """Let those who wait for a lock that `driver` holds have it first, then hold it again."""
    await driver.execute("SELECT pg_advisory_unlock($1)", lock)
    await driver.execute("SELECT pg_advisory_lock($1)", lock)


async def try_run_lock(driver: Driver, system_code: str) -> bool:
    """Take the lock of the runs that read a system, where it is free; say whether it was."""
    return bool(
        await driver.fetchval(
            "SELECT pg_try_advisory_lock($1, hashtext($2))", RUN_LOCK, system_code
        )
    )


async def release_run_lock(driver: Driver, system_code: str) -> None:
    """Give back what `try_run_lock` took."""
    with suppress(*LOST):
        await driver.execute("SELECT pg_advisory_unlock($1, hashtext($2))", RUN_LOCK, system_code)


async def systems_being_read(driver: Driver, system_codes: Sequence[str]) -> list[str]:
    """Those of the systems that a run is reading; no run begins to read the others meanwhile.

    Inside a transaction, which holds the others' locks until it ends.
    """
    rows = await driver.fetch(
        "SELECT code FROM unnest($2::text[]) AS code "
        "WHERE NOT pg_try_advisory_xact_lock($1, hashtext(code)) ORDER BY code",
        RUN_LOCK,
        list(system_codes),
    )
    return [row[0] for row in rows]
