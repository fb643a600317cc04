"""`make migration NAME="The tables of motions"`: write the migration that the tables lack.

It brings an embedded PostgreSQL in a temporary folder to the newest revision and writes down how
the tables of `hub.subjects` differ from it, forwards and back. Read it before it is committed: rows
that are there already it does not think of.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from hub.settings import Settings
from hub.store import migrate, open_database
from hub.subjects import metadata


async def write_migration(name: str) -> Path | None:
    """Write the next migration under the name `name`; give its file, None where nothing differs.

    The folder of the store goes after its server, which stops when the process ends.
    """
    folder = Path(mkdtemp(prefix="hub-migration-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = open_database(Settings(database_url=None, data_dir=folder))
    await migrate.upgrade(database)
    async with database.engine.connect() as connection:
        written = await connection.run_sync(lambda sync: _write(sync, name))
    await database.close()
    return written


def _write(connection: Connection, name: str) -> Path | None:
    if not compare_metadata(MigrationContext.configure(connection), metadata):
        return None
    number = f"{int(migrate.newest() or 0) + 1:04}"
    script = command.revision(migrate.configure(connection), name, autogenerate=True, rev_id=number)
    return Path(script.path)


def main() -> None:
    """Write the migration and say where it is."""
    name = " ".join(sys.argv[1:]).strip()
    if not name:
        sys.exit('Name it by what it brings: make migration NAME="The tables of motions"')
    path = asyncio.run(write_migration(name))
    if path is None:
        sys.exit("The tables are those of the migrations already: there is nothing to write.")
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "check", "--fix", "--quiet", path], check=True)  # noqa: S603
    subprocess.run([ruff, "format", "--quiet", path], check=True)  # noqa: S603
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
