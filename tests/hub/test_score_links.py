"""People linked by score inside the hub: four systems' records of invented people."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest
from sqlalchemy import URL

from bench.linking.figures import compare
from bench.linking.generator.write import write_set
from bench.linking.sets import KEY, numbered
from bench.linking.through_hub import FIELDS as COLUMNS
from hub.divisions.index import DivisionIndex
from hub.intake.link_forms import Forms, find_by_key
from hub.passes.link_people import Pass, link_people, much_was_pushed
from hub.passes.queue import refresh_when_due
from hub.runs.registered_systems import add_system
from hub.store.database import Database, Driver
from hub.subjects.systems import ConnectorKind
from tests.conftest import drop_database, make_database
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, Hub, deputy
from tests.hub.stewarding import people

SYSTEMS = {"province": "510000", "city": "510800", "county": "510802", "township": "510802"}
FIELDS = {"externalId": "record_id", **COLUMNS}


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
    return await link_people(hub)


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
    hub = Hub(store, divisions, KEY)
    await add_systems(hub)
    await push_all(hub, folder, list(SYSTEMS), 1000)
    found = await groups(hub)
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["record_id"]: row["person_id"] for row in csv.DictReader(lines)}
    keys = sorted(found)
    precision, recall, _ = compare(
        numbered(found[key] for key in keys), numbered(truth[key] for key in keys)
    )
    assert precision >= 0.99
    assert recall >= 0.97


async def test_the_order_and_size_of_pushes_do_not_matter(
    server_url: URL, template: str, divisions: DivisionIndex, folder: Path
) -> None:
    outcomes = []
    for systems, size in ((list(SYSTEMS), 1000), (list(SYSTEMS)[::-1], 70)):
        url = await make_database(server_url, template)
        hub = Hub(Database(url), divisions, KEY)
        await add_systems(hub)
        await push_all(hub, folder, systems[:2], size)
        await link(hub)
        await push_all(hub, folder, systems[2:], size)
        await link(hub)
        outcomes.append(partition(await groups(hub)))
        await hub.database.close()
        await drop_database(server_url, url)
    assert outcomes[0] == outcomes[1]


# --- Records linked as they come ------------------------------------------------------------------


NewHub: TypeAlias = Callable[[], Awaitable[Hub]]


@pytest.fixture
async def new_hub(
    server_url: URL, template: str, divisions: DivisionIndex
) -> AsyncIterator[NewHub]:
    """Makes stores with the four systems and nothing in them."""
    hubs: list[Hub] = []

    async def make() -> Hub:
        hub = Hub(Database(await make_database(server_url, template)), divisions, KEY)
        hubs.append(hub)
        await add_systems(hub)
        return hub

    yield make
    for hub in hubs:
        await hub.database.close()
        await drop_database(server_url, hub.database.url)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four systems' records of 120 invented people."""
    path = tmp_path_factory.mktemp("few")
    write_set(path, 120, seed=5)
    return path


async def test_records_pushed_one_by_one_in_any_order_end_as_in_one_pass(
    new_hub: NewHub, few: Path
) -> None:
    whole = await new_hub()
    await push_all(whole, few, list(SYSTEMS), 1000)
    at_once = partition(await groups(whole)), await queue(whole)
    await link(whole)
    by_pass = partition(await groups(whole)), await queue(whole)
    single = await new_hub()
    rows = [(system, row) for system in SYSTEMS for row in records(few, system)]
    Random(3).shuffle(rows)  # noqa: S311 - an order, no secret
    for system, row in rows:
        await single.deputies(system, row)
    one_by_one = partition(await groups(single)), await queue(single)
    assert len(at_once[0]) < len(rows)
    assert at_once == by_pass
    assert one_by_one[0] ^ by_pass[0] == set()
    assert one_by_one[1] ^ by_pass[1] == set()


async def queue(hub: Hub) -> set[frozenset[str]]:
    rows = await hub.rows(
        "SELECT l.external_id, r.external_id FROM link_candidate c "
        "JOIN source_record l ON l.id = c.left_id JOIN source_record r ON r.id = c.right_id"
    )
    return {frozenset(row) for row in rows}


class Counted(Database):
    """A store that notes the statements sent to it."""

    asked: list[str]

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Driver]:
        async with super().driver() as driver:
            with driver.query_logger(lambda query: self.asked.append(query.query)):
                yield driver


async def test_a_push_reads_its_neighbourhood_and_not_the_store(
    new_hub: NewHub,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []

    async def counting(*given: Any) -> Forms:
        found = await find_by_key(*given)
        read.append(len(found))
        return found

    monkeypatch.setattr("hub.intake.scoring.find_by_key", counting)
    hub = await new_hub()
    await push_all(hub, folder, list(SYSTEMS), 1000)
    ((size,),) = await hub.rows("SELECT count(*) FROM link_form")
    read.clear()
    counted = Counted(hub.database.url)
    counted.asked = []
    one = next(records(folder, "township")) | {"externalId": "again", "term": "17"}
    await Hub(counted, hub.divisions, KEY).deputies("township", one)
    await counted.close()
    assert len(counted.asked) <= 75
    assert 0 < sum(read) < size / 5


async def test_a_record_that_changes_or_goes_takes_its_links_along(
    new_hub: NewHub, few: Path
) -> None:
    hub = await new_hub()
    await push_all(hub, few, list(SYSTEMS), 1000)
    before = partition(await groups(hub))
    system, row = next(
        (system, row)
        for system in SYSTEMS
        for row in records(few, system)
        if any(row["externalId"] in person and len(person) > 1 for person in before)
    )
    other = row | {"name": "欧阳不同", "birth": "1931-01-02", "gender": "女"}
    for name in ("nationalId", "phone", "employer", "post"):
        other.pop(name, None)
    await hub.deputies(system, other)
    assert frozenset([row["externalId"]]) in partition(await groups(hub))
    await hub.deputies(system, row)
    assert partition(await groups(hub)) == before


async def test_the_weights_are_learned_anew_after_many_pushes(
    new_hub: NewHub,
    few: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hub.passes.link_people.LEARNS_FROM", 100)
    hub = await new_hub()
    asked = []
    await push_all(hub, few, ["city"], 1000)
    asked.append(await much_was_pushed(hub.database))
    await push_all(hub, few, list(SYSTEMS), 1000)
    for _ in range(2):
        asked.append(await much_was_pushed(hub.database))
        await refresh_when_due(hub)
    one = next(records(few, "township")) | {"externalId": "again", "term": "17"}
    await hub.deputies("township", one)
    asked.append(await much_was_pushed(hub.database))
    assert asked == [False, True, False, False]


BORN = {"birth": "1975-03", "gender": "男", "ethnicity": "汉族"}


@pytest.mark.parametrize("division", [GUANGYUAN, YUANBA])
async def test_two_of_a_common_name_and_month_of_birth_are_left_to_a_steward(
    hub: Hub, division: str
) -> None:
    for name in ("王伟", "张秀英"):
        await hub.deputies("county", deputy(name, name=name, **BORN))
        await hub.deputies("city", deputy(f"{name} 2", name=name, divisionCode=division, **BORN))
    assert len(await people(hub)) == 4
    assert await hub.rows("SELECT count(*) FROM link_candidate") == [(2,)]


async def test_a_rare_name_and_the_month_of_birth_join_two_records(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", name="祁逸霖", **BORN))
    await hub.deputies("city", deputy("A", name="祁逸霖", divisionCode=GUANGYUAN, **BORN))
    assert await people(hub) == [["1", "A"]]


async def test_an_ethnic_group_that_the_model_has_not_met_speaks_for_little(hub: Hub) -> None:
    one = {"name": "西绕", "gender": "男", "ethnicity": "藏族"}
    await hub.deputies("county", deputy("1", birth="1974-05", **one))
    await hub.deputies("city", deputy("A", birth="1974-01-06", divisionCode=GUANGYUAN, **one))
    assert await people(hub) == [["1"], ["A"]]


@pytest.mark.parametrize("birth", [None, "1964", "1964-10"])
async def test_a_number_copied_down_to_another_name_without_a_day_of_birth_joins_nobody(
    hub: Hub, birth: str | None
) -> None:
    other = deputy("A", name="欧阳雪", nationalId=IDS[0], divisionCode=GUANGYUAN, birth=birth)
    await hub.deputies("county", deputy("1", nationalId=IDS[0], birth="1964-10-11"))
    await hub.deputies("city", other)
    assert await people(hub) == [["1"], ["A"]]
    assert await hub.rows("SELECT count(*) FROM link_candidate") == [(1,)]
