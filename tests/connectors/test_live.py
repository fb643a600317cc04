"""`liveRecord`: records as their source states them now, through every kind of connector."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.manifest import SystemManifest
from connectors.source import ConnectorSource
from connectors.systems import parse_manifest, plain_manifest
from hub.divisions.index import DivisionIndex
from hub.runs.live import Compared
from hub.runs.registered_systems import add_system, create_key
from hub.runs.sync import sync_system
from hub.settings import Settings
from hub.store.database import Database
from hub.subjects.systems import ConnectorKind
from resolvers.loaders.live import MAX_RECORDS, TOO_MANY, LiveSources
from schema.ids import make_id
from server import create_app
from tests.conftest import drop_database, make_database, serving
from tests.connectors.cases import Case, FileCase, RestCase, SqlCase
from tests.connectors.people import people, person
from tests.connectors.web import Source
from tests.hub.pushing import SECRET, Hub, deputy

QUERY = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on SourceRecord {
  externalId system { code } liveRecord { state fields changedFields code reason }
} } }"""
STORED = """SELECT r.id FROM source_record r JOIN source_system s ON s.id = r.system_id
WHERE s.code = ANY($1) ORDER BY r.external_id"""
DEADLINE = 1.0


@dataclass
class LiveHub:
    """A served hub, and what the sources of its systems say through it."""

    url: str
    keys: dict[bool, str]
    database: Database
    divisions: DivisionIndex

    async def add(self, system: SystemManifest, code: str) -> None:
        """Make a system known under `code` and read it."""
        plain: dict[str, Any] = plain_manifest(system) | {"system": code}
        plain["streams"][0]["fields"]["divisionCode"] = {"value": "510811"}
        await self.save(plain)
        source = ConnectorSource(parse_manifest(plain, code), os.environ, SECRET)
        settings = Settings(identity_key=SecretStr(SECRET.decode()), local_reading=True)
        report = await sync_system(Hub(self.database, self.divisions), settings, code, source)
        await source.close()
        assert (report.error, report.counts.quarantined) == (None, 0)

    async def save(self, manifest: dict[str, Any]) -> None:
        async with self.database.driver() as driver:
            await add_system(
                driver,
                self.divisions,
                code=manifest["system"],
                name=manifest["name"],
                division_code=manifest["division"],
                connector=ConnectorKind[manifest["connector"]["kind"].upper()],
                manifest=manifest,
            )

    async def stored(self, *systems: str) -> list[UUID]:
        """The ids of the records of these systems."""
        async with self.database.driver() as driver:
            return [row["id"] for row in await driver.fetch(STORED, systems)]

    async def ask(self, *systems: str, restricted: bool = False) -> dict[str, dict[str, Any]]:
        """The live records of these systems by external id."""
        ids = [make_id("SourceRecord", key) for key in await self.stored(*systems)]
        headers = {"Authorization": f"Bearer {self.keys[restricted]}"}
        body = {"query": QUERY, "variables": {"ids": ids}}
        async with httpx2.AsyncClient(headers=headers) as client:
            answer = (await client.post(f"{self.url}/graphql", json=body)).json()
        assert "errors" not in answer
        return {node["externalId"]: node["liveRecord"] for node in answer["data"]["nodes"]}


@pytest.fixture(scope="module")
async def live(server_url: URL, template: str, divisions: DivisionIndex) -> AsyncIterator[LiveHub]:
    url = await make_database(server_url, template)
    database = Database(url)
    await Hub(database, divisions).add_systems()
    async with database.driver() as driver:
        keys = {
            reads: await create_key(driver, "county", reads_restricted=reads)
            for reads in (False, True)
        }
    settings = Settings(
        database_url=url.set(drivername="postgresql").render_as_string(hide_password=False),
        identity_key=SecretStr(SECRET.decode()),
        local_reading=True,
        live_deadline=DEADLINE,
    )
    with serving(create_app(settings)) as address:
        yield LiveHub(address, keys, database, divisions)
    await database.close()
    await drop_database(server_url, url)


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of the hub, from which manifests take their secrets."""
    return monkeypatch


def set_all(environ: pytest.MonkeyPatch, case: Case) -> None:
    for name, value in case.environ.items():
        environ.setenv(name, value)


@pytest.fixture
def folder(tmp_path: Path, environ: pytest.MonkeyPatch) -> FileCase:
    """A source of files."""
    case = FileCase(tmp_path, "csv")
    set_all(environ, case)
    return case


def states(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {key: record["state"] for key, record in found.items()}


def fields(number: int, **changes: str) -> dict[str, object]:
    """The public fields of a person, normalised."""
    given = person(number, **changes)
    return {
        "externalId": f"D{number}",
        "name": given["name"],
        "gender": "MALE" if given["sex"] == "1" else "FEMALE",
        "divisionCode": "510811",
        "term": 14,
        "stations": [f"S{number}", f"S{number + 1}"],
    }


async def test_each_kind_of_source_tells_how_its_records_stand(
    live: LiveHub, case: Case, environ: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    system = f"each-{request.node.callspec.params['case']}"
    set_all(environ, case)
    case.put(people(4))
    await live.add(case.system(), system)
    case.put([person(1), person(2, name="代表改名"), person(3, sex="9")])
    found = await live.ask(system)
    assert states(found) == {"D1": "CURRENT", "D2": "CHANGED", "D3": "CHANGED", "D4": "GONE"}
    same, changed, poorer, gone = found.values()
    assert (same["fields"], same["changedFields"]) == (fields(1), [])
    assert changed["fields"] == fields(2, name="代表改名")
    assert changed["changedFields"] == ["name"]
    assert (poorer["changedFields"], poorer["fields"].get("gender")) == (["gender"], None)
    assert (gone["fields"], gone["code"], gone["reason"]) == (None, None, None)


async def test_restricted_fields_are_seen_only_with_a_key_that_may_read_them(
    live: LiveHub, folder: FileCase
) -> None:
    folder.put([person(1)])
    await live.add(folder.system(), "restricted")
    folder.put([person(1, phone="13900000000")])
    plain = (await live.ask("restricted"))["D1"]
    assert (plain["state"], plain["fields"], plain["changedFields"]) == ("CURRENT", fields(1), [])
    full = (await live.ask("restricted", restricted=True))["D1"]
    assert (full["state"], full["changedFields"]) == ("CHANGED", ["phone"])
    assert full["fields"] == fields(1) | {"phone": "13900000000"}


@pytest.fixture
def three(
    web: Source, postgresql_url: str, folder: FileCase, environ: pytest.MonkeyPatch
) -> Iterator[dict[str, Case]]:
    """Three sources, each with one deputy."""
    sql = SqlCase(postgresql_url)
    cases: dict[str, Case] = {"rest": RestCase(web), "sql": sql, "csv": folder}
    for number, case in enumerate(cases.values(), 1):
        case.put([person(number)])
        set_all(environ, case)
    yield cases
    sql.engine.dispose()


async def test_a_source_that_is_down_leaves_the_others_as_they_are(
    live: LiveHub, three: dict[str, Case], environ: pytest.MonkeyPatch
) -> None:
    for system, case in three.items():
        await live.add(case.system(), system)
    pushing = {"name": "county", "division": "510811", "connector": {"kind": "push"}}
    await live.save({"system": "county", **pushing})
    await Hub(live.database, live.divisions).deputies("county", deputy("P", name="钱多多"))
    environ.setenv("REST_URL", "http://127.0.0.1:9")
    environ.delenv("FOLDER")
    found = await live.ask("county", *three)
    assert {key: (record["state"], record["code"]) for key, record in found.items()} == {
        "D1": ("UNAVAILABLE", "SOURCE_UNAVAILABLE"),
        "D2": ("CURRENT", None),
        "D3": ("UNAVAILABLE", "BAD_SETTING"),
        "P": ("UNAVAILABLE", "SOURCE_REFUSED"),
    }
    assert found["P"]["reason"] == (
        "System county pushes its records; there is nothing to read from it."
    )


def too_late(_: Request) -> Response:
    time.sleep(DEADLINE + 0.5)
    return JSONResponse({})


async def test_a_slow_source_is_given_up_and_then_left_alone_for_a_while(
    live: LiveHub, web: Source, environ: pytest.MonkeyPatch
) -> None:
    case = RestCase(web)
    set_all(environ, case)
    case.put(people(3))
    await live.add(case.system(item="slow/{id}"), "slow")
    web.replies = [too_late] * 3
    start = time.monotonic()
    found = await live.ask("slow")
    assert DEADLINE <= time.monotonic() - start < DEADLINE + 1
    assert {(record["state"], record["reason"]) for record in found.values()} == {
        ("UNAVAILABLE", "System slow did not answer within 1 s.")
    }
    asked = len(web.requests)
    start = time.monotonic()
    assert await live.ask("slow") == found
    assert time.monotonic() - start < DEADLINE
    assert len(web.requests) == asked


async def test_a_source_is_asked_for_so_many_records_and_no_more(
    live: LiveHub, folder: FileCase
) -> None:
    folder.put(people(MAX_RECORDS + 1))
    await live.add(folder.system(), "many")
    sources = LiveSources(Hub(live.database, live.divisions))
    found = await sources.loader().load_many(await live.stored("many"))
    assert sum(isinstance(record, Compared) for record in found) == MAX_RECORDS
    assert found.count(TOO_MANY) == 1


async def test_a_drop_folder_cannot_be_asked(live: LiveHub, folder: FileCase) -> None:
    folder.put([person(1)])
    await live.add(folder.system(archive="done", deletes="never"), "drop")
    found = (await live.ask("drop"))["D1"]
    assert (found["state"], found["code"], found["reason"]) == (
        "UNAVAILABLE",
        "SOURCE_REFUSED",
        "Stream deputies cannot look up single records: its files are archived once they are "
        "stored.",
    )
