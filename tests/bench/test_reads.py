"""The read part of the bench: its data, its servers, its figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from bench.reads import compare
from bench.reads.contenders import BY_HAND, HUB, POSTGRAPHILE_5, STOCK
from bench.reads.data import Size, fill
from bench.reads.documents import make_documents
from bench.reads.endurance import FirstRequests, Memory, time_first_requests, watch_memory
from bench.reads.measure import QUICK, Pace, Result, Round, measure
from bench.reads.processes import serving_all
from bench.reads.report import speed_table
from bench.reads.run import draw_keys, prepared
from bench.reads.shapes import SHAPES
from bench.reads.targets import of_endurance, of_growth, of_speed
from hub.store.database import Database
from tests.conftest import drop_database, make_database

SMALL = Size(times=1, mandates=9_000, homes=500, stations=1_500, groups=500)
MOMENT = Pace(rounds=1, seconds=0.1, warm_up=0.0, keys=4, fresh=2, documents=2, requests=4)


@pytest.fixture(scope="module")
async def reads(server_url: URL, template: str) -> AsyncIterator[URL]:
    """A store with a small data set."""
    url = await make_database(server_url, template)
    database = Database(url)
    async with database.driver() as driver:
        await fill(driver, SMALL)
    await database.close()
    yield url
    await drop_database(server_url, url)


async def test_data_set_has_the_size_that_is_wanted(reads: URL) -> None:
    tables = ("deputy", "home", "station", "deputy_group", "source_record")
    database = Database(reads)
    async with database.driver() as driver:
        counts = [await driver.fetchval(f"SELECT count(*) FROM {name}") for name in tables]
    await database.close()
    assert counts == [9_000, 500, 1_500, 500, 9_000]


LINKS = {
    "deputy": {"person_id": "person", "congress_id": "congress", "main_record_id": "source_record"},
    "person": {"division_id": "division", "main_record_id": "source_record"},
    "station": {"division_id": "division", "home_id": "home"},
    "deputy_group": {"leader_id": "deputy"},
    "home_member": {"home_id": "home", "deputy_id": "deputy"},
    "station_member": {"station_id": "station", "deputy_id": "deputy"},
    "deputy_group_member": {"deputy_group_id": "deputy_group", "deputy_id": "deputy"},
    "source_record": {"system_id": "source_system", "run_id": "run", "entity_id": "deputy"},
}


async def test_no_link_of_the_data_set_dangles(reads: URL) -> None:
    database = Database(reads)
    async with database.driver() as driver:
        for table, links in LINKS.items():
            for column, target in links.items():
                dangling = await driver.fetchval(
                    f"SELECT count(*) FROM {table} t WHERE {column} IS NOT NULL AND NOT EXISTS "
                    f"(SELECT FROM {target} WHERE id = t.{column})"
                )
                assert dangling == 0, (table, column)
    await database.close()


async def test_some_people_hold_mandates_in_divisions_one_inside_the_other(reads: URL) -> None:
    database = Database(reads)
    async with database.driver() as driver:
        row = await driver.fetchrow("""
            SELECT count(*), count(*) FILTER (WHERE NOT v.path @> ARRAY[other.division_id]
                                              AND NOT w.path @> ARRAY[one.division_id])
            FROM deputy one JOIN deputy other USING (person_id)
            JOIN division v ON v.id = one.division_id JOIN division w ON w.id = other.division_id
            WHERE one.id < other.id AND 'TOWNSHIP' IN (one.level, other.level)
        """)
    await database.close()
    assert row is not None
    shared, outside = row
    assert shared > 100
    assert outside == 0


async def test_servers_answer_the_same_data_and_are_measured(reads: URL, tmp_path: Path) -> None:
    async with serving_all((HUB, BY_HAND, STOCK), reads, tmp_path) as servers:
        for shape in SHAPES:
            keys = await draw_keys(reads, shape, MOMENT.keys)
            requests = {server.name: await prepared(server, shape, keys) for server in servers}
            await compare.check_same(shape.name, servers, requests, sample=MOMENT.keys)
        results = await measure(servers, requests, MOMENT)
        first = await time_first_requests(servers[0], MOMENT.fresh)
        memory = await watch_memory(servers[0], MOMENT.documents, MOMENT.requests, steps=2)
    assert all(one.per_second > 0 and one.p99 >= one.p50 > 0 for one in results.values())
    assert len(first.first) == len(first.second) == MOMENT.fresh
    assert [requests for requests, _ in memory.checkpoints] == [0, 2, 4]


def test_postgraphile_s_form_becomes_the_hub_s() -> None:
    form = {
        "division_only": {"nodes": [{"code": "510811"}]},
        "stations": {"nodes": [{"only": {"id": "WyJTdGF0aW9uIiwiMSJd"}}]},
        "groups": {"nodes": [{"id": "DeputyGroup:2"}]},
        "pageInfo": {"hasNextPage": True, "endCursor": "x"},
    }
    assert compare.canonical(form) == {
        "division": {"code": "510811"},
        "stations": {"nodes": [{"id": "LiaisonStation:1"}]},
        "groups": {"nodes": [{"id": "DeputyGroup:2"}]},
        "pageInfo": {"hasNextPage": True},
    }


def test_difference_names_the_place() -> None:
    one, other = {"nodes": [{"a": 1}, {"a": 2}]}, {"nodes": [{"a": 1}, {"a": 3}]}
    assert compare.difference(one, other) == "data.nodes[1].a: 2 and 3"


def test_documents_are_all_different_and_the_same_in_every_run() -> None:
    documents = make_documents(300)
    assert len(set(documents)) == 300
    assert documents == make_documents(300)


def result(per_second: float, p50: float = 1.0) -> Result:
    return Result([Round(per_second, p50, 2.0, 0.5)])


def test_targets_tell_what_is_met() -> None:
    peers = {BY_HAND.name: result(1000), POSTGRAPHILE_5.name: result(480), STOCK.name: result(30)}
    speeds = {"list page": {HUB.name: result(900), **peers}}
    assert [(round(target.measured, 2), target.is_met) for target in of_speed(speeds)] == [
        (0.9, True),
        (1.88, False),
        (30.0, True),
    ]
    growth = {shape.name: {"one": result(1, 2.0), "ten": result(1, 2.4)} for shape in SHAPES}
    assert {round(target.measured, 2) for target in of_growth(growth)} == {1.2}
    memory = Memory(2, [(0, 100.0), (2, 120.0), (4, 150.0), (8, 175.0)])
    slow, grown = of_endurance(FirstRequests([20.0, 26.0], [1.0, 1.0]), memory)
    assert (slow.measured, slow.is_met) == (26.0, False)
    assert (grown.measured, grown.is_met) == (25.0, False)


def test_figures_become_a_table() -> None:
    assert list(speed_table({"list page": {"hub": result(1234.4)}})) == [
        "| shape | server | requests/s | p50 ms | p99 ms | CPU ms a request |",
        "|---|---:|---:|---:|---:|---:|",
        "| list page | hub | 1,234 | 1.0 | 2.0 | 0.50 |",
    ]


def test_a_quick_run_is_short() -> None:
    each = QUICK.warm_up + QUICK.rounds * QUICK.seconds
    assert each * len(SHAPES) * 4 < 60
