"""`hub db`: the store."""

from __future__ import annotations

import typer

from cli.search import fill_index
from cli.terminal import command, err, out

group = typer.Typer(no_args_is_help=True, help="The store.")


@group.command("upgrade")
@command
async def upgrade() -> None:
    """Bring the tables and the divisions to the version that this program needs."""
    from hub.divisions import read_rules, store_rules
    from hub.intake import store_divisions
    from hub.settings import load_settings
    from hub.store import migrate, open_database

    database = open_database(load_settings())
    try:
        with err.status("Bringing the tables up to date"):
            await migrate.upgrade(database)
        with err.status("Loading the divisions"):
            async with database.driver() as driver:
                written = await store_divisions(driver)
                await store_rules(driver, read_rules(), only_if_empty=True)
        await fill_index(database, only_if_empty=True)
    finally:
        await database.close()
    out.print(f"The store is up to date ({written:,} rows of divisions written).")
