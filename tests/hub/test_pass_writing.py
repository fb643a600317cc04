"""A pass over all records writes its pairs in parts: others come in between, a crash loses none."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable
from os import environ
from pathlib import Path
from typing import Any

import pytest

from bench.linking.sets import KEY
from hub.intake import Planned, Record, Scope, write_links
from hub.intake.scoring import wait
from hub.linking.judgements import Pair
from hub.passes.link_people import link_new, link_people
from hub.passes.queue import refresh
from hub.passes.writing import parts_of, write_pass
from hub.store.database import Driver
from hub.store.locks import PASS_LOCK, WRITE_LOCK, holding, is_awaited
from hub.store.pipeline import Pipeline
from tests.hub.pushing import Hub
from tests.hub.test_score_links import (
    SYSTEMS,
    NewHub,
    folder,
    groups,
    new_hub,
    partition,
    push_all,
    queue,
    records,
)
from tests.hub.test_undo import check_log

__all__ = ["folder", "new_hub"]

GOLDEN = """
SELECT p.name, p.birth_month, p.employer, r.external_id AS main, m.congresses
FROM person p JOIN source_record r ON r.id = p.main_record_id
CROSS JOIN LATERAL (SELECT array_agg(d.congress_id::text ORDER BY d.congress_id) AS congresses
                    FROM deputy d WHERE d.person_id = p.id) m
ORDER BY 4
"""


async def loaded(hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All records are in the store, and wait to be linked as those of a sync do."""

    async def waiting(
        pipeline: Pipeline, _scope: Scope, new: list[Record], gone: list[Record], *_: Any
    ) -> None:
        await wait(pipeline, new, gone)

    with monkeypatch.context() as patch:
        patch.setattr("hub.intake.store_batches.score_or_wait", waiting)
        await push_all(hub, folder, list(SYSTEMS), 1000)


async def outcome(hub: Hub) -> tuple[Any, ...]:
    persons = partition(await groups(hub))
    return persons, await hub.rows(GOLDEN), await queue(hub)


def pausing(hub: Hub, part: int, waits: asyncio.Event) -> Any:
    """Writes parts of a pass; before number `part`, from 1, somebody else has to wait to write."""
    begun: list[Planned] = []

    async def write(driver: Driver, scope: Scope, planned: Planned, turn: Awaitable[None]) -> None:
        begun.append(planned)
        if len(begun) == part:
            waits.set()
            async with hub.database.driver() as watching:
                for _ in range(1000):
                    if await is_awaited(watching, WRITE_LOCK):
                        break
                    await asyncio.sleep(0.01)
        await write_links(driver, scope, planned, turn)

    return write


async def test_the_size_of_the_parts_and_a_push_in_between_do_not_matter(
    new_hub: NewHub,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = []
    for size, part in ((100_000, 1), (7, 2)):
        hub = await new_hub()
        await loaded(hub, folder, monkeypatch)
        one = next(records(folder, "county")) | {"externalId": "late", "term": "16"}
        waits = asyncio.Event()
        with monkeypatch.context() as patch:
            patch.setattr("hub.passes.writing.PAIRS", size)
            patch.setattr("hub.passes.writing.write_links", pausing(hub, part, waits))
            linking = asyncio.create_task(link_new(hub))
            await waits.wait()
            pushed = asyncio.create_task(hub.deputies("county", one))
            done, _ = await asyncio.wait([linking, pushed], return_when=asyncio.FIRST_COMPLETED)
            assert size > 100 or done == {pushed}
            await linking
            await pushed
        assert await hub.rows("SELECT FROM link_waiting") == []
        await check_log(hub)
        found.append(await outcome(hub))
    assert found[0] == found[1]


async def test_a_pass_that_was_broken_off_is_finished_by_the_next(
    new_hub: NewHub,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[Planned] = []

    async def breaking(
        driver: Driver, scope: Scope, planned: Planned, turn: Awaitable[None]
    ) -> None:
        if len(written) == 2:
            raise ConnectionResetError
        written.append(planned)
        await write_links(driver, scope, planned, turn)

    monkeypatch.setattr("hub.passes.writing.PAIRS", 7)
    found = []
    for breaks in (False, True):
        hub = await new_hub()
        await loaded(hub, folder, monkeypatch)
        if breaks:
            with monkeypatch.context() as patch:
                patch.setattr("hub.passes.writing.write_links", breaking)
                with pytest.raises(ConnectionResetError):
                    await link_new(hub)
            begun = len(await hub.rows("SELECT FROM score_link"))
        await link_new(hub)
        found.append(await outcome(hub))
    assert found[0] == found[1]
    assert 0 < begun < len(await hub.rows("SELECT FROM score_link"))


async def test_doubts_about_what_is_pushed_during_a_pass_stay_in_the_queue(
    new_hub: NewHub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = await new_hub()
    await push_all(hub, folder, list(SYSTEMS), 1000)
    before = await queue(hub)

    async def pushing(*given: Any) -> None:
        for system, division in (("county", "510802"), ("city", "510800")):
            said = {
                "name": "王伟",
                "birth": "1975-03",
                "gender": "男",
                "divisionCode": division,
                "term": 8,
            }
            await hub.deputies(system, {"externalId": f"late {system}"} | said)
        await write_pass(*given)

    monkeypatch.setattr("hub.passes.link_people.write_pass", pushing)
    await refresh(hub, all_people=True)
    assert await queue(hub) == before | {frozenset(("late county", "late city"))}


async def test_two_passes_at_once_follow_one_another_and_end_as_one(
    new_hub: NewHub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes of `hub link`; tasks are no harder, their connections are as apart."""
    found = []
    for count in (1, 2):
        hub = await new_hub()
        await loaded(hub, folder, monkeypatch)
        async with hub.database.driver() as driver, holding(driver, PASS_LOCK):
            linking = [await start_link(hub) for _ in range(count)]
            await asyncio.wait_for(waiting(hub, count), 60)
            assert await hub.rows("SELECT FROM score_link") == []
        ends = [await process.communicate() for process in linking]
        assert [process.returncode for process in linking] == [0] * count, ends
        assert await hub.rows("SELECT FROM link_waiting") == []
        await check_log(hub)
        found.append(await outcome(hub))
    assert found[0] == found[1]


async def waiting(hub: Hub, count: int) -> None:
    """Until so many wait for the lock of passes."""
    while True:
        if await hub.rows(WAITS, PASS_LOCK) == [(count,)]:
            return


WAITS = """
SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted
  AND (l.classid::bigint << 32) + l.objid::bigint = $1
"""


async def start_link(hub: Hub) -> asyncio.subprocess.Process:
    """`hub link` on the store of a hub."""
    url = hub.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    given = environ | {"HUB_DATABASE_URL": url, "HUB_IDENTITY_KEY": KEY.decode()}
    words = (sys.executable, "-m", "cli", "link")
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*words, env=given, stdout=pipe, stderr=pipe)


def test_pairs_of_one_person_come_into_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.passes.writing.PAIRS", 2)
    a, b, c, d = Pair("1", "2"), Pair("1", "3"), Pair("1", "4"), Pair("5", "6")
    parts = list(parts_of([a, b, c, d], {a: 0.9, b: 0.8, d: 0.7}))
    assert [part.added for part in parts] == [[a, b], [d]]
    assert [part.gone for part in parts] == [[c], []]
    assert [part.scores for part in parts] == [[0.9, 0.8], [0.7]]
    assert parts[0].records == ["1", "2", "3", "4"]


async def test_pairs_of_one_person_that_are_lost_come_back_and_move_nothing(
    new_hub: NewHub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = await new_hub()
    await loaded(hub, folder, monkeypatch)
    await link_people(hub)
    pairs = "SELECT left_id, right_id FROM score_link ORDER BY 1, 2"
    before, logged = await hub.rows(pairs), await hub.rows("SELECT count(*) FROM change")
    async with hub.database.driver() as driver:
        await driver.execute("DELETE FROM score_link")
    with monkeypatch.context() as patch:
        patch.setattr("hub.passes.writing.write_links", None)
        await link_people(hub)
    assert await hub.rows(pairs) == before
    assert await hub.rows("SELECT count(*) FROM change") == logged
