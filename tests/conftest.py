"""The store of the tests: one migrated template, cloned for each test.

`make test` shares the tests among workers, each with a store, servers and a browser of its own.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser
from pydantic import SecretStr
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from starlette.applications import Starlette
from xdist.scheduler import LoadFileScheduling

from hub.divisions.index import DivisionIndex, read_index
from hub.intake import store_divisions
from hub.runs.registered_systems import create_key
from hub.settings import Settings
from hub.store import migrate
from hub.store.database import Database
from hub.store.embedded import embedded_url
from server import create_app
from tests.browsing import launch
from tests.hub.pushing import SECRET, Hub, fill
from tests.running_demo import demo

__all__ = ["demo"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests, those of this folder, first, so that all workers end together."""
    items.sort(key=lambda item: item.path.parent != HERE)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests among workers file by file, in the order in which they are collected."""
    config.option.loadscopereorder = False
    scheduling = LoadFileScheduling(config, log)
    scheduling._split_scope = share
    return scheduling


def share(test: str) -> str:
    """The tests that one worker runs: those of a file, and all that set up the demonstration."""
    file, _, _ = test.partition("::")
    return "demo" if "demo" in file else file


@dataclass(frozen=True)
class Served:
    """A served hub: its address, a key of the system `county`, and one that reads phones."""

    url: str
    key: str
    reader_key: str


UNSAFE = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)
"""What saves a store from a power cut, a second for each test: nothing here outlives its server."""


@pytest.fixture(scope="session")
async def server_url() -> URL:
    """A PostgreSQL: HUB_TEST_DATABASE_URL, else the embedded one in a temporary folder.

    The folder goes after the server, which stops when the process ends. It is not pytest's own,
    which another pytest may clear away.
    """
    given = os.environ.get("HUB_TEST_DATABASE_URL")
    if given is not None:
        return make_url(given).set(drivername="postgresql+asyncpg")
    folder = Path(tempfile.mkdtemp(prefix="hub-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = make_url(embedded_url(folder / "postgres")).set(drivername="postgresql+asyncpg")
    for statement in UNSAFE:
        await command(url, statement)
    return url


async def command(server: URL, statement: str) -> None:
    """Run one statement outside any transaction."""
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def make_database(server: URL, template: str = "") -> URL:
    """A new database with a name of its own, empty or a copy of `template`."""
    name = f"hub_test_{secrets.token_hex(6)}"
    clause = f"TEMPLATE {template} STRATEGY file_copy" if template else ""
    await command(server, f"CREATE DATABASE {name} {clause}")
    return server.set(database=name)


async def drop_database(server: URL, url: URL) -> None:
    await command(server, f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)")


@pytest.fixture(scope="session")
async def empty_template(server_url: URL) -> AsyncIterator[str]:
    """A database with all tables and no rows."""
    url = await make_database(server_url)
    database = Database(url)
    await migrate.upgrade(database)
    await database.close()
    yield str(url.database)
    await drop_database(server_url, url)


@pytest.fixture(scope="session")
async def template(server_url: URL, empty_template: str) -> AsyncIterator[str]:
    """A database with all tables and the divisions."""
    url = await make_database(server_url, empty_template)
    database = Database(url)
    async with database.driver() as driver:
        await store_divisions(driver)
    await database.close()
    yield str(url.database)
    await drop_database(server_url, url)


@pytest.fixture
async def database(server_url: URL, empty_template: str) -> AsyncIterator[Database]:
    """A store of the test's own with no rows."""
    url = await make_database(server_url, empty_template)
    database = Database(url)
    yield database
    await database.close()
    await drop_database(server_url, url)


@pytest.fixture
async def store(server_url: URL, template: str) -> AsyncIterator[Database]:
    """A store of the test's own with the divisions."""
    url = await make_database(server_url, template)
    database = Database(url)
    yield database
    await database.close()
    await drop_database(server_url, url)


@pytest.fixture(scope="session")
async def divisions(server_url: URL, template: str) -> DivisionIndex:
    """All divisions, in memory."""
    url = await make_database(server_url, template)
    database = Database(url)
    async with database.driver() as driver:
        index = await read_index(driver)
    await database.close()
    await drop_database(server_url, url)
    return index


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of the test's own."""
    return Settings(data_dir=tmp_path, identity_key=SecretStr(SECRET.decode()))


@pytest.fixture(scope="session", autouse=True)
def stable_environment() -> Iterator[None]:
    """No HUB_ variable of the caller reaches the tests."""
    kept = {
        name: os.environ.pop(name)
        for name in list(os.environ)
        if name.startswith("HUB_") and not name.startswith("HUB_TEST_")
    }
    yield
    os.environ.update(kept)


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """The address of a real server of `app` on loopback."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_config=None, access_log=False, proxy_headers=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
async def served(server_url: URL, template: str, divisions: DivisionIndex) -> AsyncIterator[Served]:
    """A served hub that holds a few deputies of Zhaohua, and the key of their system."""
    url = await make_database(server_url, template)
    database = Database(url)
    hub = Hub(database, divisions)
    await hub.add_systems()
    await fill(hub)
    async with database.driver() as driver:
        key = await create_key(driver, "county")
        reader = await create_key(driver, "county", reads_restricted=True)
    await database.close()
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    settings = Settings(
        database_url=plain, identity_key=SecretStr(SECRET.decode()), local_reading=True
    )
    with serving(create_app(settings)) as address:
        yield Served(address, key, reader)
    await drop_database(server_url, url)


@pytest.fixture(scope="session")
def hub_url(served: Served) -> str:
    """The address of the served hub."""
    return served.url


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A browser that reaches this machine only."""
    async with launch() as browser:
        yield browser
