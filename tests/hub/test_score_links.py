"""People linked by score inside the hub: four systems' records of invented people."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import URL

from bench.linking.figures import compare
from bench.linking.generator.write import write_set
from hub.database import Database
from hub.divisions import DivisionIndex
from hub.enums import ConnectorKind
from hub.score_links import Pass, link_people
from hub.systems import add_system
from tests.conftest import drop_database, make_database
from tests.hub.pushing import SECRET, Hub

SYSTEMS = {"province": "510000", "city": "510800", "county": "510802", "township": "510802"}
FIELDS = {
    "externalId": "record_id",
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


def records(folder: Path, system: str) -> Iterator[dict[str, object]]:
    """The rows of one system as it would push them."""
    with (folder / f"{system}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: row[column] for name, column in FIELDS.items() if row[column]}


async def push_all(hub: Hub, folder: Path, systems: list[str], size: int) -> None:
    for system in systems:
        rows = list(records(folder, system))
        for start in range(0, len(rows), size):
            await hub.deputies(system, *rows[start : start + size])


async def add_systems(hub: Hub) -> None:
    async with hub.database.driver() as driver:
        for code, division in SYSTEMS.items():
            await add_system(
                driver,
                hub.divisions,
                code=code,
                name=code,
                division_code=division,
                connector=ConnectorKind.PUSH,
                manifest={},
            )


async def groups(hub: Hub) -> dict[str, str]:
    rows = await hub.rows(
        "SELECT external_id, person_id::text FROM source_record WHERE kind = 'DEPUTY'"
    )
    return {str(record): str(person) for record, person in rows}


async def link(hub: Hub) -> Pass:
    return await link_people(hub.database, hub.divisions, SECRET)


def partition(found: dict[str, str]) -> set[frozenset[str]]:
    persons: dict[str, set[str]] = {}
    for record, person in found.items():
        persons.setdefault(person, set()).add(record)
    return {frozenset(members) for members in persons.values()}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four systems' records of 300 invented people."""
    path = tmp_path_factory.mktemp("people")
    write_set(path, 300, seed=11)
    return path


async def test_records_of_one_person_come_together(
    store: Database, divisions: DivisionIndex, folder: Path
) -> None:
    hub = Hub(store, divisions)
    await add_systems(hub)
    await push_all(hub, folder, list(SYSTEMS), 1000)
    before = await groups(hub)
    await link(hub)
    found = await groups(hub)
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["record_id"]: row["person_id"] for row in csv.DictReader(lines)}
    keys = sorted(found)

    def numbered(by: dict[str, str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        names = {name: at for at, name in enumerate(sorted({by[key] for key in keys}))}
        return np.array([names[by[key]] for key in keys])

    precision, recall, _ = compare(numbered(found), numbered(truth))
    _, recall_before, _ = compare(numbered(before), numbered(truth))
    assert precision >= 0.99
    assert recall >= 0.9
    assert recall > recall_before + 0.2


async def test_the_order_and_size_of_pushes_do_not_matter(
    server_url: URL, template: str, divisions: DivisionIndex, folder: Path
) -> None:
    outcomes = []
    for systems, size in ((list(SYSTEMS), 1000), (list(SYSTEMS)[::-1], 70)):
        url = await make_database(server_url, template)
        hub = Hub(Database(url), divisions)
        await add_systems(hub)
        await push_all(hub, folder, systems[:2], size)
        await link(hub)
        await push_all(hub, folder, systems[2:], size)
        await link(hub)
        outcomes.append(partition(await groups(hub)))
        await hub.database.close()
        await drop_database(server_url, url)
    assert outcomes[0] == outcomes[1]
