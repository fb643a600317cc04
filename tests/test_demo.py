"""The demonstration end to end: one command from nothing to a served, linked graph."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from demo.duties import RECEPTION
from demo.history import make_world
from demo.stage import MANIFESTS
from demo.systems import deyang_duties, guanghan_duties, zizhong_budget
from hub.enums.supervision import SupervisionAspect
from hub.settings import ROOT

LIMIT = 180
"""Seconds from nothing to a served hub at most."""

LINKED = """
{
  people(
    where: { and: [
      { mandates: { level: { eq: PROVINCE } } }, { mandates: { level: { eq: PREFECTURE } } }
      { mandates: { level: { eq: COUNTY } } }, { mandates: { level: { eq: TOWNSHIP } } }
    ] }
  ) {
    totalCount
    nodes { mandates { nodes {
      level person { id } congress { name }
      homes { nodes { name } } stations { nodes { name } } groups { nodes { name } }
    } } }
  }
}
"""


class Demo:
    """A running demonstration."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.environ = {**os.environ, "HUB_DATA_DIR": str(folder), "COLUMNS": "160"}
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "demo", "--port", str(self.port)],
            env=self.environ,
            stdout=self.log,
            stderr=self.log,
        )

    def wait(self) -> None:
        until = time.monotonic() + LIMIT
        while "Ready after" not in (self.folder / "log").read_text():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, "the demonstration is not ready in time"
            time.sleep(0.5)

    def ask(self, query: str) -> Any:
        url = f"http://127.0.0.1:{self.port}/graphql"
        return httpx2.post(url, json={"query": query}, timeout=30).json()["data"]

    def sync(self) -> str:
        words = [sys.executable, "-m", "cli", "sync"]
        return subprocess.run(
            words, env=self.environ, capture_output=True, text=True, check=True
        ).stdout

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.log.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("demo"))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def test_deputies_of_all_four_levels_are_linked(demo: Demo) -> None:
    people = demo.ask(LINKED)["people"]
    assert people["totalCount"] > 0
    mandates = [item for person in people["nodes"] for item in person["mandates"]["nodes"]]
    assert {"PROVINCE", "PREFECTURE", "COUNTY", "TOWNSHIP"} <= {item["level"] for item in mandates}
    for edge in ("homes", "stations", "groups"):
        assert any(item[edge]["nodes"] for item in mandates), edge


def test_about_nine_thousand_deputies_come_from_all_systems(demo: Demo) -> None:
    data = demo.ask("{ systems { totalCount nodes { code status } } deputies { totalCount } }")
    assert data["systems"]["totalCount"] == len(MANIFESTS)
    assert {system["status"] for system in data["systems"]["nodes"]} == {"OK"}
    assert 8500 < data["deputies"]["totalCount"] < 9500


def test_zhaohua_has_its_homes_stations_and_groups(demo: Demo) -> None:
    data = demo.ask(
        """{
          homes(where: {division: {within: "510811"}}) { totalCount }
          stations(where: {division: {within: "510811"}, isOffSite: {eq: true}}) { totalCount }
          groups(where: {division: {within: "510811"}, kind: {eq: PROFESSIONAL}}) { totalCount }
        }"""
    )
    assert {name: found["totalCount"] for name, found in data.items()} == {
        "homes": 12,
        "stations": 4,
        "groups": 5,
    }


def test_a_second_sync_stores_nothing_and_refuses_the_same_rows(demo: Demo) -> None:
    first = demo.sync()
    second = demo.sync()
    for line in (*first.splitlines(), *second.splitlines()):
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        if cells:
            assert cells[2] == "0", line
            assert cells[-1] == "ok", line
    full = [line.split("│")[5] for line in first.splitlines() if "│" in line]
    again = [line.split("│")[5] for line in second.splitlines() if "│" in line]
    assert full == again


def test_the_keys_of_the_systems_are_written_down(demo: Demo) -> None:
    keys = json.loads((demo.folder / "demo-keys.json").read_text())
    assert len(keys) == len(MANIFESTS)
    assert all(key.startswith("hub_") for key in keys.values())


# --- The saved questions, each with its answer on the demonstration ------------------------------


def question(demo: Demo, name: str) -> Any:
    """The answer to a saved question."""
    return demo.ask((ROOT / "examples" / f"{name}.graphql").read_text(encoding="utf-8"))


def test_the_chain_check_finds_the_deputy_of_two_counties(demo: Demo) -> None:
    (found,) = question(demo, "q03-chain-check")["chainBreaks"]
    assert found["person"]["name"] == "秦望舒"
    mandates = (found["first"], found["second"])
    assert {mandate["division"]["code"] for mandate in mandates} == {"510704", "511424"}
    assert {each["system"]["code"] for item in mandates for each in item["sourceRecords"]} == {
        "youxian-deputies",
        "danleng-deputies",
    }


def test_what_guanghan_and_deyang_both_counted_is_proposed_once(demo: Demo) -> None:
    world = make_world()
    members = {item.person.number for item in deyang_duties.in_office(world)}
    expected = {
        (item.title, item.day.isoformat(), mandate.person.name)
        for item in guanghan_duties.activities(world)[deyang_duties.NAMED : deyang_duties.SHARED]
        for mandate in item.people
        if mandate.person.number in members
    }
    entries = question(demo, "q04-double-entries")["doubleEntries"]
    found = {(item["title"], item["heldOn"], item["person"]["name"]) for item in entries}
    assert found == expected
    assert len(entries) == len(expected)
    for item in entries:
        levels = {item[side]["deputy"]["level"] for side in ("first", "second")}
        assert levels == {"COUNTY", "PREFECTURE"}


def test_zhaohua_has_thirty_projects_of_three_levels(demo: Demo) -> None:
    projects = question(demo, "q07-projects-of-three-levels")["projects"]
    assert projects["totalCount"] == 30
    levels = Counter(item["level"] for item in projects["nodes"])
    assert levels == {"PREFECTURE": 6, "COUNTY": 12, "TOWNSHIP": 12}
    for item in projects["nodes"]:
        if item["level"] == "PREFECTURE":
            (line,) = item["ballotLines"]["nodes"]
            (whole,) = line["ballot"]["evaluations"]["nodes"]
            assert whole == {"satisfied": 300, "basicallySatisfied": 15, "notSatisfied": 1}
            assert item["evaluations"]["nodes"] == []


def test_the_board_shows_five_aspects_and_the_problems_behind_them(demo: Demo) -> None:
    answer = question(demo, "q08-five-aspect-board")
    board = {row.pop("aspect"): row for row in answer["supervisionBoard"]}
    assert list(board) == [aspect.name for aspect in SupervisionAspect]
    listed = zizhong_budget.tables(make_world())
    total = listed["预算"][0]
    budget = board["BUDGET_EXECUTION"]
    assert (budget["numerator"], budget["denominator"]) == (total["执行数"], total["预算数"])
    for name, aspect in (("国资管理", "STATE_ASSETS"), ("审计整改", "AUDIT_RECTIFICATION")):
        rows = [row for row in listed["问题清单"] if row["方面"] == name]
        done = [row for row in rows if row["销号"]]
        overdue = len(rows) - len(done)
        assert board[aspect] == {
            "total": len(rows),
            "done": len(done),
            "overdue": overdue,
            "numerator": len(done),
            "denominator": len(rows),
            "rate": round(len(done) * 1000 / len(rows)) / 10,
        }
    assert len(answer["boardProblems"]) == board["AUDIT_RECTIFICATION"]["overdue"]
    assert board["LIVELIHOOD_PROJECT"]["total"] >= 30
    assert board["SUGGESTION_HANDLING"]["total"] > 1000


def test_the_load_of_stations_adds_up_to_what_guanghan_heard(demo: Demo) -> None:
    rows = question(demo, "q09-station-load")["stationLoad"]
    assert sum(row["opinions"] for row in rows) == guanghan_duties.OPINIONS
    receptions = [
        item for item in guanghan_duties.activities(make_world()) if item.kind == RECEPTION
    ]
    assert sum(row["receptions"] for row in rows) == len(receptions)
    for row in rows:
        assert row["closed"] <= row["opinions"]
        assert (row["medianDays"] is None) == (row["closed"] == 0)


def test_the_composition_counts_persons_and_mandates_apart(demo: Demo) -> None:
    rows = question(demo, "q12-composition")["composition"]
    active = """{
      deputies(where: { status: { eq: ACTIVE }, division: { within: "510000" } }) { totalCount }
    }"""
    there_are = demo.ask(active)["deputies"]["totalCount"]
    together = [row for row in rows if row["level"] is None]
    assert sum(row["mandates"] for row in together) == there_are
    assert sum(row["mandates"] for row in rows if row["level"]) == there_are
    assert any(row["mandates"] > row["people"] for row in together)
    for row in rows:
        for group in ("women", "minorities", "grassroots"):
            assert row[group] is None or row[group] == 0 or row[group] >= 5
            assert (row[f"{group}Share"] is None) == (row[group] is None)
