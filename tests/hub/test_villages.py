"""Villages are places: known as sources name them, with who covers them; unknown ones an error."""

from __future__ import annotations

from typing import Any

from hub.subjects.record_kinds import RecordKind
from resolvers.operations import answer
from tests.graph.conftest import Graph
from tests.hub.asking import ask
from tests.hub.pushing import ZHAOHUA, Hub, codes, deputy
from tests.hub.test_projects import opinion
from tests.hub.test_stations import NEW_TOWN, station

HERE, THERE = f"{NEW_TOWN}201", f"{NEW_TOWN}202"
VILLAGE = """query Village($code: String!) { division(code: $code) {
  code name level parent { code } township { code } county { code }
  stationsInside { nodes { name village { code } } } homesInside { totalCount }
  deputiesInside { nodes { person { name } } }
  representedBy(where: { level: { eq: TOWNSHIP } }) { totalCount }
  town: township { villages { nodes { name } } stationsInside { totalCount } }
} }"""


async def settle(hub: Hub) -> None:
    """A town with two stations in villages, one of them named only, and three deputies."""
    await hub.push(
        "county",
        RecordKind.STATION,
        station("S1", villageCode=HERE, villageName="高峰村"),
        station("S2", villageName="河口社区"),
        station("S3"),
    )
    town = {"divisionCode": NEW_TOWN, "status": "在任", "term": 20}
    await hub.deputies(
        "county",
        deputy("1", **town, name="赵明远", stations=["S1"], electoralUnit="虎跳镇第1选区"),
        deputy("2", **town, name="钱明远", electoralUnit="虎跳镇高峰村选区"),
        deputy("3", **town, name="孙明远", electoralUnit="虎跳镇第3选区"),
    )


async def found(hub: Hub, code: str) -> dict[str, Any]:
    division: dict[str, Any] = (await ask(hub, VILLAGE, {"code": code}))["division"]
    return division


async def test_a_known_village_answers_its_own_station_and_deputies_then_its_towns(
    hub: Hub,
) -> None:
    await settle(hub)
    village = await found(hub, HERE)
    assert (village["code"], village["name"], village["level"]) == (HERE, "高峰村", "VILLAGE")
    assert village["parent"] == village["township"] == {"code": NEW_TOWN}
    assert village["county"] == {"code": ZHAOHUA}
    (own,) = village["stationsInside"]["nodes"]
    assert own == {"name": "S1号联络站", "village": {"code": HERE}}
    names = {node["person"]["name"] for node in village["deputiesInside"]["nodes"]}
    assert names == {"赵明远", "钱明远"}
    assert village["representedBy"]["totalCount"] == 3
    assert {node["name"] for node in village["town"]["villages"]["nodes"]} == {"高峰村", "河口社区"}
    assert village["town"]["stationsInside"]["totalCount"] == 3


async def test_a_village_without_a_code_is_found_by_its_town_and_name(hub: Hub) -> None:
    await settle(hub)
    village = await found(hub, f"{NEW_TOWN}:河口社区")
    assert village["name"] == "河口社区"
    assert [node["name"] for node in village["stationsInside"]["nodes"]] == ["S2号联络站"]
    assert village["deputiesInside"]["nodes"] == []


async def test_an_invented_village_is_an_error_and_an_unknown_town_is_null(hub: Hub) -> None:
    await settle(hub)
    for code in (THERE, "510811999203", f"{NEW_TOWN}:没有村"):
        shown, message = await Graph(hub.database, answer).error(VILLAGE, {"code": code})
        assert shown == "UNKNOWN_DIVISION"
        assert code in message
    query = "{ division(code: $code) { name } }".replace("$code", '"510811999"')
    assert (await ask(hub, query))["division"] is None


async def test_a_name_takes_the_place_of_a_code_in_either_order(hub: Hub) -> None:
    await hub.push("county", RecordKind.STATION, station("S1", villageCode=HERE))
    assert (await found(hub, HERE))["name"] == HERE
    named = station("S2", villageCode=HERE, villageName="高峰村")
    await hub.push("county", RecordKind.STATION, named)
    assert (await found(hub, HERE))["name"] == "高峰村"
    await hub.push("county", RecordKind.STATION, station("S3", villageCode=HERE))
    village = await found(hub, HERE)
    assert village["name"] == "高峰村"
    assert len(village["stationsInside"]["nodes"]) == 3


async def test_a_code_that_is_no_villages_is_refused(hub: Hub) -> None:
    for code in (NEW_TOWN, "510811", "519999999201"):
        pushed = await hub.push("county", RecordKind.STATION, station("S1", villageCode=code))
        assert codes(pushed) == [[("villageCode", "UNKNOWN_DIVISION")]]


async def test_a_record_without_a_place_is_refused_for_its_place_alone(hub: Hub) -> None:
    lost = station("S1", divisionCode="519999999", villageName="高峰村")
    pushed = await hub.push("county", RecordKind.STATION, lost)
    assert codes(pushed) == [[("divisionCode", "UNKNOWN_DIVISION")]]
    said = opinion("O1", divisionCode="519999999", village="高峰村")
    pushed = await hub.push("county", RecordKind.PUBLIC_OPINION, said)
    assert codes(pushed) == [[("divisionCode", "UNKNOWN_DIVISION")]]


COVERED = """query Covered($code: String!) { placeCoverage(division: $code) {
  level total withHome withStation covered share missing { name }
} }"""


async def test_coverage_names_what_is_missing(hub: Hub) -> None:
    await settle(hub)
    home = {"externalId": "H1", "name": "虎跳镇代表之家", "divisionCode": NEW_TOWN}
    await hub.push("county", RecordKind.HOME, home)
    await hub.push(
        "county",
        RecordKind.PUBLIC_OPINION,
        opinion("O1", divisionCode=NEW_TOWN, village="白果村3组", villageCode=THERE),
    )
    await hub.push(
        "county", RecordKind.STATION, station("S2", villageName="河口社区", status="撤销")
    )
    towns, villages = (await ask(hub, COVERED, {"code": ZHAOHUA}))["placeCoverage"]
    assert (towns["level"], towns["total"], towns["covered"]) == ("TOWNSHIP", 12, 1)
    assert (towns["withHome"], towns["withStation"], towns["share"]) == (1, 1, 8.3)
    missing = {division["name"] for division in towns["missing"]}
    assert len(missing) == 11
    assert "虎跳镇" not in missing
    assert villages == {
        "level": "VILLAGE",
        "total": 3,
        "withHome": 0,
        "withStation": 1,
        "covered": 1,
        "share": 33.3,
        "missing": [{"name": "白果村"}, {"name": "河口社区"}],
    }
