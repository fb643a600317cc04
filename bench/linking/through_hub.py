"""A set of four systems' CSV files through the hub: `hub sync` manifests, then pairs in the store.

`python -m bench.linking.through_hub FOLDER`, or `--people N` for a generated set, loads a set into
a store of its own, prints how well and how fast it was linked, and writes the figures into
docs/linking.md. Refused records count as not linked. The load itself is not counted.
"""

from __future__ import annotations

import asyncio
import csv
import resource
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from bench.linking.figures import compare
from bench.linking.generator.write import write_set
from bench.linking.report import PAGE, ThroughHub, write_hub_figures
from bench.linking.sets import KEY, SYSTEMS, generated, numbered
from connectors.runs import sync_code, sync_one
from connectors.systems import parse_manifest, plain_manifest
from hub.divisions.index import DivisionIndex, read_index
from hub.intake import OpenHub, store_divisions
from hub.passes.queue import refresh
from hub.runs.push import Push, push
from hub.runs.registered_systems import add_system, fetch_manifests
from hub.runs.runs import Counts
from hub.settings import Settings
from hub.store import migrate
from hub.store.database import Database, Driver, database_url
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.systems import ConnectorKind

FIELDS = {
    "name": "name",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "birth": "birth",
    "nationalId": "id_no",
    "phone": "phone",
    "politicalAffiliation": "party",
    "education": "education",
    "employer": "work_unit",
    "post": "post",
    "divisionCode": "division_code",
    "electoralUnit": "electoral_unit",
    "term": "term",
}
"""The column of each field of a deputy's record."""

DIVISION = "510000"
BATCH = 1_000


def manifest_of(system: str, folder: Path) -> dict[str, Any]:
    """The manifest of one of the four systems, whose file is in `folder`."""
    stream = {
        "name": "deputies",
        "kind": "DEPUTY",
        "files": f"{system}.csv",
        "format": "csv",
        "key": "{record_id}",
        "fields": FIELDS,
    }
    return {
        "system": system,
        "name": system,
        "division": DIVISION,
        "connector": {"kind": "file", "folder": str(folder)},
        "streams": [stream],
    }


async def add(driver: Driver, divisions: DivisionIndex, system: str, folder: Path) -> None:
    """Make the system known whose file is in `folder`."""
    await add_system(
        driver,
        divisions,
        code=system,
        name=system,
        division_code=DIVISION,
        connector=ConnectorKind.FILE,
        manifest=plain_manifest(parse_manifest(manifest_of(system, folder), system)),
    )


async def load(hub: OpenHub, settings: Settings, folder: Path) -> dict[str, Counts]:
    """Sync the four systems of a folder, one after another; give the counts of each."""
    async with hub.database.driver() as driver:
        for system in SYSTEMS:
            await add(driver, hub.divisions, system, folder)
        manifests = await fetch_manifests(driver)
    counts = {}
    for system in SYSTEMS:
        report = await sync_one(hub, settings, manifests[system])
        if report.error:
            raise report.error
        counts[system] = report.counts
    return counts


async def pairs_in_store(database: Database, folder: Path) -> tuple[float, float, int]:
    """Precision, recall and false merges of the pairs that the store holds against the truth."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["record_id"]: row["person_id"] for row in csv.DictReader(lines)}
    async with database.driver() as driver:
        rows = await driver.fetch("SELECT external_id, person_id::text FROM source_record")
    found = {key: key for key in truth} | {row[0]: row[1] for row in rows}
    keys = sorted(truth)
    return compare(numbered(found[key] for key in keys), numbered(truth[key] for key in keys))


def people_in(folder: Path) -> int:
    """How many people a set is of."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        return len({row["person_id"] for row in csv.DictReader(lines)})


def strangers(folder: Path) -> list[dict[str, str]]:
    """Rows of people whom the store does not know, and of some of them once more."""
    write_set(folder, BATCH, seed=404)
    with (folder / "township.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row | {"record_id": f"batch {number}"} for number, row in enumerate((rows * 2)[:BATCH])]


async def sync_batch(hub: OpenHub, settings: Settings, folder: Path) -> float:
    """Sync such records as a system of their own; give the seconds, the linking among them."""
    rows = strangers(folder)
    with (folder / "late.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    async with hub.database.driver() as driver:
        await add(driver, hub.divisions, "late", folder)
    started = time.perf_counter()
    error = await sync_code(hub, settings, "late")
    if error:
        raise error
    return time.perf_counter() - started


async def push_batch(hub: OpenHub, folder: Path) -> float:
    """Push such records; give the seconds that it took."""
    records = [
        {"externalId": row["record_id"]}
        | {name: row[column] for name, column in FIELDS.items() if row[column]}
        for row in strangers(folder)
    ]
    pushed = Push("township", KINDS[RecordKind.DEPUTY], "batch", records)
    started = time.perf_counter()
    answer = await push(hub, pushed)
    seconds = time.perf_counter() - started
    typer.echo(f"pushed: {answer.stored} stored, {answer.quarantined} refused")
    return seconds


async def measure(name: str, folder: Path) -> ThroughHub:
    """Load a folder into a fresh store and link it; print how it goes, and give the figures."""
    # the embedded server stops with this program and may still write while its folder goes
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        settings = Settings(
            data_dir=Path(scratch), database_url=None, identity_key=SecretStr(KEY.decode())
        )
        database = Database(database_url(settings))
        try:
            await migrate.upgrade(database)
            async with database.driver() as driver:
                await store_divisions(driver)
                hub = OpenHub(database, await read_index(driver), settings.identity_secret)
            started = time.perf_counter()
            loaded = await load(hub, settings, folder)
            for system, counts in loaded.items():
                typer.echo(f"{system}: {counts}")
            typer.echo(f"load: {time.perf_counter() - started:.1f} s")
            started = time.perf_counter()
            await refresh(hub)
            seconds = time.perf_counter() - started
            typer.echo(f"link: {seconds:.1f} s")
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            precision, recall, merges = await pairs_in_store(database, folder)
            batch = Path(scratch) / "batch"
            pushed = await push_batch(hub, batch)
            synced = await sync_batch(hub, settings, batch)
        finally:
            await database.close()
    read, refused = (sum(getattr(it, part) for it in loaded.values()) for part in COUNTED)
    wrong = merges / people_in(folder) * 10_000
    return ThroughHub(name, read, refused, precision, recall, wrong, seconds, peak, pushed, synced)


COUNTED = ("read", "quarantined")


def main(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of four CSV files and truth.csv.")
    ] = None,
    people: Annotated[int, typer.Option(help="People of a generated set.")] = 8_000,
) -> None:
    """Load a set through the hub, measure how it is linked, and write docs/linking.md."""
    name = "practice set" if folder else f"{people:,} generated people"
    found = asyncio.run(measure(name, folder.resolve() if folder else generated(people)))
    typer.echo(found)
    write_hub_figures(PAGE, found)


if __name__ == "__main__":
    typer.run(main)
