"""Requests end by their deadline or with their client, and so does their SQL."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from hub.divisions.index import DivisionIndex
from hub.runs.registered_systems import create_key
from hub.settings import Settings
from hub.store.database import Database
from server import create_app
from tests.conftest import drop_database, make_database, serving
from tests.hub.pushing import SECRET, Hub, deputy, fill

DEADLINE = 5
SOON = 2
"""Seconds in which work has to end, beside other tests too; what ends by its deadline is late."""
PEOPLE = """{
  people { nodes { name mandates { nodes { term congress { name } } } } totalCount }
  deputies { nodes { person { name } } }
}"""
PUSH = """mutation ($input: PushDeputiesInput!) {
  pushDeputies(input: $input) { run { id stored unchanged } results { outcome node { id } } }
}"""


@dataclass
class Served:
    """A served hub whose requests have little time, and its store."""

    url: str
    key: str
    database: Database

    async def ask(self, query: str, patience: float = 10, **variables: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        limits = httpx2.Timeout(10, read=patience)
        async with httpx2.AsyncClient(timeout=limits, headers=headers) as client:
            return await client.post(
                f"{self.url}/graphql", json={"query": query, "variables": variables}
            )

    async def hang_up(self, query: str) -> None:
        with pytest.raises(httpx2.ReadTimeout):
            await self.ask(query, patience=0.4)

    async def hang_up_waiting(self, query: str, **variables: Any) -> None:
        """Ask, and hang up once a statement waits."""
        asked = asyncio.create_task(self.ask(query, **variables))
        await self.until_waiting(True, DEADLINE)
        asked.cancel()
        with suppress(asyncio.CancelledError):
            await asked

    @asynccontextmanager
    async def locked(self, *tables: str) -> AsyncIterator[None]:
        """Nobody else reads the tables meanwhile: a statement that wants to has to wait."""
        async with self.database.transaction() as driver:
            await driver.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
            yield

    async def value(self, query: str) -> Any:
        async with self.database.driver() as driver:
            return await driver.fetchval(query)

    async def waiting(self) -> int:
        """How many statements wait for a lock."""
        return int(
            await self.value(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        )

    async def until_waiting(self, wanted: bool, seconds: float) -> None:
        """Wait until statements wait, or none does any more; fail after `seconds`."""
        start = time.monotonic()
        while bool(await self.waiting()) != wanted:
            assert time.monotonic() - start < seconds, f"{await self.waiting()} statements wait"
            await asyncio.sleep(0.02)

    async def until_idle(self) -> None:
        """Wait until no statement runs; fail if one goes on."""
        others = "state <> 'idle' AND pid <> pg_backend_pid() AND datname = current_database()"
        start = time.monotonic()
        while await self.value(f"SELECT count(*) FROM pg_stat_activity WHERE {others}"):
            assert time.monotonic() - start < SOON, "statements go on"
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
async def hub(server_url: URL, template: str, divisions: DivisionIndex) -> AsyncIterator[Served]:
    """A served hub with few connections and little time."""
    url = await make_database(server_url, template)
    database = Database(url)
    filled = Hub(database, divisions)
    await filled.add_systems()
    await fill(filled)
    async with database.driver() as driver:
        key = await create_key(driver, "county")
    settings = Settings(
        database_url=url.set(drivername="postgresql").render_as_string(hide_password=False),
        identity_key=SecretStr(SECRET.decode()),
        local_reading=True,
        request_deadline=DEADLINE,
        pool_size=4,
    )
    with serving(create_app(settings)) as address:
        yield Served(address, key, database)
    await database.close()
    await drop_database(server_url, url)


async def test_a_request_ends_by_its_deadline_and_so_does_its_sql(hub: Served) -> None:
    async with hub.locked("person", "deputy"):
        start = time.monotonic()
        answer = await hub.ask(PEOPLE)
        assert DEADLINE <= time.monotonic() - start < DEADLINE + SOON
        assert (answer.status_code, answer.json()) == (
            504,
            {
                "errors": [
                    {
                        "message": f"The answer was not ready after {DEADLINE} s and its work was "
                        "stopped. Ask for less at once, or for smaller pages.",
                        "extensions": {
                            "code": "DEADLINE_EXCEEDED",
                            "reason": "DEADLINE_EXCEEDED",
                        },
                    }
                ]
            },
        )
        await hub.until_waiting(False, SOON)


@pytest.mark.parametrize("table", ["person", "deputy", "congress"])
async def test_sql_ends_soon_after_its_client_hangs_up(hub: Served, table: str) -> None:
    async with hub.locked(table):
        await hub.hang_up_waiting(PEOPLE)
        await hub.until_waiting(False, SOON)


async def test_after_fifty_hang_ups_the_hub_answers(hub: Served) -> None:
    async with hub.locked("deputy"):
        for _ in range(5):
            await asyncio.gather(*(hub.hang_up(PEOPLE) for _ in range(10)))
        await hub.until_waiting(False, SOON)
    answer = await hub.ask(PEOPLE)
    assert answer.json()["data"]["people"]["totalCount"] == 2
    await hub.until_idle()


@pytest.mark.parametrize("table", ["source_record", "deputy", "idempotency"])
async def test_a_push_whose_client_hangs_up_is_undone_and_can_be_sent_again(
    hub: Served, table: str
) -> None:
    given = {
        "system": "county",
        "idempotencyKey": str(uuid4()),
        "records": [deputy(f"gone-{table}", name="钱多")],
    }
    count = "SELECT (SELECT count(*) FROM source_record), (SELECT count(*) FROM run)"
    before = await hub.value(f"SELECT ROW(a, b)::text FROM ({count}) t(a, b)")
    async with hub.locked(table):
        await hub.hang_up_waiting(PUSH, input=given)
        await hub.until_waiting(False, SOON)
    assert await hub.value(f"SELECT ROW(a, b)::text FROM ({count}) t(a, b)") == before
    again = (await hub.ask(PUSH, input=given)).json()
    assert again["data"]["pushDeputies"]["results"][0]["outcome"] == "STORED"
    assert (await hub.ask(PUSH, input=given)).json() == again
