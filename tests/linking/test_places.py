"""Homes, stations, groups and bodies linked by name, address, division and code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench.linking.figures import compare
from bench.linking.sets import numbered
from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.divisions.history import read_history
from hub.divisions.index import DivisionIndex
from hub.linking.places.place_comparison import PLACE_MODEL, PLACES, table_of_places
from hub.linking.places.place_grouping import group_places, pairs_of_places
from hub.linking.scores.link import Sheet
from hub.passes.queue import find_candidates, refresh
from hub.runs.sync import sync_system
from hub.settings import Settings
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from tests.hub.conftest import hub as hub  # noqa: PLC0414 - a fixture
from tests.hub.pushing import SECRET, YUANBA, ZHAOHUA, Hub
from tests.hub.stewarding import decide, unmerge
from tests.linking.written_places import said, written

HOME, STATION, GROUP, BODY = (
    RecordKind.HOME,
    RecordKind.STATION,
    RecordKind.GROUP,
    RecordKind.HANDLING_BODY,
)


@pytest.fixture(scope="module")
def index() -> DivisionIndex:
    return DivisionIndex(read_history())


@pytest.mark.parametrize("kind", [HOME, STATION])
def test_two_systems_ways_of_writing_one_place_are_linked(
    index: DivisionIndex, kind: RecordKind
) -> None:
    records = [(key, it) for each, key, it in written(index, seed=5) if each is kind]
    truth = numbered(key for key, _ in records)
    told = [it for _, it in records]
    groups = group_places(told)
    found = truth.copy()
    for number, rows in enumerate(groups):
        found[rows] = number
    precision, recall, _ = compare(found, truth)
    assert precision >= 0.998
    assert recall >= 0.97
    pairs = pairs_of_places(Sheet(PLACES, table_of_places(told)))
    asked = {*zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}
    by_key: dict[str, list[int]] = {}
    for row, (key, _) in enumerate(records):
        by_key.setdefault(key, []).append(row)
    lost = [rows for rows in by_key.values() if len(rows) == 2 and tuple(rows) not in asked]
    assert len(lost) <= 0.01 * len(by_key)
    doubtful = pairs.where(~pairs.apart & (pairs.scores < PLACE_MODEL.accept))
    assert len(doubtful.left) <= 0.2 * len(by_key)


def alike(index: DivisionIndex, kind: RecordKind, *records: dict[str, str]) -> bool | None:
    """True where two records of two systems are joined, None where a steward is asked."""
    told = [
        said(index, kind, system, {"division": YUANBA} | fields)
        for system, fields in zip(("county", "city"), records, strict=True)
    ]
    if len(group_places(told)) == 1:
        return True
    pairs = pairs_of_places(Sheet(PLACES, table_of_places(told)))
    return None if len(pairs.left) and not pairs.apart[0] else False


ROAD_1, ROAD_9 = {"address": "人民路1号"}, {"address": "元坝镇人民路９号"}
BRIDGE = {"name": "柳桥村联络站"}
BEFORE, SINCE = {"division": "510811205"}, {"division": "510811111"}
WRITTEN: list[tuple[RecordKind, dict[str, str], dict[str, str], bool | None]] = [
    (HOME, {"name": "元坝镇人大代表之家"}, {"name": "元坝代表家"}, True),
    (HOME, {"name": "元坝镇人大代表之家"}, {"name": "石井铺镇人大代表之家"}, False),
    (HOME, {"name": "元坝镇代表之家"}, {"name": "昭化区元坝镇人大之家", "division": ZHAOHUA}, True),
    (HOME, {"name": "青牛乡代表之家"} | BEFORE, {"name": "青牛镇人大代表之家"} | SINCE, True),
    (STATION, BRIDGE, {"name": "元坝镇柳橋村代表聯絡點"}, True),
    (STATION, BRIDGE, {"name": "柳坪村联络站"}, False),
    (STATION, BRIDGE | ROAD_1, {"name": "柳桥村站"} | ROAD_9, None),
    (STATION, BRIDGE | ROAD_1, {"name": "柳桥社区联络站"} | ROAD_1, None),
    (STATION, {"name": "第１联络站"}, {"name": "第一代表联络站"}, True),
    (STATION, {"name": "第一联络站"} | ROAD_1, {"name": "第二联络站"} | ROAD_1, False),
    (GROUP, {"name": "教育专业代表小组"}, {"name": "教育组"}, True),
    (GROUP, {"name": "教育组"}, {"name": "农业组"}, False),
    (BODY, {"name": "交通局"}, {"name": "区交通运输局"}, None),
    (BODY, {"name": "昭化区交通运输局"}, {"name": "区交通运输局"}, True),
    (BODY, {"name": "交通局", "creditCode": "A"}, {"name": "交通运输局", "creditCode": "A"}, True),
    (BODY, {"name": "交通局", "creditCode": "A"}, {"name": "交通局", "creditCode": "B"}, False),
]


@pytest.mark.parametrize(("kind", "one", "other", "expected"), WRITTEN)
def test_what_two_systems_write_is_one_or_two_or_asked(
    index: DivisionIndex,
    kind: RecordKind,
    one: dict[str, str],
    other: dict[str, str],
    expected: bool | None,
) -> None:
    assert alike(index, kind, one, other) is expected
    assert alike(index, kind, other, one) is expected


def test_the_home_of_a_town_that_was_merged_is_asked_about(index: DivisionIndex) -> None:
    """射洪's 太和镇 became 太和街道 by merger; whether its home goes on, a steward knows."""
    followed = next(
        (old, new)
        for new in index.by_id.values()
        if new.code == "510811106"
        for old in index.by_id.values()
        if old.code[:6] == "510811"
        and new in index.successors(old)
        and index.place(old.id) != index.place(new.id)
    )
    old, new = ({"name": f"{it.name}代表之家", "division": it.code} for it in followed)
    assert alike(index, HOME, old, new) is None
    same = {"address": "人民路1号", "phone": "0839-1234567"}
    assert alike(index, HOME, old | same, new | same) is True


# --- Through the intake ---------------------------------------------------------------------------


def station(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"externalId": key, "name": name, "divisionCode": YUANBA} | more


async def stations(hub: Hub) -> list[list[str]]:
    rows = await hub.rows(
        "SELECT array_agg(external_id ORDER BY external_id) FROM source_record "
        "WHERE kind = 'STATION' AND deleted_at IS NULL GROUP BY entity_id ORDER BY 1"
    )
    return [row[0] for row in rows]


async def test_places_are_linked_in_whichever_order_they_come(hub: Hub) -> None:
    one, other = station("1", "元坝镇柳桥村人大代表联络站"), station("X", "柳桥村代表联络点")
    await hub.push("city", STATION, other)
    await hub.push("county", STATION, one, station("2", "石坝村联络站"))
    assert await stations(hub) == [["1", "X"], ["2"]]
    await hub.push("county", STATION, one | {"name": "红岩村联络站"})
    assert await stations(hub) == [["1"], ["2"], ["X"]]
    await hub.push("county", STATION, one)
    assert await stations(hub) == [["1", "X"], ["2"]]


async def test_of_two_in_one_system_that_fit_a_steward_says_which(hub: Hub) -> None:
    await hub.push("county", STATION, station("1", "柳桥村联络站"), station("2", "柳桥村联系点"))
    await hub.push("city", STATION, station("X", "柳桥村站"))
    assert await stations(hub) == [["1"], ["2"], ["X"]]
    async with hub.database.driver() as driver:
        await find_candidates(driver, hub.divisions)
    queue = await hub.rows("SELECT count(*) FROM link_candidate WHERE kind = 'STATION'")
    assert queue == [(2,)]
    await decide(hub, "2", "X", Verdict.SAME)
    assert await stations(hub) == [["1"], ["2", "X"]]
    await hub.push("city", STATION, station("X", "柳桥村站", address="人民路1号"))
    assert await stations(hub) == [["1"], ["2", "X"]]
    await unmerge(hub, "2", "X")
    assert await stations(hub) == [["1"], ["2"], ["X"]]


async def test_an_address_tells_which_of_two_is_meant(hub: Hub) -> None:
    await hub.push(
        "county",
        STATION,
        station("1", "柳桥村联络站", address="人民路1号"),
        station("2", "柳桥村联系点", address="解放街5号"),
    )
    await hub.push("city", STATION, station("X", "柳桥村站", address="元坝镇解放街５号"))
    assert await stations(hub) == [["1"], ["2", "X"]]
    await decide(hub, "2", "X", Verdict.DIFFERENT)
    assert await stations(hub) == [["1"], ["2"], ["X"]]


async def sync_stations(hub: Hub, settings: Settings, system: str, *lines: dict[str, Any]) -> None:
    """Sync a file of stations."""
    folder = settings.data_dir / system
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stations.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    fields = {name: {"column": name, "optional": True} for name in ("divisionCode", "address")}
    stream = {
        "name": "stations",
        "kind": "STATION",
        "files": "stations.jsonl",
        "format": "jsonl",
        "key": "{externalId}",
        "fields": {"name": "name"} | fields,
    }
    manifest = parse_manifest(
        {
            "system": system,
            "name": system,
            "division": ZHAOHUA,
            "connector": {"kind": "file", "folder": str(folder)},
            "streams": [stream],
        },
        system,
    )
    source = ConnectorSource(manifest, {}, SECRET)
    report = await sync_system(hub, settings, system, source)
    assert (report.error, report.counts.quarantined) == (None, 0)


async def test_places_of_a_sync_are_linked_at_its_end_by_counties(
    hub: Hub, settings: Settings
) -> None:
    one, other = station("1", "柳桥村联络站"), station("X", "柳桥村代表联络点")
    elsewhere = station("9", "柳桥村联络站", divisionCode="510121101")
    await sync_stations(hub, settings, "county", one, elsewhere)
    await sync_stations(hub, settings, "city", other)
    assert await stations(hub) == [["1"], ["9"], ["X"]]
    await refresh(hub)
    assert await stations(hub) == [["1", "X"], ["9"]]
    assert await hub.rows("SELECT FROM place_waiting") == []
    await sync_stations(hub, settings, "city", other | {"name": "红岩村联络站"})
    await refresh(hub)
    assert await stations(hub) == [["1"], ["9"], ["X"]]


QUEUE = """
SELECT l.external_id, r.external_id FROM link_candidate c
JOIN source_record l ON l.id = c.left_id JOIN source_record r ON r.id = c.right_id ORDER BY 1, 2
"""


async def test_the_queue_follows_the_counties_in_which_something_came(hub: Hub) -> None:
    for code, mark in ((YUANBA, "a"), ("510121101", "b")):
        for system, key, number in (("province", "1", 1), ("city", "X", 9)):
            told = {"divisionCode": code, "address": f"人民路{number}号"}
            await hub.push(system, STATION, station(key + mark, "柳桥村联络站", **told))
        await refresh(hub)
        assert [set(pair) for pair in await hub.rows(QUEUE)][-1:] == [{f"1{mark}", f"X{mark}"}]
    assert len(await hub.rows(QUEUE)) == 2
    await hub.push("city", STATION, station("Xb", "红岩村联络站", divisionCode="510121101"))
    await refresh(hub)
    assert [set(pair) for pair in await hub.rows(QUEUE)] == [{"1a", "Xa"}]
    await decide(hub, "1a", "Xa", Verdict.SAME)
    await refresh(hub)
    assert await hub.rows(QUEUE) == []
    await unmerge(hub, "1a", "Xa")
    await refresh(hub)
    assert [set(pair) for pair in await hub.rows(QUEUE)] == [{"1a", "Xa"}]
