"""The `hub` command: the composition root for work at a terminal."""

from __future__ import annotations

import gc
import sys
import time
from functools import partial
from getpass import getuser
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from rich.table import Table

from cli.doctor import check_all
from cli.terminal import (
    command,
    err,
    load_settings_or_exit,
    out,
    progress_bar,
    report_table,
    settings_table,
    show_problems,
)
from connectors.manifest import (
    SystemManifest,
    load_manifest,
    plain_manifest,
)
from connectors.runs import choose, sync_code, sync_one
from hub.divisions.index import load_divisions, read_index
from hub.divisions.legal_clocks import RULES_FILE, read_rules, store_rules
from hub.enums import ConnectorKind
from hub.enums.search import SearchKind
from hub.intake.derived import reckon_again
from hub.logs import configure_logs
from hub.passes.queue import refresh, refresh_when_due
from hub.runs.jobs import open_jobs, work
from hub.runs.runs import Counts
from hub.runs.sync import Report
from hub.runs.systems import add_system, create_key, fetch_manifests
from hub.search.rebuild import is_empty, rebuild
from hub.settings import load_settings
from hub.stewards.desk import Desk
from hub.stewards.priorities import Rule, fetch_rules, read_kind, set_rule
from hub.store import migrate
from hub.store.database import Database, open_database
from hub.store.migrate import open_store

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

priority = typer.Typer(no_args_is_help=True, help="Whose value wins where systems differ.")
search = typer.Typer(no_args_is_help=True, help="The search index.")
app.add_typer(db, name="db")
app.add_typer(system, name="system")
app.add_typer(key, name="key")
app.add_typer(schema, name="schema")
app.add_typer(clocks, name="clocks")

app.add_typer(priority, name="priority")
app.add_typer(search, name="search")


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
    links: Annotated[
        bool, typer.Option("--link/--no-link", help="Link people in the end, or leave it.")
    ] = True,
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

        counts = [report.counts for report, _ in reports.values()]
        if links and any(it.stored or it.deleted for it in counts):
            with err.status("Linking people, looking for doubtful pairs"):
                await refresh(database, divisions, settings.identity_secret)
    finally:
        await database.close()
    if any(report.error for report, _ in reports.values()):
        raise typer.Exit(1)


def spare_collection() -> None:
    """Look for cycles seldom: a load makes millions of objects and hardly a cycle."""
    gc.set_threshold(1_000_000, 50, 50)


@app.command()
@command
async def worker(
    at_once: Annotated[int, typer.Option(min=1, help="Systems read at once.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="End when no job can start.")] = False,
) -> None:
    """Sync systems as their manifests' `schedule` says, and link people anew after many pushes.

    Any number of workers may run.
    """
    spare_collection()
    settings, database = await open_store()
    configure_logs(settings.log_level)
    async with database.driver() as driver:
        divisions = await read_index(driver)

    jobs = open_jobs(
        database,
        partial(sync_code, database, settings, divisions),
        partial(refresh_when_due, database, divisions, settings.identity_secret),
    )
    async with jobs.open_async():
        await work(jobs, at_once=at_once, once=once)
    await database.close()


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
    """Link people by what their records say; bring the queue of doubtful pairs up to date."""
    settings, database = await open_store()
    try:
        async with database.driver() as driver:
            divisions = await read_index(driver)
        with err.status("Linking people, looking for doubtful pairs"):
            await refresh(database, divisions, settings.identity_secret, all_people=True)
        async with database.driver() as driver:
            records, people, doubtful = tuple(*await driver.fetch(LINKED))
    finally:
        await database.close()
    err.print(
        f"{records:,} records of deputies are of {people:,} people; "
        f"{doubtful:,} doubtful pairs wait for a steward"
    )


LINKED = """
SELECT count(*), count(DISTINCT person_id), (SELECT count(*) FROM link_candidate)
FROM source_record WHERE kind = 'DEPUTY' AND deleted_at IS NULL
"""


KIND = typer.Argument(metavar="KIND", help="Kind of record: DEPUTY, HOME, STATION and so on.")
FIELD = typer.Option(metavar="FIELD", help="One field: post, name; all if left out.")


@priority.command("set")
@command
async def priority_set(
    kind: Annotated[str, KIND],
    systems: Annotated[list[str], typer.Argument(metavar="SYSTEM...", help="Most trusted first.")],
    field: Annotated[str | None, FIELD] = None,
) -> None:
    """Trust systems in this order; the golden rows follow at once."""
    await apply_rule(Rule(read_kind(kind), field, tuple(systems)))


@priority.command("clear")
@command
async def priority_clear(
    kind: Annotated[str, KIND], field: Annotated[str | None, FIELD] = None
) -> None:
    """Take a rule back: the system of the deputy's own level wins again."""
    await apply_rule(Rule(read_kind(kind), field, ()))


async def apply_rule(rule: Rule) -> None:
    settings, database = await open_store()
    try:
        with err.status("Computing the golden rows"):
            async with database.driver() as driver:
                divisions = await read_index(driver)
            desk = Desk(getuser(), database, divisions, settings.identity_secret)
            count = await set_rule(desk, rule)
    finally:
        await database.close()
    out.print(f"The rule holds. {count:,} golden rows with several systems were computed anew.")


@priority.command("list")
@command
async def priority_list() -> None:
    """List the rules of trust."""
    _, database = await open_store()
    async with database.driver() as driver:
        rules = await fetch_rules(driver)
    await database.close()
    table = Table("kind", "field", "systems, the most trusted first")
    for rule in rules:
        table.add_row(rule.kind.name, rule.field or "(all)", ", ".join(rule.systems))
    out.print(table)


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
    from resolvers.http import print_schema  # noqa: PLC0415 - a second that the others need not wait

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


if __name__ == "__main__":
    sys.exit(app())
