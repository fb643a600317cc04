"""Sums, means, months and chosen groups, reckoned by hand over a few rows, on either way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import URL, insert, select

from hub.store.database import Database
from hub.subjects.assets import state_asset
from hub.subjects.divisions import division
from hub.subjects.projects import livelihood_project
from hub.subjects.scores import duty_score, score_rule_set
from hub.subjects.systems import run, source_system
from resolvers.operations import answer, execute
from tests.conftest import drop_database, make_database
from tests.graph.conftest import Graph

PROJECTS = [
    # year, state, budget, progress, planned finish
    (2024, "COMPLETED", 0.1, 100.0, date(2024, 12, 31)),
    (2024, "COMPLETED", 0.2, 40.0, date(2024, 12, 1)),
    (2024, "IN_PROGRESS", None, 10.0, None),
    (2025, "IN_PROGRESS", 0.3, None, date(2025, 1, 1)),
    (2025, "IN_PROGRESS", 1000000000000.01, None, date(2025, 1, 31)),
    (2026, "IN_PROGRESS", None, None, date(2025, 2, 1)),
]
SCORES = [("a", 5.0), ("a", 2.5), ("b", 90.0)]
STARTS = [
    datetime(2025, 12, 31, 15, 59, tzinfo=UTC),
    datetime(2025, 12, 31, 16, 0, tzinfo=UTC),
]
"""The last minute of a year and the first of the next, in China."""
SYSTEM = UUID(int=900)
RUN = {"kind": "SYNC", "status": "SUCCEEDED"} | dict.fromkeys(
    ("read", "stored", "unchanged", "quarantined", "deleted", "withheld"), 0
)


@pytest.fixture(scope="module")
async def measured(server_url: URL, template: str) -> AsyncIterator[Database]:
    url = await make_database(server_url, template)
    database = Database(url)
    try:
        await fill(database)
        yield database
    finally:
        await database.close()
        await drop_database(server_url, url)


async def fill(database: Database) -> None:
    assets = [(2024, 10.0, 12.5), (2024, None, 4.0), (2025, 12.5, 11.0)]
    async with database.engine.begin() as connection:
        at = await connection.scalar(select(division.c.id).where(division.c.code == "510811"))
        own = {"division_id": at, "level": "COUNTY"}
        for number, (year, state, budget, progress, finish) in enumerate(PROJECTS):
            row = {"id": UUID(int=number + 1), "title": f"{number}", "year": year, "state": state}
            row |= {"budget": budget, "progress": progress, "planned_finish": finish} | own
            await connection.execute(insert(livelihood_project).values(row))
        for number, (year, before, value) in enumerate(assets):
            row = {"id": UUID(int=500 + number), "year": year, "asset_class": "FINANCIAL"} | own
            row |= {"value_before": before, "value": value}
            await connection.execute(insert(state_asset).values(row))
        sets = {name: UUID(int=100 + at) for at, name in enumerate("ab")}
        for name, key in sets.items():
            row = {"id": key, "name": name, "version": "1", "congress_id": key} | own
            await connection.execute(insert(score_rule_set).values(row))
        for number, (name, points) in enumerate(SCORES):
            row = {"id": UUID(int=200 + number), "rule_set_id": sets[name], "points": points}
            row |= {"division_id": at, "period": "2025"}
            await connection.execute(insert(duty_score).values(row))
        system = {"id": SYSTEM, "code": "a", "name": "a", "connector": "FILE", "status": "OK"}
        system |= own
        await connection.execute(insert(source_system).values(system))
        for number, start in enumerate(STARTS):
            row = {"id": UUID(int=300 + number), "system_id": SYSTEM, "started_at": start}
            await connection.execute(insert(run).values(row | RUN))


@pytest.fixture(scope="module", params=[answer, execute], ids=["compiled", "executed"])
def graph(measured: Database, request: pytest.FixtureRequest) -> Graph:
    return Graph(measured, request.param)


async def aggregate(graph: Graph, selected: str, of: str = "projects") -> Any:
    data = await graph.data(f"{{ {of} {{ aggregate {{ {selected} }} }} }}")
    return data[of]["aggregate"]


async def groups(graph: Graph, arguments: str, selected: str, of: str = "projects") -> Any:
    found = await aggregate(graph, f"groupBy({arguments}) {{ keys {{ value }} {selected} }}", of)
    return [
        ([key["value"] for key in group.pop("keys")], *group.values()) for group in found["groupBy"]
    ]


async def test_sums_and_means_are_of_what_is_known_and_say_how_much_that_is(graph: Graph) -> None:
    asked = (
        "count known { budget progress } sum { budget } average { progress } median { progress }"
    )
    assert await aggregate(graph, asked) == {
        "count": 6,
        "known": {"budget": 4, "progress": 3},
        "sum": {"budget": 1000000000000.61},
        "average": {"progress": 50},
        "median": {"progress": 40},
    }


async def test_nothing_known_comes_to_nothing_and_not_to_zero(graph: Graph) -> None:
    data = await graph.data(
        """{ projects(where: { year: { eq: 2026 } }) { aggregate {
          count known { budget } sum { budget } average { budget } median { budget } } } }"""
    )
    none = {"budget": None}
    assert data["projects"]["aggregate"] == {
        "count": 1,
        "known": {"budget": 0},
        "sum": none,
        "average": none,
        "median": none,
    }


async def test_decimal_numbers_stay_exact(graph: Graph) -> None:
    data = await graph.data(
        """{ projects(where: { year: { lt: 2025 } }) { aggregate {
          sum { budget } average { budget } median { budget } } } }"""
    )
    assert data["projects"]["aggregate"] == {
        "sum": {"budget": 0.3},
        "average": {"budget": 0.15},
        "median": {"budget": 0.15},
    }


async def test_what_has_no_sum_offers_none(graph: Graph) -> None:
    query = "{ projects { aggregate { sum { progress } } } }"
    assert (await graph.error(query))[0] == "GRAPHQL_VALIDATION_FAILED"


async def test_sums_of_groups_over_links_are_those_of_their_rows(graph: Graph) -> None:
    by = "by: [{ division: { name: true } }, { year: true }], orderBy: [{ keys: ASC }]"
    assert await groups(graph, by, "known { budget } sum { budget }") == [
        (["昭化区", 2024], {"budget": 2}, {"budget": 0.3}),
        (["昭化区", 2025], {"budget": 2}, {"budget": 1000000000000.31}),
        (["昭化区", 2026], {"budget": 0}, {"budget": None}),
    ]


async def test_rows_are_grouped_by_the_months_and_years_of_their_days(graph: Graph) -> None:
    by_month = "by: [{ plannedFinishMonth: true }], orderBy: [{ keys: ASC }]"
    assert await groups(graph, by_month, "count") == [
        (["2024-12"], 2),
        (["2025-01"], 2),
        (["2025-02"], 1),
        ([None], 1),
    ]
    by_year = "by: [{ plannedFinishYear: true }]"
    assert await groups(graph, by_year, "count") == [([2025], 3), ([2024], 2), ([None], 1)]
    months = "countDistinct(of: { plannedFinishMonth: true })"
    assert await aggregate(graph, months) == {"countDistinct": 3}


async def test_times_belong_to_the_month_that_it_is_in_china(graph: Graph) -> None:
    by = "by: [{ startedAtYear: true }, { startedAtMonth: true }], orderBy: [{ keys: ASC }]"
    assert await groups(graph, by, "count", "runs") == [
        ([2025, "2025-12"], 1),
        ([2026, "2026-01"], 1),
    ]


@pytest.mark.parametrize(
    ("having", "years"),
    [
        ("count: { gt: 1 }", [2024, 2025]),
        ("count: { gt: 1, lt: 3 }", [2025]),
        ("sum: { budget: { gte: 0.3 } }", [2024, 2025]),
        ("sum: { budget: { gt: 0.3 } }", [2025]),
        ("sum: { budget: { isNull: true } }", [2026]),
        ("average: { progress: { in: [50] } }", [2024]),
        ("median: { progress: { eq: 40 } }", [2024]),
        ("known: { budget: { lt: 1 } }", [2026]),
        ("known: { budget: { eq: 2 } }, count: { eq: 3 }", [2024]),
        ("", [2024, 2025, 2026]),
    ],
)
async def test_groups_are_chosen_by_their_count_and_measures(
    graph: Graph, having: str, years: list[int]
) -> None:
    arguments = f"by: [{{ year: true }}], having: {{ {having} }}, orderBy: [{{ keys: ASC }}]"
    assert [keys[0] for keys, _ in await groups(graph, arguments, "count")] == years


@pytest.mark.parametrize(
    ("order", "years"),
    [
        ("", [2024, 2025, 2026]),
        ("{ count: ASC }", [2026, 2025, 2024]),
        ("{ sum: { budget: ASC } }", [2024, 2025, 2026]),
        ("{ sum: { budget: DESC } }", [2025, 2024, 2026]),
        ("{ known: { budget: DESC } }, { keys: DESC }", [2025, 2024, 2026]),
        ("{ average: { progress: DESC } }, { keys: DESC }", [2024, 2026, 2025]),
        ("{ keys: DESC }", [2026, 2025, 2024]),
    ],
)
async def test_groups_come_in_the_order_asked_for(
    graph: Graph, order: str, years: list[int]
) -> None:
    arguments = f"by: [{{ year: true }}], orderBy: [{order}]"
    assert [keys[0] for keys, _ in await groups(graph, arguments, "count")] == years
    first = await groups(graph, f"{arguments}, first: 2", "count")
    assert [keys[0] for keys, _ in first] == years[:2]


async def test_having_takes_variables_of_each_request(graph: Graph) -> None:
    query = """query ($most: Float!) { projects { aggregate {
      some: groupBy(by: [{ year: true }], having: { sum: { budget: { lt: $most } } }) {
        keys { value } }
      all: groupBy(by: [{ year: true }]) { count } } } }"""
    for most, years in ((0.3, []), (0.4, [2024]), (1e13, [2024, 2025])):
        found = (await graph.data(query, {"most": most}))["projects"]["aggregate"]
        assert [group["keys"][0]["value"] for group in found["some"]] == years
        assert len(found["all"]) == 3


async def test_points_come_to_nothing_over_rule_sets_and_to_a_sum_inside_one(graph: Graph) -> None:
    asked = "count known { points } sum { points } average { points } median { points }"
    none = {"points": None}
    whole = {"count": 3, "known": {"points": 3}, "sum": none, "average": none, "median": none}
    assert await aggregate(graph, asked, "dutyScores") == whole
    where = '(where: { ruleSet: { name: { eq: "a" } } })'
    data = await graph.data(f"{{ dutyScores{where} {{ aggregate {{ {asked} }} }} }}")
    assert data["dutyScores"]["aggregate"] == {
        "count": 2,
        "known": {"points": 2},
        "sum": {"points": 7.5},
        "average": {"points": 3.75},
        "median": {"points": 3.75},
    }
    by = "by: [{ ruleSet: { name: true } }], orderBy: [{ sum: { points: DESC } }]"
    assert await groups(graph, by, "sum { points }", "dutyScores") == [
        (["b"], {"points": 90}),
        (["a"], {"points": 7.5}),
    ]
    by_year = "by: [{ period: true }]"
    assert await groups(graph, by_year, "sum { points }", "dutyScores") == [(["2025"], none)]


async def test_values_of_assets_come_to_a_sum_inside_one_year(graph: Graph) -> None:
    asked = "known { value change } sum { value change }"
    assert await aggregate(graph, asked, "stateAssets") == {
        "known": {"value": 3, "change": 2},
        "sum": {"value": None, "change": None},
    }
    by = "by: [{ year: true }], orderBy: [{ keys: ASC }]"
    assert await groups(graph, by, "sum { value change }", "stateAssets") == [
        ([2024], {"value": 16.5, "change": 2.5}),
        ([2025], {"value": 11, "change": -1.5}),
    ]


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        ("having: { count: null }", "having.count is null."),
        ("having: { sum: null }", "having.sum is null."),
        ("having: { sum: { budget: null } }", "having.sum.budget is null."),
        ("having: { sum: { budget: { gt: null } } }", "having.sum.budget.gt is null."),
        (f"orderBy: [{'{ count: ASC }' * 6}]", "groupBy takes 1 to 5 paths"),
    ],
)
async def test_what_no_group_can_meet_is_refused(graph: Graph, arguments: str, start: str) -> None:
    query = f"{{ projects {{ aggregate {{ groupBy(by: [{{ year: true }}], {arguments}) "
    code, message = await graph.error(f"{query}{{ count }} }} }} }}")
    assert (code, message[: len(start)]) == ("BAD_INPUT", start)


async def test_one_statement_answers_all_measures(measured: Database) -> None:
    graph = Graph(measured)
    with graph.counting() as statements:
        await aggregate(
            graph, "sum { budget } average { budget } median { budget } known { budget }"
        )
    assert len(statements) == 1
