"""`hub sync`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from cli.terminal import command, err, opened_hub, out, progress_bar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.progress import TaskID

    from hub.intake import OpenHub
    from hub.runs import Counts, Report
    from hub.settings import Settings
    from hub.store import Database

    Reports: TypeAlias = dict[str, tuple[Report, float]]
    """The report of each system's run and how many seconds it took, by the system's code."""

SHOWN_REFUSALS = 5
"""Refused rows that `hub sync` names; the quarantine holds all."""
RARE = ("warned", "deleted", "withheld")
"""Counts that are shown where a run has any: all of them do not fit into 80 characters."""


@command
async def sync(
    code: Annotated[str | None, typer.Argument(metavar="SYSTEM", help="All if left out.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything, not only news.")] = False,
    release_deletions: Annotated[
        bool, typer.Option("--release-deletions", help="Believe deletions however many.")
    ] = False,
    links: Annotated[
        bool, typer.Option("--link/--no-link", help="Link people in the end, or leave it.")
    ] = True,
) -> None:
    """Read the systems into the hub. Ends with status 1 if a run failed."""
    from connectors.runs import choose
    from hub.passes import refresh
    from hub.runs import fetch_manifests
    from hub.store import keep_loaded, load_quickly

    load_quickly()
    async with opened_hub() as (settings, hub):
        async with hub.database.driver() as driver:
            manifests = await fetch_manifests(driver)
        keep_loaded()
        chosen = {each: manifests[each] for each in choose(manifests, code)}
        reports = await read_systems(
            hub, settings, chosen, full=full, release_deletions=release_deletions
        )
        out.print(report_table(reports))
        for each, (report, _) in reports.items():
            await show_problems(hub.database, each, report)
        if links and any(
            report.counts.stored or report.counts.deleted for report, _ in reports.values()
        ):
            with err.status("Linking people, looking for doubtful pairs"):
                await refresh(hub)
    if any(report.error for report, _ in reports.values()):
        raise typer.Exit(1)


async def read_systems(
    hub: OpenHub,
    settings: Settings,
    manifests: Mapping[str, Mapping[str, object]],
    *,
    full: bool,
    release_deletions: bool,
) -> Reports:
    """Read one system after the other, showing how far each is."""
    from connectors.runs import sync_one

    reports: Reports = {}
    with progress_bar() as progress:
        for code, manifest in manifests.items():
            task = progress.add_task(code, total=None, counts="")
            started = time.perf_counter()

            def show(stream: str, counts: Counts, task: TaskID = task) -> None:
                progress.update(task, counts=f"{stream}: {counts.read:,} read")

            report = await sync_one(
                hub,
                settings,
                manifest,
                full=full,
                release_deletions=release_deletions,
                on_progress=show,
            )
            reports[code] = report, time.perf_counter() - started
            progress.update(task, total=1, completed=1)
    return reports


def report_table(reports: Reports) -> Table:
    """The counts of each run, the systems' codes in full."""
    all_counts = [report.counts for report, _ in reports.values()]
    rare = [name for name in RARE if any(getattr(counts, name) for counts in all_counts)]
    shown = ("read", "stored", "unchanged", "quarantined", *rare)
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("system", no_wrap=True)
    for name in (*shown, "seconds"):
        table.add_column(name, justify="right")
    table.add_column("state")
    for code, (report, seconds) in reports.items():
        numbers = [str(getattr(report.counts, name)) for name in shown]
        state = report.error.code if report.error else "ok"
        table.add_row(code, *numbers, f"{seconds:.1f}", state)
    return table


async def show_problems(database: Database, code: str, report: Report) -> None:
    """Print what stopped a run, and the first rows that it refused or stored with a warning."""
    from hub.runs import fetch_refusals, fetch_warnings

    if report.error:
        err.print(f"[red]{code}[/] {report.error.code}: {escape(report.error.message)}")
    if report.counts.quarantined or report.counts.warned:
        async with database.driver() as driver:
            refusals = await fetch_refusals(driver, report.run_id, SHOWN_REFUSALS)
            warnings = await fetch_warnings(driver, report.run_id, SHOWN_REFUSALS)
        for sentence in (*refusals, *warnings):
            err.print(f"[yellow]{code}[/] {escape(sentence)}", highlight=False)
