"""What an operation costs is known before it is run."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from hub.errors import Code, HubError
from resolvers.documents import fragments_of
from resolvers.operations import SCHEMA
from resolvers.price import Price, price_of

SIZES = {"Deputy": 220_000.0, "Person": 200_000.0, "Division": 55_000.0, "DutyScore": 50_000.0}


def price(text: str, **variables: Any) -> Price:
    tree = parse(text)
    node = tree.definitions[0]
    assert isinstance(node, OperationDefinitionNode)
    return price_of(SCHEMA._schema, node, fragments_of(tree), variables)


def rows(text: str, **variables: Any) -> int:
    return price(text, **variables).rows(variables, SIZES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ people { nodes { name } } }", 20),
        ("{ people(first: 7) { nodes { name } pageInfo { hasNextPage } } }", 7),
        ("{ people(last: 7) { edges { cursor node { name } } } }", 7),
        ("{ deputies(first: 10) { nodes { person { name } } } }", 20),
        ("{ deputies(first: 10) { nodes { person { mandates { nodes { id } } } } } }", 220),
        ("{ people { totalCount } }", 400),
        ("{ people { aggregate { count } } }", 4000),
        ("{ deputies { aggregate { groupBy(by: [{level: true}]) { count } } } }", 8800),
        ("{ dutyScores { aggregate { sum { points } known { points } } } }", 1000),
        ("{ dutyScores { aggregate { median { points } } } }", 2000),
        (
            "{ dutyScores { aggregate { groupBy(by: [{period: true}]) { median { points } } } } }",
            3000,
        ),
        ('{ division(code: "51") { deputies { totalCount } } }', 1),
        ("{ ...A } fragment A on Query { people(first: 3) { nodes { id } } }", 3),
        ('{ node(id: "x") { ... on Deputy { person { name } } } }', 2),
    ],
)
def test_page_sizes_are_multiplied_along_the_tree(text: str, expected: int) -> None:
    assert rows(text) == expected


def test_variables_say_the_size_and_what_is_left_out() -> None:
    text = """query ($n: Int = 5, $all: Boolean = false) {
      people(first: $n) { nodes { mandates(first: $n) @include(if: $all) { nodes { id } } } }
    }"""
    assert rows(text, n=3, all=False) == 3
    assert rows(text, n=3, all=True) == 12
    assert rows(text, all=False) == 5


def test_the_records_of_a_push_multiply_what_is_asked_of_each() -> None:
    text = """mutation ($input: PushDeputiesInput!) {
      pushDeputies(input: $input) {
        results { node { ... on Deputy { person { mandates { nodes { id } } } } } }
      }
    }"""
    assert rows(text, input={"records": [{}] * 10}) == 10 * 22


def test_a_dear_operation_is_refused_with_its_price_and_where_most_of_it_is_spent() -> None:
    text = """{
      divisions(first: 100) { nodes { children(first: 100) { nodes { code
        congress { deputies(first: 100) { nodes { id } } } } } } }
    }"""
    with pytest.raises(HubError) as refused:
        price(text).check({}, SIZES, 10_000)
    assert refused.value.code is Code.TOO_COSTLY
    assert refused.value.message.startswith(
        "The operation may have to answer 1,020,100 rows, at most 10,000 are answered at once; "
        "most of them at divisions.nodes.children.nodes.congress.deputies.nodes."
    )
