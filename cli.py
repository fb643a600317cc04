"""The `hub` command: the composition root for work at a terminal."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
import uvicorn
from dotenv import load_dotenv
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from connectors.manifest import (
    SystemManifest,
    load_manifest,
    plain_manifest,
)
from connectors.runs import choose, sync_one
from hub import migrate
from hub.candidates import find_candidates
from hub.clocks import RULES_FILE, read_rules, store_rules
from hub.database import Database, open_database
from hub.divisions import load_divisions, read_index
from hub.doctor import check_all
from hub.enums import ConnectorKind
from hub.enums.search import SearchKind
from hub.errors import HubError, StopRun
from hub.failures import known_failure
from hub.intake.derived import reckon_again
from hub.jobs import open_jobs, work
from hub.logs import configure_logs
from hub.migrate import open_store
from hub.runs import Counts, fetch_refusals
from hub.search.rebuild import is_empty, rebuild
from hub.settings import Settings, load_settings
from hub.sync import Report
from hub.systems import add_system, create_key, fetch_manifests

P = ParamSpec("P")
T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The congress data hub: one graph over the people's congresses of every level.",
)
db = typer.Typer(no_args_is_help=True, help="The store.")
system = typer.Typer(no_args_is_help=True, help="Source systems.")
key = typer.Typer(no_args_is_help=True, help="API keys of systems.")
schema = typer.Typer(no_args_is_help=True, help="The GraphQL schema.")
clocks = typer.Typer(no_args_is_help=True, help="Legal clocks: days by which handlers reply.")
search = typer.Typer(no_args_is_help=True, help="The search index.")
app.add_typer(db, name="db")
app.add_typer(system, name="system")
app.add_typer(key, name="key")
app.add_typer(schema, name="schema")
app.add_typer(clocks, name="clocks")
app.add_typer(search, name="search")

SHOWN_REFUSALS = 5
"""Refused rows that `hub sync` names; the quarantine holds all."""

out = Console()
err = Console(stderr=True)


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


# --- Serving --------------------------------------------------------------------------------------


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the graph at /graphql, with GraphiQL for browsers."""
    settings = load_settings_or_exit()
    uvicorn.run(
        "server:create_app",
        factory=True,
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_config=None,
        access_log=False,
    )


# --- Syncing --------------------------------------------------------------------------------------


@app.command()
@command
async def sync(
    code: Annotated[str | None, typer.Argument(metavar="SYSTEM", help="All if left out.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything, not only news.")] = False,
    release_deletions: Annotated[
        bool, typer.Option("--release-deletions", help="Believe deletions however many.")
    ] = False,
) -> None:
    """Read the systems into the hub. Ends with status 1 if a run failed."""
    spare_collection()
    settings, database = await open_store()
    try:
        async with database.driver() as driver:
            manifests = await fetch_manifests(driver)
            divisions = await read_index(driver)
        gc.freeze()
        chosen = choose(manifests, code)
        reports: dict[str, tuple[Report, float]] = {}
        with progress_bar() as progress:
            for each in chosen:
                task = progress.add_task(each, total=None, counts="")
                started = time.perf_counter()

                def show(stream: str, counts: Counts, task: Any = task) -> None:
                    progress.update(task, counts=f"{stream}: {counts.read:,} read")

                report = await sync_one(
                    database,
                    settings,
                    divisions,
                    manifests[each],
                    full=full,
                    release_deletions=release_deletions,
                    on_progress=show,
                )
                reports[each] = report, time.perf_counter() - started
                progress.update(task, total=1, completed=1)
        out.print(report_table(reports))
        for each, (report, _) in reports.items():
            await show_problems(database, each, report)
    finally:
        await database.close()
    if any(report.error for report, _ in reports.values()):
        raise typer.Exit(1)


async def show_problems(database: Database, code: str, report: Report) -> None:
    """Print what stopped a run, else the first rows that it refused."""
    if report.error:
        err.print(f"[red]{code}[/] {report.error.code}: {escape(report.error.message)}")
    elif report.counts.quarantined:
        async with database.driver() as driver:
            for sentence in await fetch_refusals(driver, report.run_id, SHOWN_REFUSALS):
                err.print(f"[yellow]{code}[/] {escape(sentence)}", highlight=False)


def spare_collection() -> None:
    """Look for cycles seldom: a load makes millions of objects and hardly a cycle."""
    gc.set_threshold(100_000, 50, 50)


@app.command()
@command
async def worker(
    at_once: Annotated[int, typer.Option(min=1, help="Systems read at once.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="End when no job can start.")] = False,
) -> None:
    """Sync systems as their manifests' `schedule` says. Any number of workers may run."""
    spare_collection()
    settings, database = await open_store()
    configure_logs(settings.log_level)
    async with database.driver() as driver:
        divisions = await read_index(driver)

    async def sync_system_of(code: str) -> HubError | None:
        async with database.driver() as driver:
            manifests = await fetch_manifests(driver)
        (chosen,) = choose(manifests, code)
        return (await sync_one(database, settings, divisions, manifests[chosen])).error

    jobs = open_jobs(database, sync_system_of)
    async with jobs.open_async():
        await work(jobs, at_once=at_once, once=once)
    await database.close()


def progress_bar() -> Progress:
    """One line per system: what is read, and for how long."""
    return Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:24}"),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        console=err,
    )


def report_table(reports: dict[str, tuple[Report, float]]) -> Table:
    """The counts of each run."""
    table = Table(
        "system",
        "read",
        "stored",
        "unchanged",
        "quarantined",
        "deleted",
        "withheld",
        "seconds",
        "state",
    )
    for code, (report, seconds) in reports.items():
        c = report.counts
        numbers = (c.read, c.stored, c.unchanged, c.quarantined, c.deleted, c.withheld)
        table.add_row(
            code, *map(str, numbers), f"{seconds:.1f}", report.error.code if report.error else "ok"
        )
    return table


# --- Systems, keys, store, schema -----------------------------------------------------------------


@system.command("add")
@command
async def system_add(
    file: Annotated[Path, typer.Argument(help="The manifest, a YAML file.")],
) -> None:
    """Make a system known, or change it, from its manifest."""
    manifest = load_manifest(file)
    _, database = await open_store()
    try:
        async with database.transaction() as driver:
            await add_system(
                driver,
                await read_index(driver),
                code=manifest.system,
                name=manifest.name,
                division_code=manifest.division,
                connector=kind_of(manifest),
                manifest=plain_manifest(manifest),
            )
    finally:
        await database.close()
    out.print(f"{manifest.system} ({manifest.name}) is known. Next: hub sync {manifest.system}")


def kind_of(manifest: SystemManifest) -> ConnectorKind:
    """The connector kind of a manifest."""
    return ConnectorKind[manifest.connector.kind.upper()]


@system.command("list")
@command
async def system_list() -> None:
    """List the systems and how their last run went."""
    _, database = await open_store()
    async with database.driver() as driver:
        rows = await driver.fetch(
            "SELECT code, name, connector, status, last_success_at FROM source_system ORDER BY code"
        )
    await database.close()
    table = Table("system", "name", "connector", "state", "last complete run")
    for row in rows:
        last = row["last_success_at"]
        table.add_row(*row[:4], f"{last:%Y-%m-%d %H:%M}" if last else "never")
    out.print(table)


@key.command("create")
@command
async def key_create(
    code: Annotated[str, typer.Argument(metavar="SYSTEM", help="System that will push with it.")],
    read_restricted: Annotated[
        bool, typer.Option(help="Let the key read phones, addresses and citizens' names.")
    ] = False,
    steward: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Let this steward decide, pin and undo with the key."),
    ] = None,
) -> None:
    """Make an API key for a system. It is printed once and kept only as a digest."""
    _, database = await open_store()
    try:
        async with database.driver() as driver:
            made = await create_key(driver, code, reads_restricted=read_restricted, steward=steward)
    finally:
        await database.close()
    typer.echo(made)


@app.command()
@command
async def link() -> None:
    """Bring the queue of doubtful pairs up to date, for stewards to decide."""
    _, database = await open_store()
    try:
        async with database.driver() as driver:
            divisions = await read_index(driver)
            with err.status("Looking for doubtful pairs"):
                count = await find_candidates(driver, divisions)
    finally:
        await database.close()
    err.print(f"{count} doubtful pairs wait for a steward")


@db.command("upgrade")
@command
async def db_upgrade() -> None:
    """Bring the tables and the divisions to the version that this program needs."""
    database = open_database(load_settings())
    try:
        with err.status("Bringing the tables up to date"):
            await migrate.upgrade(database)
        with err.status("Loading the divisions"):
            async with database.driver() as driver:
                written = await load_divisions(driver)
                await store_rules(driver, read_rules(), only_if_empty=True)
        await fill_index(database, only_if_empty=True)
    finally:
        await database.close()
    out.print(f"The store is up to date ({written:,} rows of divisions written).")


@clocks.command("load")
@command
async def clocks_load(
    file: Annotated[Path, typer.Argument(help="YAML with the rules of divisions.")] = RULES_FILE,
) -> None:
    """Take local rules on deadlines in place of the earlier ones; count all days by law anew."""
    rules = read_rules(file)
    _, database = await open_store()
    try:
        async with database.transaction() as driver:
            await store_rules(driver, rules)
            count = await reckon_again(driver, await read_index(driver))
    finally:
        await database.close()
    out.print(f"{len(rules)} rules hold; {count:,} hand-overs were counted anew.")


@search.command("rebuild")
@command
async def search_rebuild() -> None:
    """Build the search index anew. Searches and writes go on meanwhile."""
    _, database = await open_store()
    try:
        done = await fill_index(database)
    finally:
        await database.close()
    out.print(f"{done:,} rows can be found by search.")


async def fill_index(database: Database, *, only_if_empty: bool = False) -> int:
    """Build the search index, showing how far it is; give the rows that can be found."""
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


@schema.command("print")
def schema_print() -> None:
    """Print the schema of the graph."""
    from resolvers.api import print_schema  # noqa: PLC0415 - a second that the others need not wait

    typer.echo(print_schema(), nl=False)


# --- Doctor ---------------------------------------------------------------------------------------


@app.command()
@command
async def doctor() -> None:
    """Show the settings and test what the hub stands on. Ends with status 1 if something fails."""
    settings = load_settings()
    out.print(settings_table(settings))
    checks = await check_all(settings)
    for name, problem in checks:
        out.print(
            f"[green]ok[/]   {name}" if problem is None else f"[red]fail[/] {name}: {problem}"
        )
    if any(problem for _, problem in checks):
        raise typer.Exit(1)


def settings_table(settings: Settings) -> Table:
    """Every setting, its value and what it means; secrets hidden."""
    table = Table("setting", "value", "meaning")
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        secret = name == "database_url" and value is not None
        table.add_row(f"HUB_{name.upper()}", "(set)" if secret else str(value), field.description)
    return table


if __name__ == "__main__":
    sys.exit(app())
