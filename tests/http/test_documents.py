"""A document is judged in little time whatever it holds, and as graphql-core judges it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from graphql import (
    OverlappingFieldsCanBeMergedRule,
    build_schema,
    execute_sync,
    get_introspection_query,
    parse,
    validate,
)
from hypothesis import given
from hypothesis import strategies as st

from bench.hostile import HOSTILE
from hub.errors import Code, HubError
from resolvers.documents import Documents
from resolvers.introspection import Introspection, introspects
from resolvers.merging import FieldsMerge
from resolvers.operations import SCHEMA

GRAPH = SCHEMA._schema
DOCUMENTS = Documents(GRAPH)
PLAIN = "{" + " __typename" * 3_900 + "}"
"""A document as long as any may be, of which nothing is hard."""

TIMES = 20
"""How often a plain one is parsed in the time of the hardest: today's takes some 8, and what was
quadratic took hundreds. In seconds `python -m bench crowd` measures it."""


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of five tries: the machine may have other things to do meanwhile."""

    def once() -> float:
        began = time.thread_time()
        work()
        return time.thread_time() - began

    return min(once() for _ in range(5))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_judged_in_the_time_of_some_plain_ones(name: str) -> None:
    plain = seconds(lambda: parse(PLAIN))
    assert seconds(lambda: Documents(GRAPH).judge(HOSTILE[name])) < TIMES * plain
    judged = DOCUMENTS.judge(HOSTILE[name])
    assert judged.tree is not None or 1 <= len(judged.errors) <= 5
    assert all(len(error["message"]) < 1010 for error in judged.errors)


def test_a_refused_document_is_not_read_again() -> None:
    text = HOSTILE["unknown fields"]
    assert DOCUMENTS.judge(text) is DOCUMENTS.judge(text)


def test_tokens_are_counted_before_the_document_is_read() -> None:
    documents = Documents(GRAPH)
    documents.max_tokens = 20
    assert documents.judge("{" + " __typename" * 18 + "}").tree is not None
    refused = documents.judge("{" + " __typename" * 19 + "}")
    assert refused.errors[0]["message"].startswith("Syntax Error: Document contains more than 20")


# --- Merging fields ------------------------------------------------------------------------------

SMALL = build_schema("""
interface Being { id: ID! name: String friend: Being }
type Cat implements Being { id: ID! name: String friend: Being lives(of: Int): Int! kin: [Cat!] }
type Dog implements Being { id: ID! name: String friend: Being lives(of: Int): Int kin: [Dog] }
type Query { being: Being cat: Cat dog: Dog }
""")
LEAVES = {
    "Being": ["id", "name", "__typename"],
    "Cat": ["id", "name", "lives", "lives(of: 1)", "lives(of: 2)", "__typename"],
    "Dog": ["id", "name", "lives", "lives(of: 1)", "__typename"],
}
EDGES = {
    "Query": {"being": "Being", "cat": "Cat", "dog": "Dog"},
    "Being": {"friend": "Being"},
    "Cat": {"friend": "Being", "kin": "Cat"},
    "Dog": {"friend": "Being", "kin": "Dog"},
}
ALIASES = st.sampled_from(["", "", "x: ", "y: "])


def selections(kind: str, depth: int) -> st.SearchStrategy[str]:
    """Selections of a type with few response keys, so that many of them meet."""
    options = [st.builds("{}{}".format, ALIASES, st.sampled_from(LEAVES.get(kind, ["__typename"])))]
    if depth:
        for edge, target in EDGES[kind].items():
            inner = selections(target, depth - 1)
            options.append(st.builds(f"{{}}{edge}{{}}".format, ALIASES, inner))
        if kind == "Being":
            for target in ("Cat", "Dog", "Being"):
                options.append(
                    st.builds(f"... on {target}{{}}".format, selections(target, depth - 1))
                )
    return st.lists(st.one_of(options), min_size=1, max_size=4).map(
        lambda items: "{ " + " ".join(items) + " }"
    )


@given(selections("Query", 3))
def test_fields_merge_where_the_rule_of_graphql_core_lets_them(text: str) -> None:
    document = parse(text)
    theirs = validate(SMALL, document, [OverlappingFieldsCanBeMergedRule])
    ours = validate(SMALL, document, [FieldsMerge])
    assert bool(ours) == bool(theirs), (text, theirs, ours)


# --- Introspection -------------------------------------------------------------------------------

ODD = """
query Odd($all: Boolean = true, $no: Boolean!) {
  s: __schema { queryType { ...T } directives { name args { name defaultValue } isRepeatable } }
  __type(name: "Deputy") { ...T ... on __Type { possibleTypes { name } } }
  none: __type(name: "Nothing") { name }
  __typename
}
fragment T on __Type {
  kind name fields(includeDeprecated: $all) { name isDeprecated type { kind ofType { name } } }
  inputFields @include(if: $no) { name }
  enumValues @skip(if: $all) { name }
}
"""


def executed(text: str, variables: dict[str, Any]) -> Any:
    return execute_sync(GRAPH, parse(text), variable_values=variables).data


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        (get_introspection_query(), {}),
        (
            get_introspection_query(
                specified_by_url=True,
                directive_is_repeatable=True,
                schema_description=True,
                input_value_deprecation=True,
            ),
            {},
        ),
        (ODD, {"no": False}),
    ],
)
def test_the_schema_is_told_as_the_executor_tells_it(text: str, variables: dict[str, Any]) -> None:
    tree = DOCUMENTS.judge(text).tree
    assert tree is not None
    assert introspects(tree, None)
    packed = Introspection(GRAPH).answer(tree, text, None, variables)
    assert orjson.loads(packed.body)["data"] == executed(text, variables)


def test_the_schema_in_circles_is_no_valid_document() -> None:
    (error,) = DOCUMENTS.judge(HOSTILE["the schema in circles"]).errors
    assert error["message"] == "Maximum introspection depth exceeded"


def test_more_of_the_schema_than_there_is_costs_some_answers_of_all_of_it() -> None:
    text, whole = HOSTILE["the schema many times"], get_introspection_query()
    tree, plain = DOCUMENTS.judge(text).tree, parse(whole)
    assert tree is not None

    def refuse() -> None:
        with pytest.raises(HubError) as refused:
            Introspection(GRAPH).answer(tree, text, None, None)
        assert refused.value.code is Code.OPERATION_TOO_LARGE

    assert seconds(refuse) < TIMES * seconds(
        lambda: Introspection(GRAPH).answer(plain, whole, None, None)
    )
