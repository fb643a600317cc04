"""What commands share at a terminal: how they run, what they show."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import typer
from dotenv import load_dotenv
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from hub.errors import HubError, StopRun
from hub.runs.runs import fetch_refusals
from hub.runs.sync import Report
from hub.settings import Settings, load_settings
from hub.store.database import Database
from hub.store.failures import known_failure

P = ParamSpec("P")
T = TypeVar("T")

out = Console()
err = Console(stderr=True)

SHOWN_REFUSALS = 5
"""Refused rows that `hub sync` names; the quarantine holds all."""


def command(function: Callable[P, Awaitable[T]]) -> Callable[P, T]:
    """Run an asynchronous command; show an error of the hub as a sentence, not as a trace."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        load_dotenv(load_settings_or_exit().data_dir / "hub.env")
        try:
            return asyncio.run(_await(function(*args, **kwargs)))
        except Exception as error:
            known = known_failure(error)
            if known is None:
                raise
            raise stop(known) from error

    return run


async def _await(awaitable: Awaitable[T]) -> T:
    return await awaitable


def stop(error: HubError) -> typer.Exit:
    """Print an error; give what ends the program with status 1."""
    err.print(f"[bold red]{error.code}[/] {escape(error.message)}", highlight=False)
    return typer.Exit(1)


def load_settings_or_exit() -> Settings:
    """The settings; ends the program where one is wrong."""
    try:
        return load_settings()
    except StopRun as error:
        raise stop(error) from error


def progress_bar() -> Progress:
    """One line per system: what is read, and for how long."""
    return Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:24}"),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        console=err,
    )


RARE = ("warned", "deleted", "withheld")
"""Counts that are shown where a run has any: all of them do not fit into 80 characters."""


def report_table(reports: dict[str, tuple[Report, float]]) -> Table:
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


def settings_table(settings: Settings) -> Table:
    """Every setting, its value and what it means; secrets hidden."""
    table = Table("setting", "value", "meaning")
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        secret = name == "database_url" and value is not None
        table.add_row(f"HUB_{name.upper()}", "(set)" if secret else str(value), field.description)
    return table


async def show_problems(database: Database, code: str, report: Report) -> None:
    """Print what stopped a run, else the first rows that it refused."""
    if report.error:
        err.print(f"[red]{code}[/] {report.error.code}: {escape(report.error.message)}")
    elif report.counts.quarantined:
        async with database.driver() as driver:
            for sentence in await fetch_refusals(driver, report.run_id, SHOWN_REFUSALS):
                err.print(f"[yellow]{code}[/] {escape(sentence)}", highlight=False)
