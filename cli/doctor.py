"""`hub doctor`: the settings, and tests of what the hub stands on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from cli.terminal import command, opened_store, out
from hub.errors import HubError

if TYPE_CHECKING:
    from hub.settings import Settings

Check = tuple[str, str | None]
"""What was tested, and the problem found if any."""


@command
async def doctor() -> None:
    """Show the settings and test what the hub stands on. Ends with status 1 if something fails."""
    from hub.settings import load_settings

    settings = load_settings()
    out.print(settings_table(settings))
    checks = [await check_store(), check_page(), check_disk(settings)]
    for name, problem in checks:
        out.print(
            f"[green]ok[/]   {name}" if problem is None else f"[red]fail[/] {name}: {problem}"
        )
    if any(problem for _, problem in checks):
        raise typer.Exit(1)


def settings_table(settings: Settings) -> Table:
    """Every setting, its value and what it means; secrets hidden."""
    table = Table("setting", "value", "meaning")
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        secret = name == "database_url" and value is not None
        table.add_row(f"HUB_{name.upper()}", "(set)" if secret else str(value), field.description)
    return table


async def check_store() -> Check:
    """Whether the store answers and has the tables of this version."""
    try:
        async with opened_store() as (_, database), database.driver() as driver:
            version = await driver.fetchval("SHOW server_version")
            count = await driver.fetchval("SELECT count(*) FROM division")
    except HubError as error:
        return "store", error.message
    return f"store: PostgreSQL {version}, {count:,} divisions", None


def check_page() -> Check:
    """Whether GraphiQL is built."""
    from hub.settings import ROOT

    built = (ROOT / "web" / "dist" / "index.html").exists()
    return "GraphiQL", None if built else "web/dist is missing. Run `make setup`."


def check_disk(settings: Settings) -> Check:
    """Whether a gigabyte is free where the hub keeps its files."""
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent
    free = shutil.disk_usage(folder).free / 2**30
    name = f"disk: {free:.0f} GiB free"
    return name, None if free > 1 else f"less than 1 GiB is free under {folder}. Make room."
