"""The real sources of the contract suite."""

from __future__ import annotations

import getpass
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from hub.divisions.index import DivisionIndex
from hub.settings import Settings
from hub.store.database import Database
from tests.connectors.cases import Case, FileCase, GraphqlCase, RestCase, SqlCase
from tests.connectors.syncing import Synced
from tests.connectors.web import Source, serving
from tests.hub.pushing import Hub

KINDS = ("rest", "graphql", "mariadb", "postgresql", "csv", "jsonl", "xlsx")


@pytest.fixture
async def hub(store: Database, divisions: DivisionIndex) -> Hub:
    """A hub that knows the system `county`."""
    hub = Hub(store, divisions)
    await hub.add_systems()
    return hub


@pytest.fixture
def synced(hub: Hub, settings: Settings, tmp_path: Path) -> Synced:
    """A hub to sync into; FOLDER is an empty folder."""
    return Synced(hub, settings, {"FOLDER": str(tmp_path)})


@pytest.fixture(scope="session")
def web_server() -> Iterator[Source]:
    source = Source()
    with serving(source):
        yield source


@pytest.fixture
def web(web_server: Source) -> Source:
    web_server.items, web_server.replies, web_server.requests = [], [], []
    return web_server


@pytest.fixture(scope="session")
def mariadb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    given = os.environ.get("HUB_TEST_MARIADB_URL")
    if given:
        yield given
        return
    if not (shutil.which("mariadbd") and shutil.which("mariadb-install-db")):
        missing("MariaDB is not installed (mariadbd); or set HUB_TEST_MARIADB_URL")
    folder = tmp_path_factory.mktemp("mariadb")
    server, url = start_mariadb(folder)
    yield url
    server.terminate()
    server.wait()


def missing(reason: str) -> None:
    """Skip, but fail where the tests must be complete."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def start_mariadb(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A MariaDB of its own, with its data in `folder`, and its URL."""
    user, data, port = getpass.getuser(), folder / "data", free_port()
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={data}", f"--user={user}",  # noqa: S607
         "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={data}", f"--user={user}",  # noqa: S607
         f"--socket={folder / 'socket'}", f"--port={port}", "--bind-address=127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"mysql+pymysql://root@127.0.0.1:{port}"
    await_database(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE DATABASE source CHARACTER SET utf8mb4")
    engine.dispose()
    return server, f"{url}/source?charset=utf8mb4"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_database(url: str) -> None:
    engine = create_engine(url)
    for _ in range(300):
        try:
            engine.connect().close()
            engine.dispose()
            return
        except OperationalError:
            time.sleep(0.1)
    pytest.fail("MariaDB does not start")


@pytest.fixture(scope="session")
def postgresql_url(server_url: URL) -> Iterator[str]:
    """A database of its own on the server of the store."""
    server = server_url.set(drivername="postgresql+psycopg")
    name = f"source_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Engine]:
    """The MariaDB of the tests; a table `deputies` there is dropped afterwards."""
    engine = create_engine(mariadb_url)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS deputies"))
    engine.dispose()


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    """The PostgreSQL of the tests; a table `deputies` there is dropped afterwards."""
    engine = create_engine(postgresql_url)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS deputies"))
    engine.dispose()


@pytest.fixture(params=KINDS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    """A real, empty source of each kind."""
    kind: str = request.param
    if kind in ("rest", "graphql"):
        source: Source = request.getfixturevalue("web")
        yield RestCase(source) if kind == "rest" else GraphqlCase(source)
    elif kind in ("mariadb", "postgresql"):
        sql = SqlCase(request.getfixturevalue(f"{kind}_url"))
        yield sql
        sql.engine.dispose()
    else:
        yield FileCase(tmp_path, kind)
