"""`asOf` is the day wherever it is offered; where no days are stated the answer says so."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLObjectType

from hub.subjects.record_kinds import RecordKind
from resolvers.operations import SCHEMA
from tests.hub.asking import ask
from tests.hub.pushing import ZHAOHUA, Hub, deputy
from tests.hub.test_stations import NEW_TOWN, OLD_TOWN, station

TERM = {"externalId": "C7", "divisionCode": ZHAOHUA, "term": 7, "startDate": "2016-11-20"}
HELD = """query Held($day: Date) {
  deputies(asOf: $day, first: 100) { totalCount undatedCount nodes { person { name } } }
}"""


def named(at: int, **fields: object) -> dict[str, object]:
    """A deputy of the seventh term; fields override."""
    return deputy(f"D{at}", name=f"{'赵钱孙李周吴郑王'[at]}明远", term=7) | fields


async def held(hub: Hub, day: str | None) -> tuple[str, int, int | None]:
    """The family names of those in office on a day, how many they are, of how many it is open."""
    found = (await ask(hub, HELD, {"day": day}))["deputies"]
    names = sorted(node["person"]["name"][0] for node in found["nodes"])
    return "".join(names), found["totalCount"], found["undatedCount"]


async def test_mandates_are_counted_on_the_day_first_and_last_day_included(hub: Hub) -> None:
    await hub.push("county", RecordKind.CONGRESS, TERM | {"endDate": "2021-10-31"})
    await hub.deputies(
        "county",
        named(0, status="届满"),
        named(1, status="终止", startDate="2017-03-01", endDate="2018-06-30"),
        named(2, status="终止", startDate="2017-03-01"),
        named(3, term=8, status="在任", startDate="2021-11-01"),
        named(4, term=8, status="在任"),
        named(5, term=8, startDate="2021-11-01"),
    )
    assert await held(hub, None) == ("吴周孙李赵钱", 6, None)
    assert await held(hub, "2016-11-19") == ("", 0, 1)
    assert await held(hub, "2016-11-20") == ("赵", 1, 1)
    assert await held(hub, "2017-03-01") == ("赵钱", 2, 2)
    assert await held(hub, "2018-06-30") == ("赵钱", 2, 2)
    assert await held(hub, "2018-07-01") == ("赵", 1, 2)
    assert await held(hub, "2021-10-31") == ("赵", 1, 2)
    assert await held(hub, "2021-11-01") == ("李", 1, 3)


PLACES = """query Places($day: Date) {
  divisions(asOf: $day, where: { code: { in: ["510811205", "510811106", "510811111"] } }) {
    nodes { name }
  }
  stations(asOf: $day, orderBy: [{ name: ASC }]) { totalCount undatedCount nodes {
    name deputies(asOf: $day) { totalCount undatedCount edges { startDate } }
  } }
  congresses(asOf: $day, orderBy: [{ term: ASC }]) { undatedCount nodes { term } }
}"""


async def test_places_memberships_divisions_and_terms_take_the_day_too(hub: Hub) -> None:
    await hub.push(
        "county",
        RecordKind.CONGRESS,
        TERM | {"endDate": "2021-10-31"},
        TERM | {"externalId": "C8", "term": 8, "startDate": "2021-11-01"},
        TERM | {"externalId": "C6", "term": 6, "startDate": "2011-11-01"},
    )
    await hub.push(
        "county",
        RecordKind.STATION,
        station("S1", establishedOn="2018-05-01", status="撤销", closedOn="2022-12-31"),
        station("S2", establishedOn="2018-05-01", status="撤销"),
        station("S3", establishedOn="2018-05-01", status="运行"),
        station("S4"),
    )
    posted: Any = [
        {"id": "D1", "startDate": "2018-05-01", "endDate": "2019-04-30"},
        {"id": "D2"},
    ]
    term = {"status": "届满", "startDate": "2016-11-20", "endDate": "2021-10-31"}
    await hub.deputies("county", named(1, **term), named(2, **term))
    s3 = station("S3", establishedOn="2018-05-01", status="运行", members=posted)
    await hub.push("county", RecordKind.STATION, s3)

    async def found(day: str) -> tuple[Any, ...]:
        data = await ask(hub, PLACES, {"day": day})
        stations = data["stations"]
        third = next((it["deputies"] for it in stations["nodes"] if it["name"][:2] == "S3"), None)
        return (
            [node["name"] for node in data["divisions"]["nodes"]],
            [node["name"][:2] for node in stations["nodes"]],
            stations["undatedCount"],
            third and (third["totalCount"], third["undatedCount"]),
            [node["term"] for node in data["congresses"]["nodes"]],
            data["congresses"]["undatedCount"],
        )

    assert await found("2018-04-30") == (["虎跳镇", "青牛乡"], [], 1, None, [7], 1)
    before, after = ["虎跳镇", "青牛乡"], ["虎跳镇", "青牛镇"]
    assert await found("2018-05-01") == (before, ["S1", "S3"], 2, (1, 1), [7], 1)
    assert await found("2019-05-01") == (before, ["S1", "S3"], 2, (0, 1), [7], 1)
    assert await found("2022-12-31") == (after, ["S1", "S3"], 2, (0, 0), [8], 1)
    assert await found("2023-01-01") == (after, ["S3"], 2, (0, 0), [8], 1)


async def test_groups_of_a_day_are_counted_on_that_day(hub: Hub) -> None:
    await hub.push("county", RecordKind.CONGRESS, TERM | {"endDate": "2021-10-31"})
    ended = {"status": "届满"}
    await hub.deputies("county", named(0, gender="女", **ended), named(1, gender="男", **ended))
    await hub.deputies("county", named(2, term=8, status="在任", startDate="2021-11-01"))
    query = """{ deputies(asOf: "2020-01-01") { aggregate { count groupBy(by: [{ term: true }]) {
      keys { value } count
    } } } }"""
    found = (await ask(hub, query))["deputies"]["aggregate"]
    assert found == {"count": 2, "groupBy": [{"keys": [{"value": 7}], "count": 2}]}


def test_the_day_is_offered_wherever_days_are_known_and_never_beside_a_fixed_today() -> None:
    offered = {
        f"{kind.name}.{name}"
        for kind in SCHEMA._schema.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if "asOf" in field.args
    }
    roots = ("division", "divisions", "deputies", "homes", "stations", "congresses")
    assert {f"Query.{name}" for name in roots} <= offered
    assert {"Division.children", "Division.deputies", "DeputyHome.deputies"} <= offered
    assert {"DeputyGroup.deputies", "Deputy.groups", "Congress.deputies"} <= offered
    today = {"Division.representedBy", "StandingCommittee.members", "Presidium.members"}
    assert not offered & today


async def test_a_code_of_another_day_is_the_division_of_that_day(hub: Hub) -> None:
    query = """query Code($code: String!, $day: Date) { division(code: $code, asOf: $day) {
      name children(asOf: $day, where: { code: { startsWith: "510811" } }) { totalCount }
    } }"""
    for code, day, name in (
        (OLD_TOWN, "2018-12-31", "青牛乡"),
        (OLD_TOWN, "2023-01-01", None),
        (NEW_TOWN, "2018-12-31", "虎跳镇"),
    ):
        found = (await ask(hub, query, {"code": code, "day": day}))["division"]
        assert (found and found["name"]) == name
    counts = [
        (await ask(hub, query, {"code": ZHAOHUA, "day": day}))["division"]["children"]["totalCount"]
        for day in ("2018-12-31", "2022-12-31")
    ]
    assert counts == [29, 12]


async def test_terms_stand_newest_first_and_the_latest_is_the_congress(hub: Hub) -> None:
    terms = [TERM | {"externalId": f"C{term}", "term": term} for term in (7, 9, 8, 10)]
    await hub.push("county", RecordKind.CONGRESS, *terms)
    query = """{ division(code: "510811") { congress { term terms { term } } } }"""
    found = (await ask(hub, query))["division"]["congress"]
    assert found == {"term": 10, "terms": [{"term": term} for term in (10, 9, 8, 7)]}
