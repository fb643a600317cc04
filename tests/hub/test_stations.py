"""Stations: when they receive people next, what is near, and the load with merged townships."""

from __future__ import annotations

from datetime import date

import pytest

from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import GUANGYUAN, ZHAOHUA, Hub, codes, deputy
from tests.hub.test_activities import activity
from tests.hub.test_projects import opinion

OLD_TOWN, NEW_TOWN = "510811205", "510811106"
"""青牛乡, and 虎跳镇, the first of the two that followed in 2019."""


def station(external_id: str, **fields: object) -> dict[str, object]:
    """A station of 虎跳镇; fields override."""
    return {
        "externalId": external_id,
        "name": f"{external_id}号联络站",
        "divisionCode": NEW_TOWN,
    } | fields


@pytest.mark.parametrize(
    ("hours", "today", "then"),
    [
        ("每月第一个星期二 9:00-11:30", "2026-11-24", "2026-12-01"),
        ("每月第一个星期二 9:00-11:30", "2026-12-01", "2026-12-01"),
        ("每月第3个周五", "2026-11-24", "2026-12-18"),
        ("每月第五个星期日", "2026-11-24", "2026-11-29"),
        ("每月15日 9:00-11:00", "2026-11-24", "2026-12-15"),
        ("单月15日9至11时", "2026-11-24", "2027-01-15"),
        ("双月31日", "2026-11-24", "2026-12-31"),
        ("每周三 9:00-17:00", "2026-11-24", "2026-11-25"),
        ("每星期天", "2026-11-24", "2026-11-29"),
        ("全天开放", "2026-11-24", None),
        (None, "2026-11-24", None),
    ],
)
async def test_the_next_reception_is_read_from_the_opening_hours(
    hub: Hub, hours: str | None, today: str, then: str | None
) -> None:
    await on_day(hub, today)
    await hub.push("county", RecordKind.STATION, station("S1", openingHours=hours))
    (found,) = (await ask(hub, "{ stations { nodes { nextReception } } }"))["stations"]["nodes"]
    assert found == {"nextReception": then}
    if then:
        assert date.fromisoformat(then) >= date.fromisoformat(today)


async def on_day(hub: Hub, today: str) -> None:
    """Let it be another day for everybody who connects from now on."""
    name = hub.database.engine.url.database
    async with hub.database.driver() as driver:
        await driver.execute(f"ALTER DATABASE {name} SET hub.today = '{today}'")
    await hub.database.engine.dispose()


async def test_a_station_that_is_closed_receives_nobody(hub: Hub) -> None:
    record = station("S1", openingHours="每周三", status="撤销")
    await hub.push("county", RecordKind.STATION, record)
    (found,) = (await ask(hub, "{ stations { nodes { nextReception } } }"))["stations"]["nodes"]
    assert found == {"nextReception": None}


NEAR = """{ division(code: "510811106") { stationsNear {
  kilometres station { name division { code } }
} } }"""


async def test_stations_within_three_kilometres_are_near_whoever_set_them_up(hub: Hub) -> None:
    await hub.push(
        "county",
        RecordKind.STATION,
        station("S1", longitude=105.9, latitude=32.3),
        station("S2", longitude=105.92, latitude=32.3),
        station("S3", longitude=105.92, latitude=32.31, divisionCode="510811100"),
        station("S4", longitude=105.98, latitude=32.3, divisionCode="510811100"),
        station("S5"),
    )
    found = (await ask(hub, NEAR))["division"]["stationsNear"]
    near = [(it["station"]["name"][:2], it["kilometres"]) for it in found]
    assert sorted(near[:2]) == [("S1", 0.9), ("S2", 0.9)]
    assert near[2:] == [("S3", 1.5)]


REPRESENTED = """{ division(code: "510811106203") {
  code parent { code } representedBy(orderBy: {level: ASC}) {
  nodes { level electoralUnit }
} } }"""


async def test_a_village_is_represented_by_deputies_of_all_levels(hub: Hub) -> None:
    def mandate(key: str, code: str, unit: str, status: str = "在任") -> dict[str, object]:
        named = {"divisionCode": code, "electoralUnit": unit, "status": status}
        return deputy(key, name=f"王{'甲乙丙丁戊己庚辛'[int(key) - 1]}", **named)

    answer = await hub.deputies(
        "province",
        mandate("1", NEW_TOWN, "虎跳镇第3选区"),
        mandate("2", NEW_TOWN, "虎跳镇第4选区", "代表资格终止"),
        mandate("3", ZHAOHUA, "虎跳镇第1选区"),
        mandate("4", ZHAOHUA, "元坝镇第1选区"),
        mandate("5", GUANGYUAN, "昭化区人民代表大会"),
        mandate("6", GUANGYUAN, "利州区人民代表大会"),
        mandate("7", "510000", "广元市人民代表大会"),
        mandate("8", "510000", "德阳市人民代表大会"),
    )
    assert not any(codes(answer))
    named = station("S1", villageCode="510811106203", villageName="两河村")
    assert codes(await hub.push("county", RecordKind.STATION, named)) == [[]]
    found = (await ask(hub, REPRESENTED))["division"]
    assert (found["code"], found["parent"]["code"]) == ("510811106203", NEW_TOWN)
    assert sorted((it["level"], it["electoralUnit"]) for it in found["representedBy"]["nodes"]) == [
        ("COUNTY", "虎跳镇第1选区"),
        ("PREFECTURE", "昭化区人民代表大会"),
        ("PROVINCE", "广元市人民代表大会"),
        ("TOWNSHIP", "虎跳镇第3选区"),
    ]


LOAD = """{ divisionLoad(division: "510811", year: 2026) {
  division { code } isOffSite stations deputiesTownship receptions opinions closed closingRate
  medianDays timed untimed undated
} }"""


async def test_the_load_of_a_merged_township_counts_for_its_successor(hub: Hub) -> None:
    away = station("S3", divisionCode=ZHAOHUA, locatedInCode="510121")
    await hub.push(
        "county", RecordKind.STATION, station("S1"), station("S2", divisionCode=OLD_TOWN), away
    )
    await hub.deputies("county", deputy("1", divisionCode=NEW_TOWN, stations=["S1", "S2"]))
    done = {"state": "办结", "closedAt": "2026-01-15"}
    await hub.push(
        "county",
        RecordKind.PUBLIC_OPINION,
        opinion("O1", station={"id": "S1"}, **done),
        opinion("O2", station={"id": "S2"}, state="办结", closedAt="2026-01-09"),
        opinion("O3", station={"id": "S2"}),
        opinion("O4", station={"id": "S2"}, receivedAt="2025-01-05"),
        opinion("O5", station={"id": "S3"}),
        opinion("O6", station={"id": "S3"}, state="办结"),
        opinion("O7", station={"id": "S3"}, receivedAt=None, state="办结"),
        opinion("O8", station={"id": "S1"}, closedAt="2026-12-31"),
    )
    received = activity("A1", kind="接待选民", station={"id": "S2"})
    some_day = activity("A2", kind="接待选民", station={"id": "S1"}, heldOn=None)
    await hub.push("county", RecordKind.ACTIVITY, received, some_day)
    assert (await ask(hub, LOAD))["divisionLoad"] == [
        {
            "division": {"code": NEW_TOWN},
            "isOffSite": False,
            "stations": 2,
            "deputiesTownship": 1,
            "receptions": 1,
            "opinions": 4,
            "closed": 2,
            "closingRate": 50,
            "medianDays": 7,
            "timed": 2,
            "untimed": 0,
            "undated": 1,
        },
        {
            "division": {"code": ZHAOHUA},
            "isOffSite": True,
            "stations": 1,
            "deputiesTownship": 0,
            "receptions": 0,
            "opinions": 2,
            "closed": 1,
            "closingRate": 50,
            "medianDays": None,
            "timed": 0,
            "untimed": 1,
            "undated": 1,
        },
    ]
