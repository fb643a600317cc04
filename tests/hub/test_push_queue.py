"""The queue of pushes: what waits is stored together, in turn and each for itself, or sent away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from hub.errors import HubError, TooBusy
from hub.runs.push import Push, PushAnswer
from hub.runs.push_queue import PUSH_WEIGHT, PushQueue
from hub.store.database import Driver
from hub.store.locks import WRITE_LOCK, holding, is_awaited
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from tests.hub.pushing import Hub, deputy

TRANSACTIONS = "SELECT DISTINCT started_at FROM run"
"""A run starts with its transaction."""

CONNECTIONS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'
"""


def of(external_id: str, system: str = "county", key: str = "", **fields: object) -> Push:
    kind = KINDS[RecordKind.DEPUTY]
    return Push(system, kind, key or f"key of {external_id}", [deputy(external_id, **fields)])


@asynccontextmanager
async def lock_held(hub: Hub) -> AsyncIterator[None]:
    """Nobody writes meanwhile; ends once somebody waits to."""
    async with hub.database.driver() as driver, holding(driver, WRITE_LOCK):
        yield
        await until_awaited(driver)


async def until_awaited(driver: Driver) -> None:
    for _ in range(1000):
        if await is_awaited(driver, WRITE_LOCK):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits for the lock")


async def all_waiting(hub: Hub, queue: PushQueue, *pushes: Push) -> list[Any]:
    """The answers and errors of pushes that all waited before any was stored."""
    async with lock_held(hub):
        tasks = [asyncio.create_task(queue.push(each)) for each in pushes]
        await asyncio.sleep(0)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_waits_together_is_stored_in_one_transaction_with_a_run_each(hub: Hub) -> None:
    found = await all_waiting(hub, PushQueue(hub), *(of(f"d{number}") for number in range(5)))
    assert [(it.stored, it.results[0].outcome) for it in found] == [(1, "STORED")] * 5
    assert len({it.run_id for it in found}) == 5
    assert len(await hub.rows(TRANSACTIONS)) == 1
    assert await hub.rows("SELECT count(*) FROM deputy") == [(5,)]


async def test_pushes_wait_without_a_connection(hub: Hub) -> None:
    queue = PushQueue(hub)
    async with lock_held(hub):
        pushes = [asyncio.create_task(queue.push(of(f"d{number}"))) for number in range(40)]
        async with hub.database.driver() as driver:
            await until_awaited(driver)
            assert await driver.fetchval(CONNECTIONS) == 1
    assert all(answer.stored == 1 for answer in await asyncio.gather(*pushes))


async def test_the_fault_of_one_push_harms_no_other(hub: Hub) -> None:
    await hub.push("county", RecordKind.DEPUTY, deputy("before"), key="taken")
    await hub.rows("ALTER TABLE source_record ADD CHECK (external_id <> 'broken')")
    found = await all_waiting(
        hub,
        PushQueue(hub),
        of("one"),
        of("broken"),
        of("other", key="taken"),
        of("refused", term="?"),
        of("nobody", system="nowhere"),
        of("last"),
    )
    assert [getattr(it, "code", type(it).__name__) for it in found] == [
        "PushAnswer",
        "CheckViolationError",
        "IDEMPOTENCY_KEY_REUSED",
        "PushAnswer",
        "UNKNOWN_SYSTEM",
        "PushAnswer",
    ]
    assert await hub.rows("SELECT external_id FROM source_record ORDER BY id") == [
        ("before",),
        ("one",),
        ("last",),
    ]
    assert await hub.rows("SELECT count(*), sum(quarantined) FROM run") == [(4, 1)]


async def test_a_fault_that_only_shows_at_the_end_is_that_of_its_push(hub: Hub) -> None:
    await hub.rows(
        "CREATE FUNCTION object() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.external_id = 'late' THEN RAISE 'late'; END IF; RETURN NULL; END $$"
    )
    await hub.rows(
        "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON source_record "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION object()"
    )
    one, late, last = await all_waiting(hub, PushQueue(hub), of("one"), of("late"), of("last"))
    assert (one.stored, type(late).__name__, last.stored) == (1, "RaiseError", 1)
    assert await hub.rows("SELECT external_id FROM source_record ORDER BY id") == [
        ("one",),
        ("last",),
    ]


async def test_copies_of_a_push_that_wait_together_are_stored_once(hub: Hub) -> None:
    found = await all_waiting(hub, PushQueue(hub), *([of("same")] * 20))
    assert found == [found[0]] * 20
    assert await hub.rows("SELECT (SELECT count(*) FROM run), count(*) FROM deputy") == [(1, 1)]


async def test_a_dry_run_leaves_nothing_to_those_it_waited_with(hub: Hub) -> None:
    dry = Push("county", KINDS[RecordKind.DEPUTY], "dry", [deputy("dry")], is_dry_run=True)
    tried, stored = await all_waiting(hub, PushQueue(hub), dry, of("one"))
    assert (tried.stored, stored.stored) == (1, 1)
    assert await hub.rows("SELECT external_id FROM source_record") == [("one",)]


async def test_systems_take_turns_and_each_keeps_its_order(hub: Hub) -> None:
    pushes = [*(of(f"c{number}") for number in range(3)), of("p0", "province"), of("t0", "city")]
    await all_waiting(hub, PushQueue(hub), *pushes)
    stored = await hub.rows("SELECT external_id FROM source_record ORDER BY id")
    assert [row[0] for row in stored] == ["c0", "p0", "t0", "c1", "c2"]


async def test_who_would_wait_too_long_is_sent_away_at_once_and_told_when_to_come(
    hub: Hub,
) -> None:
    queue = PushQueue(hub, patience=60)
    queue.pace = 59 / (PUSH_WEIGHT + 1)
    async with lock_held(hub):
        first = asyncio.create_task(queue.push(of("first")))
        second = asyncio.create_task(queue.push(of("second")))
        await asyncio.sleep(0)
        with pytest.raises(TooBusy) as refused:
            await queue.push(of("third"))
        assert (refused.value.code, refused.value.seconds) == ("TOO_BUSY", 118 - 30)
        from_another = asyncio.create_task(queue.push(of("another", "city")))
        await asyncio.sleep(0)
    answers = await asyncio.gather(first, second, from_another)
    assert [answer.stored for answer in answers] == [1, 1, 1]
    assert await hub.rows("SELECT count(*) FROM source_record") == [(3,)]


async def test_who_has_waited_too_long_is_sent_away_with_nothing_done(hub: Hub) -> None:
    queue = PushQueue(hub, patience=0.05)
    async with lock_held(hub):
        with pytest.raises(TooBusy):
            await queue.push(of("late"))
    assert (await PushQueue(hub).push(of("next"))).stored == 1
    assert await hub.rows("SELECT external_id FROM source_record") == [("next",)]


async def test_the_deadline_counts_from_the_start_of_the_work(hub: Hub) -> None:
    queue = PushQueue(hub, deadline=1)
    async with lock_held(hub):
        waiting = asyncio.create_task(queue.push(of("waiting")))
        await asyncio.sleep(1.2)
    assert (await waiting).stored == 1
    async with hub.database.transaction() as driver:
        await driver.execute("LOCK TABLE source_record IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(HubError) as refused:
            await queue.push(of("slow"))
    assert refused.value.code == "DEADLINE_EXCEEDED"
    assert (await queue.push(of("after"))).stored == 1
    assert await hub.rows("SELECT external_id FROM source_record ORDER BY id") == [
        ("waiting",),
        ("after",),
    ]


async def test_a_push_that_nobody_waits_for_is_not_begun(hub: Hub) -> None:
    queue = PushQueue(hub)
    async with lock_held(hub):
        gone = asyncio.create_task(queue.push(of("gone")))
        stays: asyncio.Task[PushAnswer] = asyncio.create_task(queue.push(of("stays")))
        await asyncio.sleep(0)
        gone.cancel()
    assert (await stays).stored == 1
    assert await hub.rows("SELECT external_id FROM source_record") == [("stays",)]


async def test_two_processes_that_push_wait_for_each_other(hub: Hub) -> None:
    one, other = PushQueue(hub), PushQueue(hub)
    pushes = [(one, of(f"a{number}")) for number in range(5)]
    pushes += [(other, of(f"b{number}")) for number in range(5)]
    found = await asyncio.gather(*(queue.push(each) for queue, each in pushes))
    assert [answer.stored for answer in found] == [1] * 10
    assert await hub.rows("SELECT count(*) FROM deputy") == [(10,)]
