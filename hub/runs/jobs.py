"""Scheduled syncs: jobs in the same PostgreSQL, worked off by any number of workers.

A job says only that a system is due; what became of it is in the run table. Jobs of one system
follow one another, and so do a job and a `hub sync` at a terminal (`hub.runs.sync` takes the lock).
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable, Callable

from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status
from sqlalchemy import URL

from hub.errors import HubError, TryLater
from hub.runs.registered_systems import fetch_manifests
from hub.runs.schedules import due
from hub.store import Database

SCHEMA = "jobs"
"""Schema of PostgreSQL that holds procrastinate's tables."""
EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "7 * * * *"
ATTEMPTS = 4
FIRST_WAIT = 4
"""Seconds to the power of the attempt: a source that does not answer is asked again after 4, 16
and 64 seconds, then at its next turn."""
GRACE = 10.0
"""Seconds that running jobs have to end once their worker is asked to end."""
SILENT = 30.0
"""Seconds without a sign of life after which a worker is taken for dead; they give one every 10."""

Sync = Callable[[str], Awaitable[HubError | None]]
"""Syncs the system of a code; gives what stopped the run, if anything."""
Link = Callable[[], Awaitable[None]]
"""Links all people anew, where enough has been pushed for that."""


class LaterAgain(BaseRetryStrategy):
    """Asks a source again that does not answer; begins a sync anew that its worker broke off."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When a job runs again that ended so; None for not at all."""
        if job.attempts >= ATTEMPTS or not isinstance(exception, TryLater | CancelledError):
            return None
        return RetryDecision(retry_in={"seconds": FIRST_WAIT ** (job.attempts + 1)})


def open_jobs(database: Database, sync: Sync, link: Link) -> App:
    """The application of the workers; open it with `async with app.open_async()`."""
    connector = PsycopgConnector(
        conninfo=_plain_url(database.url),
        kwargs={"options": f"-c search_path={SCHEMA}"},
        min_size=1,
        max_size=4,
    )
    app = App(connector=connector)

    @app.task(name="sync", retry=LaterAgain())
    async def sync_when_due(system: str) -> None:
        error = await sync(system)
        if error:
            raise error

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="plan", queueing_lock="plan")
    async def plan(timestamp: int) -> None:
        await take_over(app)
        async with database.driver() as driver:
            manifests = await fetch_manifests(driver)
        for code in due(manifests, timestamp):
            await enqueue(app, code)

    @app.periodic(cron=EVERY_HOUR)
    @app.task(name="link", lock="link", queueing_lock="link")
    async def link_when_due(timestamp: int) -> None:
        await link()

    return app


def _plain_url(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


async def enqueue(app: App, code: str) -> None:
    """Let a worker sync a system. One job waits at most, and none runs beside another."""
    task = app.configure_task("sync", lock=code, queueing_lock=code)
    try:
        await task.defer_async(system=code)
    except AlreadyEnqueued:
        return


async def take_over(app: App, silent: float = SILENT) -> list[Job]:
    """Let the jobs of dead workers run again; give them.

    Where the system's next job waits already, that one takes the place of the lost one.
    """
    lost = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent))
    for job in lost:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    return lost


async def work(app: App, *, at_once: int = 1, once: bool = False) -> None:
    """Work until SIGTERM, or `once` until no job can start.

    SIGTERM gives running jobs `GRACE` seconds; a longer sync is broken off and runs again.
    """
    if once:
        await take_over(app)
    await app.run_worker_async(
        concurrency=at_once, wait=not once, delete_jobs="always", shutdown_graceful_timeout=GRACE
    )
