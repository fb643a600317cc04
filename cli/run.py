"""`hub run`: what syncs and pushes did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from cli.terminal import command, opened_store, out

if TYPE_CHECKING:
    import asyncpg

group = typer.Typer(no_args_is_help=True, help="Runs: syncs and pushes.")

COUNTS = ("read", "stored", "unchanged", "quarantined", "warned", "deleted", "withheld")


@group.command("list")
@command
async def list_runs(
    code: Annotated[str | None, typer.Argument(metavar="SYSTEM", help="All if left out.")] = None,
    rows: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
) -> None:
    """List runs, the newest first."""
    from hub.runs import fetch_runs

    async with opened_store() as (_, database), database.driver() as driver:
        found = await fetch_runs(driver, code, rows)
    table = Table("run", "system", "kind", "start", *COUNTS[:4], "state")
    for run in found:
        counts = [str(run[name]) for name in COUNTS[:4]]
        table.add_row(run["id"], run["code"], run["kind"], began(run), *counts, state_of(run))
    out.print(table)


@group.command("show")
@command
async def show(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Its id, as `hub run list` says.")],
    rows: Annotated[int, typer.Option(min=0, help="Refused and warned rows at most.")] = 50,
) -> None:
    """Show a run: its counts, what stopped it, the rows that it refused or warned of."""
    from hub.runs import fetch_refusals, fetch_run, fetch_warnings

    async with opened_store() as (_, database), database.driver() as driver:
        run = await fetch_run(driver, run_id)
        refusals = await fetch_refusals(driver, run["id"], rows)
        warnings = await fetch_warnings(driver, run["id"], rows)
    out.print(f"{run['kind']} of {run['code']}, {began(run)}: {state_of(run)}")
    out.print(", ".join(f"{name} {run[name]}" for name in COUNTS))
    if run["error_message"]:
        out.print(escape(run["error_message"]), highlight=False)
    for title, sentences in (("Refused", refusals), ("With a warning", warnings)):
        for sentence in sentences:
            out.print(f"{title}: {escape(sentence)}", highlight=False)


def began(run: asyncpg.Record) -> str:
    """When a run began, in the time of this machine."""
    return f"{run['started_at'].astimezone():%Y-%m-%d %H:%M}"


def state_of(run: asyncpg.Record) -> str:
    """The state of a run, with the code of what stopped it."""
    return " ".join(filter(None, (run["status"], run["error_code"])))
