"""Every migration runs forwards and back on filled tables, and loses nothing that may stay.

New migrations are tested without a word here: a store with rows of every kind, the first ones
filled through the intake, is taken back to each earlier revision and brought up again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection

from hub.divisions.index import DivisionIndex
from hub.intake import store_divisions
from hub.search.rebuild import is_empty, rebuild
from hub.settings import ROOT
from hub.store import migrate
from hub.store.database import Database, Driver
from hub.subjects import metadata
from tests.conftest import drop_database, make_database
from tests.graph.filler import KINDS, MEMBERSHIPS, fill_up
from tests.hub.pushing import Hub, deputy, fill

FILLED = (
    "change",
    "congress",
    "deputy",
    "deputy_group_member",
    "division",
    "home_member",
    "idempotency",
    "person",
    "quarantine",
    "record_version",
    "reference",
    "run",
    "source_record",
    "source_system",
    "station",
)
REBUILT = frozenset({"search_entry"})
"""Tables that a migration may empty: `hub db upgrade` fills them anew from the others."""
COLUMNS = """
SELECT table_name::text, array_agg(column_name::text) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version' GROUP BY table_name
"""
DIGEST = """
SELECT count(*), md5(coalesce(string_agg(row::text, ' ' ORDER BY row::text), ''))
FROM (SELECT {columns} FROM {table}) row
"""

Columns = dict[str, list[str]]


def earlier_revisions() -> list[str]:
    """Every revision but the newest, and the empty store."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    newest, *earlier = [
        each.revision for each in ScriptDirectory.from_config(config).walk_revisions()
    ]
    assert newest == migrate.newest()
    return [*earlier, "base"]


@pytest.fixture(scope="module")
async def filled(server_url: URL, template: str, divisions: DivisionIndex) -> AsyncIterator[URL]:
    """A store with rows of every kind, and in all tables that the intake writes."""
    url = await make_database(server_url, template)
    database = Database(url)
    hub = Hub(database, divisions)
    await hub.add_systems()
    await fill(hub)
    await hub.deputies("county", deputy("2", name="李小芳", stations=["S1"]))
    await hub.deputies("county", deputy("3", name=""))
    await fill_up(database)
    await database.close()
    yield url
    await drop_database(server_url, url)


@pytest.fixture
async def copy(server_url: URL, filled: URL) -> AsyncIterator[Database]:
    """A copy of the filled store."""
    url = await make_database(server_url, str(filled.database))
    database = Database(url)
    yield database
    await database.close()
    await drop_database(server_url, url)


async def columns_of(driver: Driver) -> Columns:
    """The columns of every table."""
    return {table: sorted(columns) for table, columns in await driver.fetch(COLUMNS)}


async def digests(driver: Driver, columns: Columns) -> dict[str, tuple[int, str]]:
    """Number and digest of the rows of each table, over `columns` of it."""
    found: dict[str, tuple[int, str]] = {}
    for table, names in columns.items():
        quoted = ", ".join(f'"{name}"' for name in names)
        row = await driver.fetchrow(DIGEST.format(columns=quoted, table=table))
        assert row is not None
        found[table] = (row[0], row[1])
    return found


async def read_columns(database: Database) -> Columns:
    async with database.driver() as driver:
        return await columns_of(driver)


async def read_rows(database: Database, columns: Columns) -> dict[str, tuple[int, str]]:
    async with database.driver() as driver:
        return await digests(driver, columns)


async def read_original(url: URL, columns: Columns) -> dict[str, tuple[int, str]]:
    """The rows before any migration; leaves no connection, since the store is copied."""
    database = Database(url)
    rows = await read_rows(database, columns)
    await database.close()
    return rows


def differences(connection: Connection) -> list[object]:
    """Where the tables are not those that `hub.subjects` declares."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_all_tables_of_records_are_filled(copy: Database) -> None:
    rows = await read_rows(copy, await read_columns(copy))
    made = {table.name for table in (*KINDS, *MEMBERSHIPS)}
    assert [table for table in (*FILLED, *sorted(made)) if rows[table][0] == 0] == []


@pytest.mark.parametrize("revision", earlier_revisions())
async def test_the_way_back_and_forth_keeps_the_rows(
    copy: Database, filled: URL, revision: str
) -> None:
    newest = await read_columns(copy)
    await migrate.downgrade(copy, revision)
    assert await migrate.current(copy) == (None if revision == "base" else revision)
    earlier = await read_columns(copy)
    kept = {
        table: sorted({*columns} & {*newest[table]})
        for table, columns in earlier.items()
        if table in newest and table not in REBUILT
    }
    rows = await read_original(filled, kept)
    assert await read_rows(copy, kept) == rows
    await migrate.upgrade(copy)
    assert await read_columns(copy) == newest
    assert await read_rows(copy, kept) == rows
    async with copy.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_store_without_tables_is_filled_anew(
    copy: Database, divisions: DivisionIndex
) -> None:
    await migrate.downgrade(copy, "base")
    assert await read_columns(copy) == {}
    await migrate.upgrade(copy)
    async with copy.driver() as driver:
        assert await store_divisions(driver) > 58_000
    hub = Hub(copy, divisions)
    await hub.add_systems()
    await fill(hub)
    assert await hub.rows("SELECT count(*) FROM deputy") == [(3,)]


async def test_what_was_folded_otherwise_is_folded_anew(copy: Database) -> None:
    """Records whose forms change wait to be linked, and the search index is built again."""
    async with copy.driver() as driver:
        await driver.execute(
            """UPDATE source_record SET fields = fields || '{"name": "李芸"}' WHERE id = (
                   SELECT min(id::text)::uuid FROM source_record
                   WHERE kind = 'DEPUTY' AND deleted_at IS NULL)"""
        )
        await driver.execute("DELETE FROM link_waiting")
    await migrate.downgrade(copy, "0016")
    async with copy.driver() as driver:
        await driver.execute("DELETE FROM link_waiting")
        await rebuild(driver)
    await migrate.upgrade(copy)
    async with copy.driver() as driver:
        names = await driver.fetch(
            "SELECT fields ->> 'name' FROM source_record "
            "WHERE id IN (SELECT record_id FROM link_waiting)"
        )
        assert [row[0] for row in names] == ["李芸"]
        assert await is_empty(driver)


TABLE = """

golden("tried_out", plain("name", "Name 名称"))
"""


def test_a_migration_is_written_for_what_the_tables_have_and_the_migrations_lack(
    tmp_path: Path,
) -> None:
    for folder in ("hub", "migrations", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    command = [sys.executable, "-m", "migrations", "A table tried out"]

    def write() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)

    nothing = write()
    assert (nothing.returncode, "nothing to write" in nothing.stderr) == (1, True)
    with (tmp_path / "hub/subjects/columns.py").open("a") as module:
        module.write(TABLE)
    number = f"{int(migrate.newest() or 0) + 1:04}"
    written = tmp_path / "migrations/versions" / f"{number}_a_table_tried_out.py"
    assert write().returncode == 0
    text = written.read_text(encoding="utf-8")
    forwards, _, back = text.partition("def downgrade")
    assert f'revision = "{number}"' in forwards
    assert '"tried_out"' in forwards
    assert 'op.drop_table("tried_out")' in back
    assert "op.add_column" not in text
    assert write().returncode == 1
