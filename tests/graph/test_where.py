"""`where`: comparisons, logic, edges."""

from __future__ import annotations

import pytest

from schema.ids import make_id
from tests.graph.conftest import Graph
from tests.graph.world import CHEN, LIN

ALL = ["林知远", "陈小满", "吴50%_山", "郑一舟"]


async def names(graph: Graph, where: str) -> list[str]:
    clause = f"and: [{{ mandates: {{ level: {{ eq: COUNTY }} }} }}, {{ {where} }}]"
    data = await graph.data(f"{{ people(where: {{ {clause} }}) {{ nodes {{ name }} }} }}")
    return [node["name"] for node in data["people"]["nodes"]]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("""name: { eq: "林知远" }""", ALL[:1]),
        ("""name: { ne: "林知远" }""", ALL[1:]),
        ("""name: { in: ["林知远", "郑一舟", "无此人"] }""", [ALL[0], ALL[3]]),
        ("name: { in: [] }", []),
        ("""name: { contains: "0%_" }""", [ALL[2]]),
        ("""name: { contains: "%" }""", [ALL[2]]),
        ("""name: { contains: "" }""", ALL),
        ("""name: { startsWith: "吴5" }""", [ALL[2]]),
        ("""name: { startsWith: "_" }""", []),
        ("""education: { ne: "大学本科" }""", []),
        ("education: { isNull: true }", [ALL[0], ALL[2]]),
        ("education: { isNull: false }", [ALL[1], ALL[3]]),
        ("""birthMonth: { gte: "1971-05", lt: "1971-06" }""", ALL[:1]),
        ("gender: { eq: FEMALE }", [ALL[1]]),
        ("gender: { in: [FEMALE, MALE] }", ALL[:2]),
        ("gender: { ne: MALE }", [ALL[1]]),
        (f"""id: {{ eq: "{make_id("Person", LIN)}" }}""", ALL[:1]),
        (f"""id: {{ ne: "{make_id("Person", LIN)}" }}""", ALL[1:]),
        (f"""id: {{ in: ["{make_id("Person", CHEN)}"] }}""", [ALL[1]]),
        ("""or: [{ name: { eq: "林知远" } }, { gender: { eq: FEMALE } }]""", ALL[:2]),
        ("or: []", []),
        ("and: []", ALL),
        ("not: { gender: { eq: MALE } }", ALL[1:]),
        ("not: { not: { gender: { eq: MALE } } }", ALL[:1]),
        ("mandates: { congress: { term: { eq: 14 } } }", ALL[:1]),
        ('mandates: { startDate: { gt: "2022-01-01" } }', [ALL[2]]),
        ("mandates: { homes: { level: { eq: TOWNSHIP } } }", ALL[:1]),
        ("mandates: { groups: { leader: { person: { gender: { eq: FEMALE } } } } }", ALL[:2]),
        ("not: { mandates: { groups: { } } }", ALL[2:]),
        ("""division: { within: "510800" }""", ALL),
        ("""division: { ancestors: { name: { eq: "广元市" } } }""", ALL),
        ("""division: { code: { eq: "510681" } }""", []),
        ("""sourceRecords: { system: { code: { eq: "guangyuan-npc" } } }""", ALL[:1]),
        ("""sourceRecords: { lastSeenAt: { gt: "2026-03-02T00:00:00Z" } }""", ALL[:1]),
    ],
)
async def test_where_keeps_the_rows_that_match(
    graph: Graph, where: str, expected: list[str]
) -> None:
    assert await names(graph, where) == expected


async def test_numbers_booleans_and_floats_are_compared(graph: Graph) -> None:
    data = await graph.data(
        """{ a: stations(where: { longitude: { gt: 104, lte: 104.5 } }) { nodes { name } }
             b: stations(where: { isOffSite: { eq: false } }) { nodes { name } }
             c: congresses(where: { term: { in: [18, 20] } }) { nodes { term } }
             d: stations(where: { rating: { isNull: false } }) { totalCount } }"""
    )
    assert data == {
        "a": {"nodes": [{"name": "金堂异地联络站"}]},
        "b": {"nodes": [{"name": "元坝联络站"}]},
        "c": {"nodes": [{"term": 18}, {"term": 20}]},
        "d": {"totalCount": 0},
    }


async def test_where_holds_inside_nested_lists_and_their_counts(graph: Graph) -> None:
    data = await graph.data(
        """{ groups { nodes { deputies(where: { level: { ne: COUNTY } }) {
          totalCount edges { role node { level } } } } } }"""
    )
    assert data["groups"]["nodes"][0]["deputies"] == {
        "totalCount": 2,
        "edges": [
            {"role": "MEMBER", "node": {"level": "PROVINCE"}},
            {"role": "MEMBER", "node": {"level": "TOWNSHIP"}},
        ],
    }


async def test_within_holds_for_a_code_of_any_year(graph: Graph) -> None:
    data = await graph.data(
        """{ now: divisions(where: { within: "510811", validTo: { isNull: true } }) { totalCount }
             ever: divisions(where: { within: "510811" }) { totalCount }
             gone: divisions(where: { within: "510811205" }) { nodes { name } }
             none: divisions(where: { within: "999999" }) { totalCount } }"""
    )
    assert data["now"]["totalCount"] == 13
    assert data["ever"]["totalCount"] > 30
    assert data["gone"] == {"nodes": [{"name": "青牛乡"}]}
    assert data["none"] == {"totalCount": 0}
