"""Workers: schedules, retries, and what becomes of the job of a killed worker."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from procrastinate import App

from hub.divisions.index import DivisionIndex
from hub.errors import Code, HubError, StopRun, TryLater
from hub.runs.jobs import Link, Sync, enqueue, open_jobs, take_over, work
from hub.runs.registered_systems import add_system
from hub.runs.schedules import due, is_schedule
from hub.store.database import Database
from hub.subjects.systems import ConnectorKind
from hub.values.dates import SHANGHAI
from tests.hub.test_sync import MANIFEST

HANGING = """
import asyncio, sys
from sqlalchemy import make_url
from hub.runs import jobs
from hub.runs.jobs import open_jobs, work
from hub.store.database import Database

jobs.GRACE = 0.2

async def hang(code):
    print("begun", flush=True)
    await asyncio.sleep(600)

async def no_link():
    pass

async def main():
    app = open_jobs(Database(make_url(sys.argv[1])), hang, no_link)
    async with app.open_async():
        await work(app)

asyncio.run(main())
"""


class Syncs:
    """A sync that takes a moment and notes what ran, and what ran at once."""

    def __init__(self, *errors: HubError) -> None:
        self.errors = list(errors)
        self.done: list[str] = []
        self.running: list[str] = []
        self.together: set[tuple[str, ...]] = set()

    async def __call__(self, code: str) -> HubError | None:
        self.running.append(code)
        self.together.add(tuple(sorted(self.running)))
        await asyncio.sleep(0.1)
        self.running.remove(code)
        self.done.append(code)
        return self.errors.pop() if self.errors else None


async def nothing() -> None:
    """No one has pushed much."""


@asynccontextmanager
async def jobs(database: Database, sync: Sync, link: Link = nothing) -> AsyncIterator[App]:
    app = open_jobs(database, sync, link)
    async with app.open_async():
        yield app


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp())


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("30 2 * * *", True),
        ("*/15 * * * 1-5", True),
        ("@daily", False),
        ("30 2 * * * *", False),
        ("61 2 * * *", False),
        ("", False),
    ],
)
def test_a_schedule_has_five_fields(text: str, holds: bool) -> None:
    assert is_schedule(text) is holds


def test_systems_are_due_by_the_clock_of_shanghai() -> None:
    manifests: Mapping[str, Mapping[str, object]] = {
        "nightly": {"schedule": "30 2 * * *"},
        "hourly": {"schedule": "30 * * * *"},
        "by-hand": {},
    }
    assert due(manifests, at("2026-03-01T02:30")) == ["nightly", "hourly"]
    assert due(manifests, at("2026-03-01T03:30")) == ["hourly"]
    assert due(manifests, at("2026-03-01T03:31")) == []


async def test_a_system_waits_once_however_often_it_is_due(database: Database) -> None:
    syncs = Syncs()
    async with jobs(database, syncs) as app:
        for code in ("county", "city", "county"):
            await enqueue(app, code)
        await work(app, once=True)
    assert sorted(syncs.done) == ["city", "county"]


async def test_two_workers_never_sync_one_system_at_once(database: Database) -> None:
    syncs = Syncs()
    async with jobs(database, syncs) as one, jobs(database, syncs) as other:
        for _ in range(3):
            for code in ("county", "city"):
                await one.configure_task("sync", lock=code).defer_async(system=code)
        for _ in range(3):
            await asyncio.gather(*(work(app, at_once=4, once=True) for app in (one, other)))
    assert sorted(syncs.done) == ["city"] * 3 + ["county"] * 3
    assert ("city", "county") in syncs.together
    assert not any(len(set(codes)) < len(codes) for codes in syncs.together)


async def test_a_source_that_does_not_answer_is_asked_again_later(database: Database) -> None:
    syncs = Syncs(TryLater(Code.SOURCE_UNAVAILABLE, "It does not answer."))
    async with jobs(database, syncs) as app:
        await enqueue(app, "county")
        await work(app, once=True)
        (job,) = await app.job_manager.list_jobs_async(task="sync")
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None


async def test_a_run_that_a_person_must_mend_is_not_tried_again(database: Database) -> None:
    syncs = Syncs(StopRun(Code.SOURCE_REFUSED, "The password is wrong."))
    async with jobs(database, syncs) as app:
        await enqueue(app, "county")
        await work(app, once=True)
        assert list(await app.job_manager.list_jobs_async()) == []
    assert syncs.done == ["county"]


@asynccontextmanager
async def hanging_worker(database: Database) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker that is at a job which does not end."""
    url = database.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", HANGING, url]
    process = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 60) == b"begun\n"
    yield process
    await asyncio.wait_for(process.wait(), 20)


async def start_and_kill_a_worker(database: Database) -> None:
    """A worker takes a job and is killed while at it."""
    async with hanging_worker(database) as process:
        process.kill()


async def test_a_worker_that_is_ended_breaks_a_long_job_off_and_it_runs_again(
    database: Database,
) -> None:
    syncs = Syncs()
    async with jobs(database, syncs) as app:
        await enqueue(app, "county")
        async with hanging_worker(database) as process:
            process.terminate()
        (job,) = await app.job_manager.list_jobs_async(task="sync")
    assert (process.returncode, job.status, job.attempts) == (0, "todo", 1)


async def test_the_job_of_a_killed_worker_runs_again(database: Database) -> None:
    syncs = Syncs()
    async with jobs(database, syncs) as app:
        await enqueue(app, "county")
        await start_and_kill_a_worker(database)
        await work(app, once=True)
        assert syncs.done == []  # it may still be alive
        (lost,) = await take_over(app, silent=0)
        assert lost.task_kwargs == {"system": "county"}
        await work(app, once=True)
    assert syncs.done == ["county"]


async def test_a_lost_job_gives_way_to_the_one_that_waits(database: Database) -> None:
    syncs = Syncs()
    async with jobs(database, syncs) as app:
        await enqueue(app, "county")
        await start_and_kill_a_worker(database)
        await enqueue(app, "county")
        await take_over(app, silent=0)
        await work(app, once=True)
        assert list(await app.job_manager.list_jobs_async()) == []
    assert syncs.done == ["county"]


async def test_hub_worker_syncs_a_system_that_is_due(
    store: Database, divisions: DivisionIndex, tmp_path: Path
) -> None:
    person = {"id": 1, "name": "王小明", "id_no": "", "post": "村民"}
    (tmp_path / "deputies.jsonl").write_text(json.dumps(person) + "\n")
    async with store.driver() as driver:
        await add_system(
            driver,
            divisions,
            code="county",
            name="county",
            division_code="510811",
            connector=ConnectorKind.FILE,
            manifest=MANIFEST,
        )
    async with jobs(store, Syncs()) as app:
        await enqueue(app, "county")
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    environ = {
        **os.environ,
        "HUB_DATABASE_URL": url,
        "HUB_DATA_DIR": str(tmp_path),
        "FOLDER": str(tmp_path),
    }
    words = [sys.executable, "-m", "cli", "worker", "--once"]
    process = await asyncio.create_subprocess_exec(*words, env=environ, stderr=subprocess.PIPE)
    _, log = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, log.decode()
    async with store.driver() as driver:
        run = await driver.fetchrow("SELECT status, read, stored FROM run")
    assert run is not None
    assert tuple(run) == ("SUCCEEDED", 1, 1)


async def test_a_worker_links_people_anew_when_its_hour_comes(database: Database) -> None:
    linked: list[str] = []

    async def link() -> None:
        linked.append("all")

    async with jobs(database, Syncs(), link) as app:
        await app.configure_task("link").defer_async(timestamp=at("2026-11-24 03:07"))
        await work(app, once=True)
    assert set(linked) == {"all"}  # twice where such an hour comes just now
