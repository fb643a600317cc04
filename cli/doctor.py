"""Tests of what the hub stands on."""

from __future__ import annotations

import shutil

from hub.errors import HubError
from hub.settings import ROOT, Settings
from hub.store.migrate import open_store

Check = tuple[str, str | None]
"""What was tested, and the problem found if any."""


async def check_all(settings: Settings) -> list[Check]:
    """Every test of `hub doctor`."""
    return [await check_store(settings), check_page(settings), check_disk(settings)]


async def check_store(settings: Settings) -> Check:
    """Whether the store answers and has the tables of this version."""
    name = "store"
    try:
        _, database = await open_store()
        async with database.driver() as driver:
            version = await driver.fetchval("SHOW server_version")
            count = await driver.fetchval("SELECT count(*) FROM division")
        await database.close()
    except HubError as error:
        return name, error.message
    return f"store: PostgreSQL {version}, {count:,} divisions", None


def check_page(settings: Settings) -> Check:
    """Whether GraphiQL is built."""
    built = (ROOT / "web" / "dist" / "index.html").exists()
    return "GraphiQL", None if built else "web/dist is missing. Run `make setup`."


def check_disk(settings: Settings) -> Check:
    """Whether a gigabyte is free where the hub keeps its files."""
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent
    free = shutil.disk_usage(folder).free / 2**30
    name = f"disk: {free:.0f} GiB free"
    return name, None if free > 1 else f"less than 1 GiB is free under {folder}. Make room."
