"""Runs looked up at a terminal, and what is told once a system is added."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from cli.system import next_step
from hub.errors import StopRun
from hub.runs.past_runs import fetch_run, fetch_runs
from hub.settings import ROOT
from tests.hub.pushing import Hub, deputy


async def test_the_runs_of_a_system_are_found_the_newest_first(hub: Hub) -> None:
    first = await hub.deputies("county", deputy("1"))
    await hub.deputies("city", deputy("A"))
    second = await hub.deputies("county", deputy("2", term="第八"), deputy("3", name=None))
    async with hub.database.driver() as driver:
        found = await fetch_runs(driver, "county", 20)
        assert [run["id"] for run in found] == [second.run_id, first.run_id]
        assert len(await fetch_runs(driver, None, 20)) == 3
        assert [run["id"] for run in await fetch_runs(driver, "county", 1)] == [second.run_id]
        with pytest.raises(StopRun, match="knows no system none"):
            await fetch_runs(driver, "none", 20)


@pytest.mark.parametrize("run_id", ["17", "", "00000000-0000-0000-0000-000000000000"])
async def test_a_run_that_is_not_there_is_said_to_be_none(hub: Hub, run_id: str) -> None:
    async with hub.database.driver() as driver:
        with pytest.raises(StopRun, match="Copy it from `hub run list`"):
            await fetch_run(driver, run_id)


async def test_a_run_is_shown_with_every_row_that_it_refused(hub: Hub, tmp_path: Path) -> None:
    answer = await hub.deputies(
        "county", deputy("1", gender="甲"), *(deputy(str(n), name=None) for n in range(2, 10))
    )
    url = hub.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    given = {"HUB_DATABASE_URL": url, "HUB_DATA_DIR": str(tmp_path), "COLUMNS": "200"}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "cli", "run", "show", answer.run_id],
        env={**os.environ, **given, "HUB_IDENTITY_KEY": "a-key-for-tests-only"},
        capture_output=True,
        text=True,
        check=True,
    )
    shown = done.stdout
    assert "PUSH of county" in shown
    assert "read 9, stored 1, unchanged 0, quarantined 8, warned 1" in shown
    assert shown.count("Refused: ") == 8
    assert shown.count("With a warning: Record 1: ") == 1


@pytest.mark.parametrize("kind", ["file", "sql", "rest", "graphql"])
def test_a_system_that_is_read_is_synced_next(kind: str) -> None:
    assert next_step("county", "510811", kind, 8000) == "Next: hub sync county"


def test_a_system_that_pushes_is_told_how_in_a_line_that_holds() -> None:
    key, curl = next_step("county", "510811", "push", 8001).splitlines()
    assert "hub key create county" in key
    assert "http://127.0.0.1:8001/graphql" in curl
    body = json.loads(curl.split("-d '")[1].removesuffix("'"))
    schema = build_schema((ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8"))
    assert validate(schema, parse(body["query"])) == []
    assert '"county"' in body["query"]
