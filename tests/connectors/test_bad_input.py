"""Bad input as a user meets it at the terminal.

Whatever is wrong, a sentence says what, where and what to do, and the earlier data stays.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.divisions.index import DivisionIndex
from hub.intake import OpenHub
from hub.runs.registered_systems import add_system
from hub.runs.sync import sync_system
from hub.settings import Settings
from hub.store.database import Database
from hub.subjects.systems import ConnectorKind

FIELDS = {
    "name": "name",
    "gender": {"column": "sex", "codes": {"1": "MALE", "2": "FEMALE"}},
    "birth": "birth",
    "post": "post",
    "divisionCode": {"value": "510811"},
    "term": {"value": 8},
}
STREAM = {"name": "deputies", "kind": "DEPUTY", "key": "{id}", "fields": FIELDS}
FILE: dict[str, Any] = {
    "system": "county",
    "name": "昭化区代表名册",
    "division": "510811",
    "connector": {"kind": "file", "folder": "${FOLDER}"},
    "streams": [{**STREAM, "files": "deputies.jsonl", "format": "jsonl"}],
}
REST: dict[str, Any] = {
    **FILE,
    "connector": {"kind": "rest", "url": "http://127.0.0.1:9", "attempts": 1},
    "streams": [{**STREAM, "path": "/deputies"}],
}
SQL: dict[str, Any] = {
    **FILE,
    "connector": {"kind": "sql", "url": "${COUNTY_DB}", "attempts": 1},
    "streams": [{**STREAM, "table": "deputies"}],
}
ROWS = 3
HELD = """
SELECT d.id, p.name, p.gender, p.birth_month, p.post, d.term
FROM deputy d JOIN person p ON p.id = d.person_id ORDER BY d.id
"""

Rows = list[dict[str, object]]


def deputies() -> Rows:
    return [
        {"id": number, "name": "王小明", "sex": "1", "birth": "1970-05-01", "post": f"第{number}村"}
        for number in range(1, ROWS + 1)
    ]


class Desk:
    """A user's terminal beside a hub that holds three deputies of one system."""

    def __init__(self, store: Database, folder: Path) -> None:
        self.store, self.folder = store, folder
        url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.environ = {
            **os.environ,
            "HUB_DATABASE_URL": url,
            "HUB_DATA_DIR": str(folder),
            "HUB_IDENTITY_KEY": "a-key-for-tests-only",
            "FOLDER": str(folder),
            "COLUMNS": "1000",
        }

    def write(self, rows: Rows) -> None:
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (self.folder / "deputies.jsonl").write_text("\n".join(lines) + "\n")

    async def hub(self, *words: str) -> tuple[int | None, str]:
        """Status and complaints of a command."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "cli",
            *words,
            env=self.environ,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, complaints = await asyncio.wait_for(process.communicate(), 120)
        return process.returncode, complaints.decode()

    async def add(self, manifest: dict[str, Any] | str) -> tuple[int | None, str]:
        file = self.folder / "county.yaml"
        text = manifest if isinstance(manifest, str) else yaml.safe_dump(manifest)
        file.write_text(text, encoding="utf-8")
        return await self.hub("system", "add", str(file))

    async def rows(self, query: str = HELD) -> list[tuple[Any, ...]]:
        async with self.store.driver() as driver:
            return [tuple(row) for row in await driver.fetch(query)]


@pytest.fixture
async def desk(
    store: Database, divisions: DivisionIndex, settings: Settings, tmp_path: Path
) -> Desk:
    desk = Desk(store, tmp_path)
    desk.write(deputies())
    async with store.driver() as driver:
        await add_system(
            driver,
            divisions,
            code="county",
            name="county",
            division_code="510811",
            connector=ConnectorKind.FILE,
            manifest=FILE,
        )
    source = ConnectorSource(parse_manifest(FILE, "county"), desk.environ, settings.identity_secret)
    hub = OpenHub(store, divisions, settings.identity_secret)
    report = await sync_system(hub, settings, "county", source)
    assert report.counts.stored == ROWS
    return desk


async def assert_stopped(desk: Desk, code: str, *says: str) -> None:
    """A sync stops with `code` and a sentence that has the words `says`; nothing changes."""
    before = await desk.rows()
    status, complaint = await desk.hub("sync", "county")
    assert status == 1
    assert [words for words in (code, *says) if words not in complaint] == []
    assert "Traceback" not in complaint
    assert await desk.rows() == before
    runs = await desk.rows("SELECT status, error_code, stored FROM run ORDER BY id DESC LIMIT 1")
    assert runs == [("FAILED", code, 0)]


async def test_unreachable_source(desk: Desk) -> None:
    assert await desk.add(REST) == (0, "")
    await assert_stopped(desk, "SOURCE_UNAVAILABLE", "127.0.0.1:9", "Check")


async def test_wrong_password(desk: Desk, mariadb_url: str) -> None:
    url = make_url(mariadb_url).set(username="reader", password="not-the-password")  # noqa: S106
    desk.environ["COUNTY_DB"] = url.render_as_string(hide_password=False)
    assert await desk.add(SQL) == (0, "")
    await assert_stopped(desk, "SOURCE_REFUSED", "county", "Check user, password")


async def test_missing_file(desk: Desk) -> None:
    (desk.folder / "deputies.jsonl").unlink()
    says = (f"has no file deputies.jsonl in {desk.folder}", "Check the folder")
    await assert_stopped(desk, "SOURCE_UNAVAILABLE", *says)


async def test_unknown_column(desk: Desk) -> None:
    desk.write([{k: v for k, v in row.items() if k != "post"} for row in deputies()])
    await assert_stopped(desk, "SOURCE_CHANGED", "deputies.jsonl", "post")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: text.replace("kind: DEPUTY", "kind: DEPUTEE"), ("kind", "DEPUTY")),
        (lambda text: text.replace("name: name", "nmae: name"), ("nmae",)),
        (lambda text: text.replace("streams:", "streams: ["), ("line",)),
    ],
)
async def test_malformed_manifest(
    desk: Desk, spoil: Callable[[str], str], says: tuple[str, ...]
) -> None:
    known = await desk.rows("SELECT manifest FROM source_system")
    status, complaint = await desk.add(spoil(yaml.safe_dump(FILE)))
    assert status == 1
    assert [
        words for words in ("BAD_MANIFEST", "county.yaml", *says) if words not in complaint
    ] == []
    assert await desk.rows("SELECT manifest FROM source_system") == known


@pytest.mark.parametrize(
    ("column", "value", "code", "says"),
    [
        ("name", "王小明、李芳", "UNREADABLE_VALUE", "is not a name"),
        ("post", "长" * 700_000, "VALUE_TOO_LONG", "longer than"),
    ],
)
async def test_bad_cell(desk: Desk, column: str, value: str, code: str, says: str) -> None:
    """A name that is none, 2 MB: the row is named, the others are read."""
    before = await desk.rows()
    rows = deputies()
    rows[1][column] = value
    rows[2]["post"] = "新的职务"
    desk.write(rows)
    status, complaint = await desk.hub("sync", "county")
    assert status == 0
    assert "deputies.jsonl line 2" in complaint
    assert says in complaint
    after = await desk.rows()
    assert [row[0] for row in after] == [row[0] for row in before]
    assert after[:2] == before[:2]
    assert after[2][4] == "新的职务"
    refused = "SELECT place, errors->0->>'code' FROM quarantine WHERE resolved_at IS NULL"
    assert await desk.rows(refused) == [("deputies.jsonl line 2", code)]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("sex", "7", "code '7' is not among 1, 2"),
        ("birth", "1970-02-30", "1970-02-30"),
        ("post", "长" * 10_001, "10,000 are allowed"),
    ],
)
async def test_bad_cell_of_an_optional_field(
    desk: Desk, column: str, value: str, says: str
) -> None:
    """An unknown value, a day that does not exist: the row is named and stored without it."""
    rows = deputies()
    rows[1][column] = value
    rows[2]["post"] = "新的职务"
    desk.write(rows)
    status, complaint = await desk.hub("sync", "county")
    assert status == 0
    assert "deputies.jsonl line 2" in complaint
    assert says in complaint
    after = await desk.rows()
    assert [row[1] for row in after] == ["王小明"] * 3
    place = {"sex": 2, "birth": 3, "post": 4}[column]
    assert after[1][place] is None
    assert after[2][4] == "新的职务"


FULL = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {0} END $$;
CREATE TRIGGER fail BEFORE INSERT ON change FOR EACH STATEMENT EXECUTE FUNCTION fail();
"""


@pytest.mark.parametrize(
    ("failure", "code", "says"),
    [
        (
            "RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';",
            "STORE_FULL",
            "Make room",
        ),
        (
            "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL;",
            "DATABASE_UNAVAILABLE",
            "hub doctor",
        ),
    ],
)
async def test_store_that_is_full_or_goes_away(
    desk: Desk, failure: str, code: str, says: str
) -> None:
    async with desk.store.driver() as driver:
        await driver.execute(FULL.format(failure))
    rows = deputies()
    rows[0]["post"] = "新的职务"
    desk.write(rows)
    await assert_stopped(desk, code, says, "nothing is half-written")
    async with desk.store.driver() as driver:
        await driver.execute("DROP FUNCTION fail CASCADE")
    assert (await desk.hub("sync", "county"))[0] == 0
    assert (await desk.rows())[0][4] == "新的职务"
