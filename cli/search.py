"""`hub search`: the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cli.terminal import command, opened_store, out, progress_bar

if TYPE_CHECKING:
    from hub.store import Database
    from hub.subjects.search import SearchKind

group = typer.Typer(no_args_is_help=True, help="The search index.")


@group.command("rebuild")
@command
async def rebuild_index() -> None:
    """Build the search index anew. Searches and writes go on meanwhile."""
    async with opened_store() as (_, database):
        done = await fill_index(database)
    out.print(f"{done:,} rows can be found by search.")


async def fill_index(database: Database, *, only_if_empty: bool = False) -> int:
    """Build the search index, showing how far it is; give the rows that can be found."""
    from hub.search import is_empty, rebuild

    async with database.driver() as driver:
        if only_if_empty and not await is_empty(driver):
            return 0
        with progress_bar() as progress:
            task = progress.add_task("search", total=None, counts="")

            def show(kind: SearchKind, done: int) -> None:
                progress.update(task, counts=f"{kind.name}: {done:,} rows")

            done = sum((await rebuild(driver, show)).values())
            progress.update(task, total=1, completed=1)
    return done
