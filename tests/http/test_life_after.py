"""Life after the database: a hub whose PostgreSQL ends its connections, is away, or is killed."""

from __future__ import annotations

import asyncio
import atexit
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import psutil
import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from hub.divisions.index import DivisionIndex
from hub.runs import create_key
from hub.settings import Settings
from hub.store.database import Database, open_database
from server import create_app
from tests.conftest import command, drop_database, make_database, serving
from tests.hub.pushing import SECRET, Hub, deputy, fill

PEOPLE = "{ people { totalCount nodes { name } } }"
LIVE = "{ systems { nodes { code runs { nodes { id } } } } }"
POSTMASTER = "SELECT pg_read_file('postmaster.pid')"
PUSH = "mutation ($i: PushDeputiesInput!) { pushDeputies(input: $i) { results { outcome } } }"


class Served:
    """A served hub, the key of its county and the URL of its store."""

    def __init__(self, address: str, key: str, url: URL) -> None:
        self.address, self.key, self.url = address, key, url

    async def ask(self, query: str, **variables: object) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        async with httpx2.AsyncClient(timeout=60, headers=headers) as client:
            body = {"query": query, "variables": variables}
            return await client.post(f"{self.address}/graphql", json=body)

    async def push(self) -> httpx2.Response:
        key = secrets.token_hex(8)
        given = {"system": "county", "idempotencyKey": key, "records": [deputy(key, name="钱多")]}
        return await self.ask(PUSH, i=given)


@pytest.fixture(scope="module")
async def hub(server_url: URL, template: str, divisions: DivisionIndex) -> AsyncIterator[Served]:
    url = await make_database(server_url, template)
    database = Database(url)
    filled = Hub(database, divisions)
    await filled.add_systems()
    await fill(filled)
    async with database.driver() as driver:
        key = await create_key(driver, "county")
    await database.close()
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    settings = Settings(
        database_url=plain,
        identity_key=SecretStr(SECRET.decode()),
        local_reading=True,
        request_deadline=60,
    )
    with serving(create_app(settings)) as address:
        yield Served(address, key, url)
    await drop_database(server_url, url)


async def end_connections(server: URL, url: URL) -> None:
    """End every connection to a database, as a restart does."""
    await command(
        server,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'",
    )


async def test_the_first_read_and_push_after_connections_ended_are_served(
    hub: Served, server_url: URL
) -> None:
    for _ in range(3):
        assert (await hub.ask(PEOPLE)).status_code == 200
        assert (await hub.push()).json()["data"]["pushDeputies"]["results"]
        await end_connections(server_url, hub.url)
        read, pushed = await hub.ask(PEOPLE), await hub.push()
        assert (read.status_code, pushed.status_code) == (200, 200)
        outcome = pushed.json()["data"]["pushDeputies"]["results"][0]["outcome"]
        assert (outcome, read.json().keys()) == ("STORED", {"data"})


async def test_while_the_store_is_away_every_answer_is_503_and_says_so(
    hub: Served, server_url: URL
) -> None:
    await command(server_url, f"ALTER DATABASE {hub.url.database} ALLOW_CONNECTIONS false")
    await end_connections(server_url, hub.url)
    try:
        for answer in (await hub.ask(PEOPLE), await hub.push(), await hub.ask(LIVE)):
            assert answer.status_code == 503
            (error,) = answer.json()["errors"]
            assert error["extensions"]["reason"] == "DATABASE_UNAVAILABLE"
            assert answer.headers["x-request-id"] in error["message"]
    finally:
        await command(server_url, f"ALTER DATABASE {hub.url.database} ALLOW_CONNECTIONS true")
    assert (await hub.ask(PEOPLE)).json()["data"]["people"]["totalCount"] >= 2
    assert (await hub.push()).status_code == 200


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the user of an embedded server may enter."""
    path = Path(tempfile.mkdtemp(prefix="hub-test-"))
    yield path
    atexit.register(shutil.rmtree, path, ignore_errors=True)


async def test_an_embedded_server_that_was_killed_is_started_again(folder: Path) -> None:
    database = open_database(Settings(data_dir=folder))
    try:
        assert await database.read("SELECT 1::text", []) == "1"
        async with database.driver() as driver:
            await driver.execute("CREATE TABLE kept AS SELECT 7 AS number")
            pid = int((await driver.fetchval(POSTMASTER)).split()[0])
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(psutil.Process(pid).wait, 10)
        assert await database.read("SELECT number::text FROM kept", []) == "7"
        async with database.driver() as driver:
            assert await driver.fetchval("SELECT number FROM kept") == 7
    finally:
        await database.close()
