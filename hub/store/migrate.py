"""Bring the tables of the store to the version that this program needs."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from hub.errors import Code, StopRun
from hub.settings import ROOT, Settings, load_settings
from hub.store.database import Database, open_database


def configure(connection: Connection) -> Config:
    """Alembic's configuration bound to one connection."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def newest() -> str | None:
    """The revision that this program needs."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()


async def upgrade(database: Database, revision: str = "head") -> None:
    """Run the missing migrations, each in a transaction."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(configure(sync), revision))


async def downgrade(database: Database, revision: str) -> None:
    """Take migrations back down to `revision` (`base` for none)."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configure(sync), revision))


async def current(database: Database) -> str | None:
    """The revision of the store; None before the first migration."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )


async def check_tables(database: Database) -> None:
    """Raises StopRun(DATABASE_UNAVAILABLE) where the tables are not those of this version."""
    if await current(database) != newest():
        raise StopRun(
            Code.DATABASE_UNAVAILABLE,
            "The tables of the store are not those of this version. Run `hub db upgrade`.",
        )


async def open_store() -> tuple[Settings, Database]:
    """The settings and the store, its tables up to date. Raises StopRun."""
    settings = load_settings()
    database = open_database(settings)
    await check_tables(database)
    return settings, database
