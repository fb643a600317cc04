"""Paging forward and backward, with ties and nulls, at the root and nested."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.world import FILLERS

PAGE = """query ($order: [DeputyOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  deputies(where: { congress: { level: { ne: TOWNSHIP } } }, orderBy: $order,
           first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""

ORDERS: list[list[dict[str, Any]]] = [
    [],
    [{"startDate": "ASC"}],
    [{"startDate": "DESC"}],
    [{"congressPost": "DESC"}, {"term": "ASC"}],
    [{"person": {"education": "ASC"}}],
    [{"person": {"education": "DESC"}}, {"congress": {"term": "DESC"}}],
    [{"level": "ASC"}, {"id": "DESC"}],
    [{"congress": {"division": {"code": "DESC"}}}, {"startDate": "ASC"}],
]


async def walk(graph: Graph, order: list[dict[str, Any]], size: int, way: str) -> list[str]:
    """The ids of all pages, in the order in which they are met."""
    found: list[str] = []
    bound: str | None = None
    limit, cursor, more, edge = {
        "forward": ("first", "after", "hasNextPage", "endCursor"),
        "backward": ("last", "before", "hasPreviousPage", "startCursor"),
    }[way]
    while True:
        data = await graph.data(PAGE, {"order": order, limit: size, cursor: bound})
        page = data["deputies"]
        ids = [item["node"]["id"] for item in page["edges"]]
        found += ids if way == "forward" else ids[::-1]
        bound = page["pageInfo"][edge]
        if not page["pageInfo"][more]:
            return found


@pytest.mark.parametrize("order", ORDERS, ids=str)
async def test_pages_of_any_size_meet_every_row_once_in_both_directions(
    graph: Graph, order: list[dict[str, Any]]
) -> None:
    whole = await walk(graph, order, 100, "forward")
    assert len(whole) == len(set(whole)) == 5
    for size in (1, 2, 3):
        assert await walk(graph, order, size, "forward") == whole
        assert await walk(graph, order, size, "backward") == whole[::-1]


async def test_nulls_come_last_in_both_directions(graph: Graph) -> None:
    data = await graph.data(
        """query ($where: DeputyWhere) {
          up: deputies(where: $where, orderBy: [{ startDate: ASC }]) { nodes { startDate } }
          down: deputies(where: $where, orderBy: [{ startDate: DESC }]) {
            nodes { startDate } } }""",
        {"where": {"level": {"eq": "COUNTY"}}},
    )
    early, late = {"startDate": "2021-10-01"}, {"startDate": "2023-01-09"}
    none = {"startDate": None}
    assert data == {
        "up": {"nodes": [early, early, late, none]},
        "down": {"nodes": [late, early, early, none]},
    }


async def test_a_page_info_tells_where_the_page_lies(graph: Graph) -> None:
    first = (await graph.data(PAGE, {"first": 2}))["deputies"]
    assert first["totalCount"] == 5
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": first["edges"][0]["cursor"],
        "endCursor": first["edges"][1]["cursor"],
    }
    after = first["pageInfo"]["endCursor"]
    second = (await graph.data(PAGE, {"first": 3, "after": after}))["deputies"]
    assert second["pageInfo"]["hasNextPage"] is False
    assert second["pageInfo"]["hasPreviousPage"] is True


async def test_rows_between_two_cursors_are_found(graph: Graph) -> None:
    edges = (await graph.data(PAGE, {"first": 5}))["deputies"]["edges"]
    bounds = {"after": edges[0]["cursor"], "before": edges[4]["cursor"]}
    for size in ({"first": 5}, {"last": 5}):
        data = await graph.data(PAGE, bounds | size)
        assert data["deputies"]["edges"] == edges[1:4]


async def test_an_empty_page_has_no_cursors(graph: Graph) -> None:
    data = await graph.data(PAGE, {"first": 0})
    assert data["deputies"] == {
        "totalCount": 5,
        "edges": [],
        "pageInfo": {
            "hasNextPage": True,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        },
    }


async def test_twenty_rows_come_by_default(graph: Graph) -> None:
    data = await graph.data("{ deputies { nodes { id } pageInfo { hasNextPage } } }")
    assert len(data["deputies"]["nodes"]) == 20
    assert data["deputies"]["pageInfo"] == {"hasNextPage": True}


async def test_nested_lists_are_paged_each_for_itself(graph: Graph) -> None:
    query = """query ($after: String) { congresses(where: { level: { ne: PROVINCE } }) { nodes {
      term deputies(first: 2, after: $after) { totalCount nodes { id }
        pageInfo { hasNextPage endCursor } } } } }"""
    nodes = (await graph.data(query))["congresses"]["nodes"]
    seen = [
        (node["term"], node["deputies"]["totalCount"], len(node["deputies"]["nodes"]))
        for node in nodes
    ]
    assert seen == [(18, 0, 0), (19, 4, 2), (20, FILLERS + 1, 2)]
    after = nodes[1]["deputies"]["pageInfo"]["endCursor"]
    rest = (await graph.data(query, {"after": after}))["congresses"]["nodes"][1]["deputies"]
    assert len(rest["nodes"]) == 2
    assert rest["pageInfo"]["hasNextPage"] is False


async def test_divisions_are_ordered_by_code(graph: Graph) -> None:
    data = await graph.data(
        """{ divisions(where: { within: "510811", level: { eq: TOWNSHIP } }, first: 3) {
          nodes { code } } }"""
    )
    codes = [node["code"] for node in data["divisions"]["nodes"]]
    assert codes == sorted(codes)


async def test_the_order_follows_edges(graph: Graph) -> None:
    data = await graph.data(
        """{ deputies(orderBy: [{ congress: { term: DESC } }, { person: { name: DESC } }], first: 2)
          { nodes { term person { name } } } }"""
    )
    names = sorted([f"填{n:02}" for n in range(FILLERS)] + ["林知远"])
    found = data["deputies"]["nodes"]
    assert [node["term"] for node in found] == [20, 20]
    assert {node["person"]["name"] for node in found} <= set(names)
