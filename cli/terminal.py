"""What commands share at a terminal: how they run, what they print on, the store they work on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from hub.errors import HubError, StopRun

if TYPE_CHECKING:
    from rich.progress import Progress

    from hub.intake import OpenHub
    from hub.settings import Settings
    from hub.store import Database

P = ParamSpec("P")
T = TypeVar("T")

out = Console()
err = Console(stderr=True)


def command(function: Callable[P, Awaitable[T]]) -> Callable[P, T]:
    """Run an asynchronous command; show an error of the hub as a sentence, not as a trace."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        load_environment()
        try:
            return asyncio.run(_await(function(*args, **kwargs)))
        except Exception as error:
            from hub.store import known_failure

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
    from hub.settings import load_settings

    try:
        return load_settings()
    except StopRun as error:
        raise stop(error) from error


def load_environment() -> None:
    """Take the variables of hub.env in the data folder, where the environment has them not."""
    from dotenv import load_dotenv

    load_dotenv(load_settings_or_exit().data_dir / "hub.env")


@asynccontextmanager
async def opened_store() -> AsyncIterator[tuple[Settings, Database]]:
    """The settings and the store, its tables up to date, closed in the end. Raises StopRun."""
    from hub.store import open_store

    settings, database = await open_store()
    try:
        yield settings, database
    finally:
        await database.close()


@asynccontextmanager
async def opened_hub() -> AsyncIterator[tuple[Settings, OpenHub]]:
    """The settings, and the store with its divisions and its key. Raises StopRun."""
    from hub.divisions import read_index
    from hub.intake import OpenHub

    async with opened_store() as (settings, database):
        async with database.driver() as driver:
            divisions = await read_index(driver)
        yield settings, OpenHub(database, divisions, settings.identity_secret)


def progress_bar() -> Progress:
    """One line per system: what is read, and for how long."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:24}"),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        console=err,
    )
