"""Runs: syncs, pushes, live look-ups, jobs, and the systems that they are of."""

from hub.runs.jobs import open_jobs, work
from hub.runs.live import (
    Compared,
    Live,
    LiveRecord,
    StoredRecord,
    fetch_stored,
    read_live,
    unavailable,
)
from hub.runs.pages import Limits, Page
from hub.runs.past_runs import fetch_run, fetch_runs
from hub.runs.push import Push, PushAnswer, PushResult
from hub.runs.push_queue import PushQueue
from hub.runs.registered_systems import (
    add_system,
    create_key,
    fetch_awaited,
    fetch_manifests,
    find_key,
)
from hub.runs.runs import Counts, fetch_refusals, fetch_warnings
from hub.runs.schedules import is_schedule
from hub.runs.sync import FAULT, Report, sync_system

__all__ = [
    "FAULT",
    "Compared",
    "Counts",
    "Limits",
    "Live",
    "LiveRecord",
    "Page",
    "Push",
    "PushAnswer",
    "PushQueue",
    "PushResult",
    "Report",
    "StoredRecord",
    "add_system",
    "create_key",
    "fetch_awaited",
    "fetch_manifests",
    "fetch_refusals",
    "fetch_run",
    "fetch_runs",
    "fetch_stored",
    "fetch_warnings",
    "find_key",
    "is_schedule",
    "open_jobs",
    "read_live",
    "sync_system",
    "unavailable",
    "work",
]
