"""A set of four systems' CSV files through the hub: `hub sync` manifests, then pairs in the store.

`python -m bench.linking.through_hub FOLDER` loads a folder into a store of its own and prints how
well it was linked. Refused records count as not linked.
"""

from __future__ import annotations

import asyncio
import csv
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from bench.linking.figures import compare
from bench.linking.generator.write import write_set
from bench.linking.sets import KEY, SYSTEMS, numbered
from connectors.manifest import parse_manifest, plain_manifest
from connectors.runs import sync_one
from hub import migrate
from hub.candidates import refresh
from hub.database import Database, database_url
from hub.divisions import DivisionIndex, load_divisions, read_index
from hub.enums import ConnectorKind, RecordKind
from hub.push import Push, push
from hub.records import KINDS
from hub.runs import Counts
from hub.settings import Settings
from hub.systems import add_system, fetch_manifests

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


async def load(
    database: Database, settings: Settings, divisions: DivisionIndex, folder: Path
) -> dict[str, Counts]:
    """Sync the four systems of a folder, one after another; give the counts of each."""
    async with database.driver() as driver:
        for system in SYSTEMS:
            manifest = parse_manifest(manifest_of(system, folder), system)
            await add_system(
                driver,
                divisions,
                code=system,
                name=system,
                division_code=DIVISION,
                connector=ConnectorKind.FILE,
                manifest=plain_manifest(manifest),
            )
        manifests = await fetch_manifests(driver)
    counts = {}
    for system in SYSTEMS:
        report = await sync_one(database, settings, divisions, manifests[system])
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


async def push_batch(database: Database, divisions: DivisionIndex, folder: Path) -> float:
    """Push records of people whom the store does not know; give the seconds that it took."""
    write_set(folder, BATCH, seed=404)
    with (folder / "township.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    records = [
        {"externalId": f"batch {row['record_id']}"}
        | {name: row[column] for name, column in FIELDS.items() if row[column]}
        for row in (rows * 2)[:BATCH]
    ]
    for number, record in enumerate(records):
        record["externalId"] += f" {number}"
    pushed = Push("township", KINDS[RecordKind.DEPUTY], "batch", records)
    started = time.perf_counter()
    answer = await push(database, divisions, KEY, pushed)
    seconds = time.perf_counter() - started
    typer.echo(f"pushed: {answer.stored} stored, {answer.quarantined} refused")
    return seconds


async def measure(folder: Path) -> None:
    """Load a folder into a fresh store and print what came of it."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(
            data_dir=Path(scratch), database_url=None, identity_key=SecretStr(KEY.decode())
        )
        database = Database(database_url(settings))
        try:
            await migrate.upgrade(database)
            async with database.driver() as driver:
                await load_divisions(driver)
                divisions = await read_index(driver)
            started = time.perf_counter()
            for system, counts in (await load(database, settings, divisions, folder)).items():
                typer.echo(f"{system}: {counts}")
            typer.echo(f"load: {time.perf_counter() - started:.1f} s")
            started = time.perf_counter()
            await refresh(database, divisions, settings.identity_secret)
            typer.echo(f"link: {time.perf_counter() - started:.1f} s")
            precision, recall, merges = await pairs_in_store(database, folder)
            seconds = await push_batch(database, divisions, Path(scratch) / "batch")
            typer.echo(f"a batch of {BATCH:,} records: {seconds:.2f} s")
        finally:
            await database.close()
    typer.echo(f"precision {precision:.5f}, recall {recall:.4f}, false merges {merges}")


def main(
    folder: Annotated[Path, typer.Argument(help="Folder of four CSV files and truth.csv.")],
) -> None:
    """Load a set through the hub and measure its pairs."""
    asyncio.run(measure(folder.resolve()))


if __name__ == "__main__":
    typer.run(main)
