"""`hub worker`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cli.terminal import command, opened_hub


@command
async def worker(
    at_once: Annotated[int, typer.Option(min=1, help="Systems read at once.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="End when no job can start.")] = False,
) -> None:
    """Sync systems as their manifests' `schedule` says, and link people anew after many pushes.

    Any number of workers may run.
    """
    from connectors.runs import sync_code
    from hub.logs import configure_logs
    from hub.passes import refresh_when_due
    from hub.runs import open_jobs, work
    from hub.store import load_quickly

    load_quickly()
    async with opened_hub() as (settings, hub):
        configure_logs(settings.log_level)
        jobs = open_jobs(
            hub.database, partial(sync_code, hub, settings), partial(refresh_when_due, hub)
        )
        async with jobs.open_async():
            await work(jobs, at_once=at_once, once=once)
