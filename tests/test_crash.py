"""A sync that is killed at any moment loses nothing and leaves nothing half-written."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from hub.divisions.index import DivisionIndex
from hub.runs.registered_systems import add_system
from hub.store.database import Database
from hub.subjects.systems import ConnectorKind
from tests.conftest import drop_database, make_database
from tests.hub.test_sync import MANIFEST

KILLS = 20
ROWS = 12_000
GOLDEN = """
SELECT p.name, p.post, d.level, d.term, c.name FROM deputy d
JOIN person p ON p.id = d.person_id JOIN congress c ON c.id = d.congress_id
ORDER BY 1, 2, 3, 4, 5
"""
COUNTS = """
SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM deputy),
       (SELECT count(*) FROM source_record), (SELECT count(*) FROM change WHERE kind = 'CREATED')
"""


def write_rows(folder: Path) -> None:
    rows = (
        {"id": i, "name": f"王{'甲乙丙丁戊'[i % 5]}", "id_no": "", "post": f"第{i}村村民"}
        for i in range(ROWS)
    )
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "deputies.jsonl").write_text(text + "\n")


async def make_store(server: URL, template: str, divisions: DivisionIndex) -> URL:
    url = await make_database(server, template)
    database = Database(url)
    async with database.driver() as driver:
        await add_system(
            driver,
            divisions,
            code="county",
            name="county",
            division_code="510811",
            connector=ConnectorKind.FILE,
            manifest=MANIFEST,
        )
    await database.close()
    return url


def start_sync(url: URL, folder: Path) -> subprocess.Popen[bytes]:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    environ = {
        **os.environ,
        "HUB_DATABASE_URL": plain,
        "HUB_DATA_DIR": str(folder),
        "FOLDER": str(folder),
    }
    words = [sys.executable, "-m", "cli", "sync", "county"]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(words, env=environ, stdout=nothing, stderr=nothing)


def run_for(seconds: float, process: subprocess.Popen[bytes]) -> float | None:
    """Kill a process after so long; where it ended before by itself, the seconds that it took."""
    started = time.monotonic()
    try:
        assert process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return None
    return time.monotonic() - started


async def read_state(url: URL) -> tuple[list[Any], list[Any]]:
    database = Database(url)
    async with database.driver() as driver:
        golden = [tuple(row) for row in await driver.fetch(GOLDEN)]
        counts = [tuple(row) for row in await driver.fetch(COUNTS)]
    await database.close()
    return golden, counts


async def test_a_sync_killed_at_random_moments_ends_like_one_clean_run(
    server_url: URL, template: str, divisions: DivisionIndex, tmp_path: Path
) -> None:
    write_rows(tmp_path)
    clean = await make_store(server_url, template, divisions)
    started = time.monotonic()
    assert start_sync(clean, tmp_path).wait(120) == 0
    lasted = time.monotonic() - started
    killed = await make_store(server_url, template, divisions)
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    kills = 0
    while kills < KILLS:
        ran = run_for(chance.uniform(0.4, 1.0) * lasted, start_sync(killed, tmp_path))
        kills += ran is None
        lasted = min(lasted, ran or lasted)
    assert start_sync(killed, tmp_path).wait(120) == 0
    assert await read_state(killed) == await read_state(clean)
    for url in (clean, killed):
        await drop_database(server_url, url)
