"""The file that `make bench` loads is the same in every run, and the hub takes all of it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from bench.contenders import HERE
from bench.deputies import make_deputies, write_deputies
from bench.load_report import report_rows
from bench.programs import Cost
from connectors.source import ConnectorSource
from connectors.systems import load_manifest, plain_manifest
from hub.divisions.index import DivisionIndex
from hub.intake import OpenHub
from hub.runs.registered_systems import add_system
from hub.runs.runs import Counts
from hub.runs.sync import sync_system
from hub.settings import Settings
from hub.store.database import Database
from hub.subjects.systems import ConnectorKind

DEPUTIES = 300


def test_the_deputies_are_the_same_in_every_run() -> None:
    first, again = (list(islice(make_deputies(DEPUTIES), 50)) for _ in range(2))
    assert first == again
    assert len({deputy["id"] for deputy in first}) == len(first)


async def test_the_hub_takes_every_deputy(
    store: Database, divisions: DivisionIndex, settings: Settings, tmp_path: Path
) -> None:
    write_deputies(tmp_path / "deputies.jsonl", DEPUTIES)
    manifest = load_manifest(HERE / "deputies.yaml")
    async with store.driver() as driver:
        await add_system(
            driver,
            divisions,
            code=manifest.system,
            name=manifest.name,
            division_code=manifest.division,
            connector=ConnectorKind.FILE,
            manifest=plain_manifest(manifest),
        )
    source = ConnectorSource(manifest, {"BENCH_FOLDER": str(tmp_path)}, settings.identity_secret)
    hub = OpenHub(store, divisions, settings.identity_secret)
    report = await sync_system(hub, settings, manifest.system, source)
    assert report.counts == Counts(stored=DEPUTIES)


def test_the_report_sets_the_hub_beside_dlt() -> None:
    costs = {("hub", "first"): Cost(6.0, 250.0), ("dlt", "first"): Cost(8.0, 100.0)}
    assert list(report_rows(costs)) == [
        ("first", "6.0 s", "8.0 s", "0.75", "250 MiB", "100 MiB"),
    ]
