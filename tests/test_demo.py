"""The demonstration end to end: one command from nothing to a served, linked graph."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from demo.stage import MANIFESTS

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
