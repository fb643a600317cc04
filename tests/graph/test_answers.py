"""Whole answers of nested queries over the small world."""

from __future__ import annotations

from schema.ids import make_id
from tests.graph.conftest import Graph
from tests.graph.world import CHEN_COUNTY, HOME, LIN, LIN_COUNTY, LIN_TOWN, MERGED_AWAY


async def test_a_mandate_leads_to_person_congress_home_station_and_group(graph: Graph) -> None:
    data = await graph.data(
        """query ($id: ID!) { deputy(id: $id) {
          id level term status startDate endDate congressPost
          person { name gender mandates { nodes { level congress { name division { code } } } } }
          homes { edges { role startDate endDate node { name kind } } }
          stations { nodes { name isOffSite locatedIn { name } home { name } longitude } }
          groups { totalCount nodes { name } }
        } }""",
        {"id": make_id("Deputy", LIN_COUNTY)},
    )
    assert data == {
        "deputy": {
            "id": f"Deputy:{LIN_COUNTY}",
            "level": "COUNTY",
            "term": 19,
            "status": "ACTIVE",
            "startDate": "2021-10-01",
            "endDate": None,
            "congressPost": None,
            "person": {
                "name": "林知远",
                "gender": "MALE",
                "mandates": {
                    "nodes": [
                        {
                            "level": "PROVINCE",
                            "congress": {
                                "name": "四川省第十四届人民代表大会",
                                "division": {"code": "510000"},
                            },
                        },
                        {
                            "level": "COUNTY",
                            "congress": {
                                "name": "昭化区第十九届人民代表大会",
                                "division": {"code": "510811"},
                            },
                        },
                        {
                            "level": "TOWNSHIP",
                            "congress": {
                                "name": "元坝镇第二十届人民代表大会",
                                "division": {"code": "510811100"},
                            },
                        },
                    ]
                },
            },
            "homes": {
                "edges": [
                    {
                        "role": None,
                        "startDate": "2022-01-01",
                        "endDate": None,
                        "node": {"name": "元坝镇代表之家", "kind": "HOME"},
                    }
                ]
            },
            "stations": {
                "nodes": [
                    {
                        "name": "金堂异地联络站",
                        "isOffSite": True,
                        "locatedIn": {"name": "金堂县"},
                        "home": None,
                        "longitude": 104.5,
                    }
                ]
            },
            "groups": {"totalCount": 0, "nodes": []},
        }
    }


async def test_a_group_shows_its_members_with_their_roles(graph: Graph) -> None:
    data = await graph.data(
        """{ groups { nodes { name kind field leader { id } congress { term } division { name }
          deputies { edges { role node { id level } } } } } }"""
    )
    member = data["groups"]["nodes"][0].pop("deputies")
    assert data == {
        "groups": {
            "nodes": [
                {
                    "name": "教育小组",
                    "kind": "PROFESSIONAL",
                    "field": "教育",
                    "leader": {"id": f"Deputy:{CHEN_COUNTY}"},
                    "congress": {"term": 19},
                    "division": {"name": "昭化区"},
                }
            ]
        }
    }
    assert [(edge["role"], edge["node"]["level"]) for edge in member["edges"]] == [
        ("MEMBER", "PROVINCE"),
        ("MEMBER", "TOWNSHIP"),
        ("LEADER", "COUNTY"),
    ]


async def test_a_home_shows_its_deputies_and_stations(graph: Graph) -> None:
    data = await graph.data(
        """query ($id: ID!) { home(id: $id) { name division { name homes { totalCount } }
          deputies { nodes { id } } stations { nodes { name } } } }""",
        {"id": make_id("DeputyHome", HOME)},
    )
    assert data == {
        "home": {
            "name": "元坝镇代表之家",
            "division": {"name": "元坝镇", "homes": {"totalCount": 1}},
            "deputies": {"nodes": [{"id": f"Deputy:{LIN_COUNTY}"}, {"id": f"Deputy:{LIN_TOWN}"}]},
            "stations": {"nodes": [{"name": "元坝联络站"}]},
        }
    }


async def test_a_code_of_2018_leads_to_what_stands_there_today(graph: Graph) -> None:
    data = await graph.data(
        """{ division(code: "510811205", asOf: "2018-12-31") {
          code name level validTo hasCongress parent { name } ancestors { name }
          successors { name } predecessors { name } current { code } } }"""
    )
    assert data == {
        "division": {
            "code": "510811205",
            "name": "青牛乡",
            "level": "TOWNSHIP",
            "validTo": "2020-06-29",
            "hasCongress": True,
            "parent": {"name": "昭化区"},
            "ancestors": [
                {"name": "中华人民共和国"},
                {"name": "四川省"},
                {"name": "广元市"},
                {"name": "昭化区"},
            ],
            "successors": [{"name": "虎跳镇"}, {"name": "青牛镇"}],
            "predecessors": [],
            "current": [{"code": "510811106"}, {"code": "510811111"}],
        }
    }


async def test_a_code_means_nothing_on_a_day_on_which_it_was_not_listed(graph: Graph) -> None:
    query = """query ($asOf: Date) { division(code: "510811205", asOf: $asOf) { name } }"""
    assert await graph.data(query, {"asOf": "2022-01-01"}) == {"division": None}
    assert await graph.data(query) == {"division": {"name": "青牛乡"}}


async def test_a_succession_is_seen_from_both_sides(graph: Graph) -> None:
    data = await graph.data(
        """{ division(code: "510811111") { predecessors { name }
          successions { kind effective predecessor { code } successor { code } } } }"""
    )
    succession = {
        "kind": "UPGRADED",
        "effective": "2020-06-30",
        "predecessor": {"code": "510811205"},
        "successor": {"code": "510811111"},
    }
    assert data == {"division": {"predecessors": [{"name": "青牛乡"}], "successions": [succession]}}


async def test_divisions_are_found_by_what_they_replaced_and_what_replaced_them(
    graph: Graph,
) -> None:
    """All divisions are looked through: to try them in pairs would take a quarter of an hour."""
    data = await graph.data(
        """{ after: divisions(where: { predecessors: { name: { eq: "青牛乡" } } }) { nodes { code }}
          before: divisions(where: { successors: { code: { eq: "510811111" } } }) { nodes { name } }
        }"""
    )
    assert {"code": "510811111"} in data["after"]["nodes"]
    assert data["before"] == {"nodes": [{"name": "青牛乡"}]}


async def test_a_listed_division_is_its_own_present(graph: Graph) -> None:
    data = await graph.data("""{ division(code: "５１０８１１０００") { current { code } } }""")
    assert data == {"division": {"current": [{"code": "510811"}]}}


async def test_the_standing_committee_is_made_of_those_in_office(graph: Graph) -> None:
    data = await graph.data(
        """{ division(code: "510811") { congress { term terms { term }
          presidium { chair { id } }
          standingCommittee { congress { term } chair { person { name } }
            viceChairs { person { name } } secretaryGeneral { id }
            members { totalCount nodes { congressPost } } } } } }"""
    )
    assert data == {
        "division": {
            "congress": {
                "term": 19,
                "terms": [{"term": 19}, {"term": 18}],
                "presidium": None,
                "standingCommittee": {
                    "congress": {"term": 19},
                    "chair": {"person": {"name": "陈小满"}},
                    "viceChairs": [{"person": {"name": "吴50%_山"}}],
                    "secretaryGeneral": None,
                    "members": {
                        "totalCount": 2,
                        "nodes": [{"congressPost": "CHAIR"}, {"congressPost": "VICE_CHAIR"}],
                    },
                },
            }
        }
    }


async def test_a_township_has_a_presidium_and_no_standing_committee(graph: Graph) -> None:
    data = await graph.data(
        """{ division(code: "510811100") { congress {
          standingCommittee { congress { term } }
          presidium { chair { id } viceChairs { id }
            members { nodes { person { name } } } } } } }"""
    )
    assert data == {
        "division": {
            "congress": {
                "standingCommittee": None,
                "presidium": {
                    "chair": None,
                    "viceChairs": [],
                    "members": {"nodes": [{"person": {"name": "林知远"}}]},
                },
            }
        }
    }


async def test_stations_inside_are_told_from_stations_owned(graph: Graph) -> None:
    data = await graph.data(
        """{ zhaohua: division(code: "510811") { stations { nodes { name } }
               stationsInside { nodes { name } } }
             jintang: division(code: "510121") { stations { nodes { name } }
               stationsInside { totalCount nodes { name division { name } } } } }"""
    )
    assert data == {
        "zhaohua": {
            "stations": {"nodes": [{"name": "元坝联络站"}, {"name": "金堂异地联络站"}]},
            "stationsInside": {"nodes": [{"name": "元坝联络站"}]},
        },
        "jintang": {
            "stations": {"nodes": []},
            "stationsInside": {
                "totalCount": 1,
                "nodes": [{"name": "金堂异地联络站", "division": {"name": "昭化区"}}],
            },
        },
    }


async def test_nodes_keep_their_order_and_unknown_ones_are_null(graph: Graph) -> None:
    home, unknown = make_id("DeputyHome", HOME), make_id("Deputy", HOME)
    person, merged = make_id("Person", LIN), make_id("Person", MERGED_AWAY)
    data = await graph.data(
        """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
          ... on DeputyHome { name } ... on Person { name } } }""",
        {"ids": [home, unknown, person, home, merged]},
    )
    assert data == {
        "nodes": [
            {"__typename": "DeputyHome", "id": home, "name": "元坝镇代表之家"},
            None,
            {"__typename": "Person", "id": person, "name": "林知远"},
            {"__typename": "DeputyHome", "id": home, "name": "元坝镇代表之家"},
            {"__typename": "Person", "id": person, "name": "林知远"},
        ]
    }


async def test_the_id_of_a_person_merged_away_leads_to_the_one_who_stayed(graph: Graph) -> None:
    data = await graph.data(
        """query ($id: ID!) { node(id: $id) { id } person(id: $id) { name }
          people(where: { id: { in: [$id] } }) { nodes { name } }
          deputies(where: { person: { id: { eq: $id } } }) { totalCount } }""",
        {"id": make_id("Person", MERGED_AWAY)},
    )
    assert data == {
        "node": {"id": make_id("Person", LIN)},
        "person": {"name": "林知远"},
        "people": {"nodes": [{"name": "林知远"}]},
        "deputies": {"totalCount": 3},
    }
