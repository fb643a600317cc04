"""The saved queries of examples/: answered without errors, by a fixed number of statements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from hub.settings import ROOT
from resolvers.operations import answer
from tests.graph.conftest import Graph

EXAMPLES = ROOT / "examples"

STATEMENTS = {  # of the executor and its loaders; compiled, each is one
    "01-deputies-of-all-levels": 8,
    "02-one-person": 4,
    "03-division-over-time": 6,
    "04-homes-and-stations": 12,
    "05-groups-of-several-levels": 7,
    "06-standing-committee": 14,
    "07-where-a-value-comes-from": 7,
    "08-systems": 6,
    "09-search": 5,
}

QUESTIONS = {path.stem for path in EXAMPLES.glob("q*.graphql")}
"""Saved queries whose answers on the demonstration the tests of the demonstration test."""

IN_THE_SMALL_WORLD = {"q02-who-can-i-speak-to": {"village": "510811100"}}
"""Variables for what only the demonstration has: a town in place of a village."""


def test_every_saved_query_is_counted() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.graphql")} == set(STATEMENTS) | QUESTIONS


@pytest.mark.parametrize("name", sorted(QUESTIONS))
async def test_a_question_is_one_statement(graph: Graph, name: str) -> None:
    query = (EXAMPLES / f"{name}.graphql").read_text()
    with graph.counting() as statements:
        await graph.data(query, IN_THE_SMALL_WORLD.get(name))
    assert len(statements) == 1 or graph.run is not answer


@pytest.mark.parametrize("name", STATEMENTS)
async def test_a_saved_query_takes_the_same_statements_for_any_page(
    graph: Graph, name: str
) -> None:
    query = (EXAMPLES / f"{name}.graphql").read_text()
    for size in (5, 50):
        with graph.counting() as statements:
            data = await graph.data(query, {"first": size})
        assert len(statements) == (1 if graph.run is answer else STATEMENTS[name])
        assert has_rows(data)


def has_rows(data: Any) -> bool:
    """Whether something was found, so that the count counts."""
    (first, *_) = data.values()
    return bool(first and (isinstance(first, list) or first.get("nodes", True)))


@pytest.mark.parametrize("name", [*STATEMENTS, *sorted(QUESTIONS)])
def test_a_saved_query_says_what_it_does_in_both_languages(name: str) -> None:
    path: Path = EXAMPLES / f"{name}.graphql"
    chinese, english, *_ = path.read_text().splitlines()
    assert chinese.startswith("# ")
    assert english.startswith("# ")
    assert not chinese.isascii()
    assert english.isascii()
    operation, *_ = parse(path.read_text()).definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name is not None


async def test_what_is_not_selected_is_not_counted(graph: Graph) -> None:
    for query, expected in (
        ("{ deputies { totalCount } }", 1),
        ("{ deputies { nodes { id } } }", 1),
        ("{ deputies { nodes { id } edges { cursor } pageInfo { endCursor } } }", 1),
        ("{ deputies { totalCount nodes { id } } }", 2),
        ("{ deputies { nodes { homes { totalCount } } } }", 2),
    ):
        with graph.counting() as statements:
            await graph.data(query)
        assert len(statements) == (1 if graph.run is answer else expected)
