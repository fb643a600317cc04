"""Read a system's streams into the hub.

A process of its own (`hub.runs.reader`) reads and prepares the next page while the last one is
stored. Every page is stored in one transaction together with the run's counts and the stream's
cursor, so that a run may be killed at any moment and the next one goes on from what is stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

import asyncpg
import orjson

from hub.errors import Code, HubError, StopRun
from hub.intake import OpenHub, Scope, delete, forget_sightings, note_sighting, open_scope, store
from hub.runs.absence import Unseen
from hub.runs.pages import Limits, Read, Source, StreamSource
from hub.runs.reader import SourceReader, open_reader
from hub.runs.registered_systems import system_id
from hub.runs.runs import (
    Counts,
    fail_abandoned,
    fail_run,
    finish_run,
    save_counts,
    save_cursors,
    start_run,
)
from hub.settings import Settings
from hub.store import LOST, Driver, known_failure, release_run_lock, try_run_lock
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import Sight
from hub.subjects.systems import RunKind
from hub.values import keepable, masked

log = logging.getLogger(__name__)

Progress = Callable[[str, Counts], None]


@dataclass(slots=True)
class Report:
    """How a run went; `error` is what stopped it."""

    run_id: str
    counts: Counts
    error: HubError | None = None


@dataclass(slots=True)
class Sync:
    """One run over one system."""

    hub: OpenHub
    settings: Settings
    scope: Scope
    counts: Counts
    on_progress: Progress
    is_full: bool
    releases: bool
    limits: Limits
    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)


def _silent(stream: str, counts: Counts) -> None:
    pass


async def sync_system(
    hub: OpenHub,
    settings: Settings,
    code: str,
    source: Source,
    *,
    full: bool = False,
    release_deletions: bool = False,
    on_progress: Progress = _silent,
) -> Report:
    """Read one system; give what became of it. Errors of the source stop the run, not the caller.

    `full` ignores the cursors. `release_deletions` believes deletions however many they are.
    Raises StopRun(UNKNOWN_SYSTEM) or StopRun(ALREADY_RUNNING).
    """
    async with hub.database.driver() as guard:
        owner = await system_id(guard, code)
        await _claim(guard, code)
        try:
            await fail_abandoned(guard, owner)
            run_id = await start_run(guard, owner, RunKind.SYNC)
            scope = await open_scope(guard, hub, code, run_id)
            scope.scores_people = False
            how = (on_progress, full, release_deletions, source.limits)
            sync = Sync(hub, settings, scope, Counts(), *how)
            return await _run(guard, sync, source)
        finally:
            await release_run_lock(guard, code)


async def _claim(guard: Driver, code: str) -> None:
    if not await try_run_lock(guard, code):
        raise StopRun(
            Code.ALREADY_RUNNING,
            f"A sync of {code} is under way. Wait for it to end; `hub sync` shows its progress.",
        )


async def _run(guard: Driver, sync: Sync, source: Source) -> Report:
    scope = sync.scope
    order = list(KINDS)
    try:
        async with _in_time(sync), open_reader(sync.hub.database, scope, source) as reader:
            for stream in sorted(source.streams, key=lambda item: order.index(item.kind)):
                await _sync_stream(guard, sync, reader, stream)
            await reader.stored()
    except Exception as error:
        known = known_failure(error)
        if known is None:
            log.exception("The run over %s failed by a fault of the hub", scope.system.code)
        await _fail(guard, scope, known or FAULT)
        return Report(scope.run_id, sync.counts, known or FAULT)
    except BaseException:
        await _fail(guard, scope, BROKEN_OFF)
        raise
    await save_cursors(guard, scope.run_id, sync.before, sync.after)
    await finish_run(guard, scope.system.id, scope.run_id)
    await forget_sightings(guard, scope.system.id)
    return Report(scope.run_id, sync.counts)


@asynccontextmanager
async def _in_time(sync: Sync) -> AsyncIterator[None]:
    """A block that takes no longer than a run may. Raises StopRun(SOURCE_UNAVAILABLE)."""
    try:
        async with asyncio.timeout(60 * sync.limits.minutes):
            yield
    except TimeoutError as error:
        raise StopRun(
            Code.SOURCE_UNAVAILABLE,
            f"System {sync.scope.system.code} was not read after {sync.limits.minutes:g} minutes. "
            "Look why it is slow, or set limits.minutes in its manifest higher; what was read is "
            "stored.",
        ) from error


FAULT = StopRun(
    Code.INTERNAL,
    "The run met an error of the hub; its log has the trace. What it had stored stays; report "
    "the trace, then run it again.",
)
BROKEN_OFF = StopRun(
    Code.INTERNAL, "The run was broken off. What it had stored stays; run it again."
)


async def _fail(guard: Driver, scope: Scope, error: HubError) -> None:
    """Close the run; where the store is away, the next run closes it."""
    with suppress(*LOST, asyncpg.DiskFullError):
        message = str(keepable(error.message))
        await fail_run(guard, scope.system.id, scope.run_id, error.code, message)


Pages: TypeAlias = asyncio.Queue[Read | None]
STATE = "SELECT cursor, mapping_digest FROM stream WHERE system_id = $1 AND name = $2"


async def _sync_stream(
    guard: Driver, sync: Sync, reader: SourceReader, stream: StreamSource
) -> None:
    started = datetime.now(UTC)
    state = await guard.fetchrow(STATE, sync.scope.system.id, stream.name)
    same = state is not None and state["mapping_digest"] == stream.digest
    since = state["cursor"] if state and same else None
    since = None if sync.is_full else since
    sync.before[stream.name] = sync.after[stream.name] = since
    queue: Pages = asyncio.Queue(maxsize=1)
    stored = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_read_pages(reader, stream, since, queue, stored))
            tasks.create_task(_store_pages(sync, stream, queue, stored))
    except ExceptionGroup as group:
        raise group.exceptions[0] from group
    if since is None:
        await _finish_pass(sync, reader, stream, started)


async def _read_pages(
    reader: SourceReader,
    stream: StreamSource,
    since: object | None,
    queue: Pages,
    stored: asyncio.Event,
) -> None:
    """Hand on the pages; what stops the reader is raised once all that it read is stored."""
    try:
        async for read in reader.read(stream.name, since):
            await queue.put(read)
            await queue.join()  # one page waits here, the next one in the reader
    except HubError:
        await queue.put(None)
        await stored.wait()
        raise
    await queue.put(None)


async def _store_pages(
    sync: Sync,
    stream: StreamSource,
    queue: Pages,
    stored: asyncio.Event,
) -> None:
    while (read := await queue.get()) is not None:
        queue.task_done()
        for code in read.unlisted:
            sync.scope.divisions.hold(code)
        counts = Counts(**{name: getattr(sync.counts, name) for name in Counts.__slots__})
        async with sync.hub.database.writing() as driver:
            counts.add(await store(driver, sync.scope, read.prepared))
            counts.deleted += await _delete_marked(driver, sync.scope, stream, read.deleted)
            await _save_cursor(driver, sync, stream, read.cursor)
            await save_counts(driver, sync.scope.run_id, counts)
        sync.counts = counts
        sync.on_progress(stream.name, counts)
        _check_rows(sync, counts)
    stored.set()


def _check_rows(sync: Sync, counts: Counts) -> None:
    """Raise StopRun(SOURCE_REFUSED) where a run has read more rows than its system may have."""
    most = sync.limits.rows
    if counts.read > most:
        raise StopRun(
            Code.SOURCE_REFUSED,
            f"System {sync.scope.system.code} gave more than {most:,} rows. If it really has so "
            "many, set limits.rows in its manifest higher; what was read is stored.",
        )


CURSOR = """
INSERT INTO stream (system_id, name, cursor, mapping_digest) VALUES ($1, $2, $3::jsonb, $4)
ON CONFLICT (system_id, name) DO UPDATE SET cursor = excluded.cursor,
    mapping_digest = excluded.mapping_digest
"""


async def _save_cursor(
    driver: Driver, sync: Sync, stream: StreamSource, cursor: object | None
) -> None:
    if cursor is None:
        return
    cursor = masked(cursor)  # files may be named by an ID number
    sync.after[stream.name] = cursor
    await driver.execute(
        CURSOR, sync.scope.system.id, stream.name, orjson.dumps(cursor).decode(), stream.digest
    )


# --- Deletions ------------------------------------------------------------------------------------

IDS = """
SELECT id::text FROM source_record
WHERE system_id = $1 AND kind = $2 AND external_id = ANY($3) AND stream = $4
  AND deleted_at IS NULL
"""


async def _delete_marked(
    driver: Driver, scope: Scope, stream: StreamSource, external_ids: list[str]
) -> int:
    if not external_ids:
        return 0
    await note_sighting(driver, scope.run_id, stream.kind, Sight.GONE, external_ids)
    ids = await _record_ids(driver, scope, stream, external_ids)
    return await delete(driver, scope, KINDS[stream.kind], stream.name, ids)


async def _record_ids(
    driver: Driver, scope: Scope, stream: StreamSource, external_ids: list[str]
) -> list[str]:
    """The live records of a stream with these ids; another stream may have some of them too."""
    place = (scope.system.id, stream.kind.name, external_ids, stream.name)
    rows = await driver.fetch(IDS, *place)
    return [row[0] for row in rows]


async def _finish_pass(
    sync: Sync, reader: SourceReader, stream: StreamSource, started: datetime
) -> None:
    """After a complete pass: believe or withhold deletions, and note the pass."""
    if stream.believes_absence:
        await _delete_absent(sync, stream, await reader.find_unseen(stream.name))
    async with sync.hub.database.transaction() as driver:
        await driver.execute(
            "INSERT INTO stream (system_id, name, mapping_digest, completed_at) "
            "VALUES ($1, $2, $3, $4) ON CONFLICT (system_id, name) DO UPDATE "
            "SET completed_at = excluded.completed_at, mapping_digest = excluded.mapping_digest",
            sync.scope.system.id,
            stream.name,
            stream.digest,
            started,
        )


async def _delete_absent(sync: Sync, stream: StreamSource, unseen: Unseen) -> None:
    scope, kind, missing = sync.scope, KINDS[stream.kind], unseen.missing
    async with sync.hub.database.driver() as driver:
        absent = await _record_ids(driver, scope, stream, missing) if missing else []
        await note_sighting(driver, scope.run_id, stream.kind, Sight.GONE, unseen.gone)
    too_many = len(absent) > sync.settings.deletion_share * unseen.live
    if absent and unseen.doubt:
        log.warning("%s, stream %s: deletions are withheld: %s", scope.system.code, stream.name,
                    unseen.doubt)  # fmt: skip
    if absent and (too_many or unseen.doubt) and not sync.releases:
        await _withhold(sync, stream.kind, missing, absent)
        return
    size = sync.settings.batch_size
    for start in range(0, len(absent), size):
        await _delete_some(sync, kind, stream, absent[start : start + size])


async def _delete_some(sync: Sync, kind: Kind, stream: StreamSource, ids: list[str]) -> None:
    async with sync.hub.database.writing() as driver:
        sync.counts.deleted += await delete(driver, sync.scope, kind, stream.name, ids)
        await save_counts(driver, sync.scope.run_id, sync.counts)


async def _withhold(sync: Sync, kind: RecordKind, external_ids: list[str], ids: list[str]) -> None:
    async with sync.hub.database.transaction() as driver:
        await driver.execute(
            "UPDATE source_record SET missing_since = coalesce(missing_since, now()) "
            "WHERE id = ANY($1::uuid[])",
            ids,
        )
        await note_sighting(driver, sync.scope.run_id, kind, Sight.MISSING, external_ids)
        sync.counts.withheld += len(ids)
        await save_counts(driver, sync.scope.run_id, sync.counts)
