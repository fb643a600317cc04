"""The locks of the store: who takes them, and that they hold others off."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hub.store.database import Database, Driver
from hub.store.locks import (
    WRITE_LOCK,
    give_way,
    holding,
    is_awaited,
    release_run_lock,
    systems_being_read,
    try_run_lock,
)

ROOT = Path(__file__).parents[2]


def test_locks_are_taken_in_one_module() -> None:
    rooms = ("hub", "resolvers", "schema", "connectors", "cli")
    taking = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "pg_advisory" in path.read_text() or "LOCK TABLE" in path.read_text()
    }
    assert taking == {"hub/store/locks.py"}


async def until_awaited(driver: Driver) -> None:
    for _ in range(1000):
        if await is_awaited(driver, WRITE_LOCK):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits for the lock")


async def test_writers_follow_one_another_and_a_reader_waits_for_none(database: Database) -> None:
    order = []

    async def write(name: str, begun: asyncio.Event, may_end: asyncio.Event) -> None:
        async with database.writing():
            begun.set()
            await may_end.wait()
            order.append(name)

    one, other, end = asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write("one", one, end))
        await one.wait()
        tasks.create_task(write("other", other, end))
        async with database.driver() as watching:
            await until_awaited(watching)
        async with database.transaction() as driver:
            assert await driver.fetchval("SELECT 1") == 1
        assert not other.is_set()
        end.set()
    assert order == ["one", "other"]


async def test_who_holds_the_lock_lets_others_write_when_it_gives_way(database: Database) -> None:
    wrote = asyncio.Event()

    async def write() -> None:
        async with database.writing():
            wrote.set()

    async with database.driver() as holder, holding(holder, WRITE_LOCK):
        assert not await is_awaited(holder, WRITE_LOCK)
        writing = asyncio.create_task(write())
        await until_awaited(holder)
        assert not wrote.is_set()
        await give_way(holder, WRITE_LOCK)
        assert wrote.is_set()
        await writing


async def test_a_system_that_is_read_is_told_from_one_that_is_not(database: Database) -> None:
    async with database.driver() as run:
        assert await try_run_lock(run, "city")
        async with database.driver() as other:
            assert not await try_run_lock(other, "city")
        async with database.transaction() as undoing:
            assert await systems_being_read(undoing, ["town", "city"]) == ["city"]
            async with database.driver() as other:
                assert not await try_run_lock(other, "town")
        await release_run_lock(run, "city")
        async with database.transaction() as undoing:
            assert await systems_being_read(undoing, ["town", "city"]) == []
