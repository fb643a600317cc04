"""Aggregates: what the rows of a connection come to, whole and in groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.world import FILLERS


async def test_people_and_mandates_are_counted_apart(graph: Graph) -> None:
    data = await graph.data(
        """{ deputies(first: 1) { nodes { id } aggregate { count
          people: countDistinct(of: { person: { id: true } })
          posts: countDistinct(of: { congressPost: true })
          min { startDate term } max { startDate term } } } }"""
    )
    assert data["deputies"]["aggregate"] == {
        "count": FILLERS + 6,
        "people": FILLERS + 4,
        "posts": 3,
        "min": {"startDate": "2021-10-01", "term": 14},
        "max": {"startDate": "2023-01-09", "term": 20},
    }


async def test_rows_are_grouped_by_fields_and_over_edges_the_largest_group_first(
    graph: Graph,
) -> None:
    data = await graph.data(
        """{ deputies { aggregate { groupBy(by: [{ level: true }, { person: { gender: true } }]) {
          keys { field value } count } } } }"""
    )
    groups = [
        (*(key["value"] for key in group["keys"]), group["count"])
        for group in data["deputies"]["aggregate"]["groupBy"]
    ]
    assert groups == [
        ("TOWNSHIP", None, FILLERS),
        ("COUNTY", None, 2),
        ("COUNTY", "FEMALE", 1),
        ("COUNTY", "MALE", 1),
        ("PROVINCE", "MALE", 1),
        ("TOWNSHIP", "MALE", 1),
    ]
    first = data["deputies"]["aggregate"]["groupBy"][0]
    assert [key["field"] for key in first["keys"]] == ["level", "person.gender"]


async def test_stations_by_prefecture_are_shown_with_their_number_of_deputies(
    graph: Graph,
) -> None:
    data = await graph.data(
        """{ stations { aggregate {
          groupBy(by: [{ locatedIn: { prefecture: { name: true } } }]) {
            keys { value } count deputies: countDistinct(of: { deputies: { id: true } }) } } } }"""
    )
    assert data["stations"]["aggregate"]["groupBy"] == [
        {"keys": [{"value": "广元市"}], "count": 1, "deputies": 0},
        {"keys": [{"value": "成都市"}], "count": 1, "deputies": 1},
    ]


async def test_nested_connections_are_summed_up_each_for_itself(graph: Graph) -> None:
    data = await graph.data(
        """{ congresses { nodes { term deputies(where: { level: { ne: PROVINCE } }) { aggregate {
          count groupBy(by: [{ status: true }], first: 1) { keys { value } count } } } } } }"""
    )
    found = [
        (
            node["term"],
            node["deputies"]["aggregate"]["count"],
            [group["count"] for group in node["deputies"]["aggregate"]["groupBy"]],
        )
        for node in data["congresses"]["nodes"]
    ]
    assert found == [(14, 0, []), (18, 0, []), (19, 4, [3]), (20, FILLERS + 1, [FILLERS + 1])]


async def test_an_id_as_a_key_is_the_id_of_the_node(graph: Graph) -> None:
    data = await graph.data(
        """{ groups { aggregate { groupBy(by: [{ leader: { id: true } }]) { keys { value } } } }
             groups2: groups { nodes { leader { id } } } }"""
    )
    (group,) = data["groups"]["aggregate"]["groupBy"]
    assert group["keys"][0]["value"] == data["groups2"]["nodes"][0]["leader"]["id"]


@pytest.mark.parametrize(
    ("selected", "start"),
    [
        ("countDistinct(of: { level: false })", "A path names one field by true"),
        ("groupBy(by: []) { count }", "groupBy takes 1 to 5 paths"),
        ("groupBy(by: [{ level: true }], first: 1001) { count }", "groupBy takes 1 to 5 paths"),
        ("groupBy(by: [{ level: true }], first: -1) { count }", "groupBy takes 1 to 5 paths"),
        (
            "groupBy(by: [{ homes: { name: true } }]) { count }",
            "groupBy follows homes.name, which leads to many rows.",
        ),
    ],
)
async def test_bad_paths_are_refused(graph: Graph, selected: str, start: str) -> None:
    code, message = await graph.error(f"{{ deputies {{ aggregate {{ {selected} }} }} }}")
    assert (code, message[: len(start)]) == ("BAD_INPUT", start)


async def test_a_restricted_field_is_neither_counted_nor_grouped_by(graph: Graph) -> None:
    query: Any = "{ people { aggregate { countDistinct(of: { phone: true }) } } }"
    assert (await graph.error(query))[0] == "GRAPHQL_VALIDATION_FAILED"
