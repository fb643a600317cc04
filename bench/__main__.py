"""`python -m bench` runs every part, `python -m bench PART` one of them."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bench.board import measure_board
from bench.crowd import measure_crowd
from bench.load import measure_loads
from bench.opinions import measure_opinions
from bench.reads.run import measure_reads
from bench.searching.run import measure_search

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@app.callback(invoke_without_command=True)
def every_part(context: typer.Context) -> None:
    """Measure everything."""
    if context.invoked_subcommand is None:
        load()
        reads()
        crowd()
        search()
        board(1_000_000, 50)


@app.command()
def load(
    records: Annotated[int, typer.Option(help="Deputies in the file.")] = 200_000,
    rounds: Annotated[int, typer.Option(help="Rounds; the medians count.")] = 3,
) -> None:
    """Load a file of deputies into the hub, and merge it with dlt into the same PostgreSQL."""
    measure_loads(records, rounds)


@app.command()
def opinions(
    records: Annotated[int, typer.Option(help="Opinions in the larger file.")] = 1_000_000,
) -> None:
    """Load opinions, a quarter and all; write their section of docs/performance-duties.md."""
    measure_opinions(records)


@app.command()
def reads(
    quick: Annotated[bool, typer.Option(help="A short run, to see that all works.")] = False,
) -> None:
    """Ask the hub and its peers the same questions; write docs/performance.md."""
    asyncio.run(measure_reads(quick=quick))


@app.command()
def crowd() -> None:
    """Many callers at once, hostile ones among them; write docs/performance-crowd.md."""
    asyncio.run(measure_crowd())


@app.command()
def search(
    rounds: Annotated[int, typer.Option(help="Searches of each kind.")] = 400,
) -> None:
    """Search among 200,000 people; write the table at the end of docs/search.md."""
    asyncio.run(measure_search(rounds))


@app.command()
def board(
    records: Annotated[int, typer.Option(help="Opinions, hand-overs and projects.")] = 1_000_000,
    rounds: Annotated[int, typer.Option(help="How often it is asked; the median counts.")] = 50,
) -> None:
    """Ask for the board of a prefecture; write its section of docs/performance-duties.md."""
    asyncio.run(measure_board(records, rounds))


if __name__ == "__main__":
    app()
