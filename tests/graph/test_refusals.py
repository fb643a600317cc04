"""What is refused, with which code and sentence."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any, cast

import pytest
from graphql import get_introspection_query

from hub.errors import Code, HubError
from hub.store.database import Database
from schema.declare import Listing, Lookup, Scalar
from schema.ids import make_id
from schema.registry import LISTINGS, LOOKUPS, NODES
from tests.graph.conftest import Graph
from tests.graph.world import HOME, LIN

CURSOR = (
    "BAD_CURSOR",
    "The cursor is not one of this list in this order. Take it from the endCursor or "
    "startCursor of an answer to the same list with the same orderBy.",
)


def where(levels: int) -> dict[str, Any]:
    return {"not": where(levels - 1)} if levels else {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("first: 101", "first is 101. Ask for 0 to 100 at once, and go on with the cursor."),
        ("first: -1", "first is -1. Ask for 0 to 100 at once, and go on with the cursor."),
        ("last: 101", "last is 101. Ask for 0 to 100 at once, and go on with the cursor."),
        ("first: 1, last: 1", "first and last are both given. Give one of them."),
        (
            "where: { name: null }",
            "where.name is null. Leave it out, or compare with isNull.",
        ),
        (
            "where: { and: [{ name: { eq: null } }] }",
            "where.and.0.name.eq is null. Leave it out, or compare with isNull.",
        ),
        (
            """where: { sourceRecords: { lastSeenAt: { gt: "2026-03-02T00:00:00" } } }""",
            "where.sourceRecords.lastSeenAt.gt has no offset. "
            "Write it with one: 2026-03-02T00:00:00+08:00.",
        ),
        (
            """where: { sourceRecords: { lastSeenAt: { gt: "0001-01-01T00:00:00+14:00" } } }""",
            "where.sourceRecords.lastSeenAt.gt is at the end of all years. "
            "Give a time nearer to this year.",
        ),
        (
            """where: { name: { contains: "a\\u0000" } }""",
            "where.name.contains holds a character that is no text. Take it out of the value.",
        ),
        (
            "orderBy: [" + "{ name: ASC }" * 6 + "]",
            "orderBy takes at most 5 entries, each over at most 2 edges, of which only the "
            "first may lead nowhere. Leave some out.",
        ),
    ],
)
async def test_bad_arguments_are_refused(graph: Graph, arguments: str, message: str) -> None:
    query = f"{{ people({arguments}) {{ nodes {{ id }} }} }}"
    assert await graph.error(query) == ("BAD_INPUT", message)
    nested = f"{{ congresses(first: 1) {{ nodes {{ deputies({arguments}) {{ totalCount }} }} }} }}"
    if "name" not in arguments and "where" not in arguments:
        assert await graph.error(nested) == ("BAD_INPUT", message)


NO_TEXT = "holds a character that is no text. Take it out of the value."


def with_a_null_character() -> Iterator[tuple[str, str]]:
    """An operation for each argument of a look-up or listing that is a text, and its name."""
    right = {Scalar.STRING: '"51"', Scalar.ID: f'"ScoreRuleSet:{HOME}"', Scalar.INT: "2026"}
    roots: list[Lookup | Listing] = [*LOOKUPS, *LISTINGS]
    for root in roots:
        words = {
            it.name: right.get(cast(Scalar, it.leaf), "SUGGESTION_HANDLING")
            for it in root.arguments
            if not it.is_nullable
        }
        for it in root.arguments:
            if it.leaf is Scalar.STRING:
                others = words | {it.name: '"51\\u0000"'}
                asked = ", ".join(f"{name}: {value}" for name, value in others.items())
                yield f"{{ {root.name}({asked}) {{ __typename }} }}", it.name


@pytest.mark.parametrize(("query", "name"), [*with_a_null_character()])
async def test_an_argument_that_is_no_text_is_refused(graph: Graph, query: str, name: str) -> None:
    assert await graph.error(query) == ("BAD_INPUT", f"{name} {NO_TEXT}")


@pytest.mark.parametrize("name", ["node", "person", "explainLink"])
async def test_an_id_with_a_null_character_is_none(graph: Graph, name: str) -> None:
    bad = f'"Person:{HOME}\\u0000"'
    given = f"left: {bad}, right: {bad}" if name == "explainLink" else f"id: {bad}"
    assert (await graph.error(f"{{ {name}({given}) {{ __typename }} }}"))[0] == "BAD_ID"


async def test_a_where_that_is_too_deep_or_too_large_is_refused(graph: Graph) -> None:
    query = "query ($where: PersonWhere) { people(where: $where) { totalCount } }"
    deep, large = where(12), {"or": [{"name": {"eq": "x"}}] * 150}
    for value in (deep, large):
        code, message = await graph.error(query, {"where": value})
        assert (code, message[:5]) == ("BAD_INPUT", "where")


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "!!!", "WyJpZCJd", "WyJpZCIsIDFd", "bnVsbA", "WyJpZCIsIG51bGxd", "年", "W1tbW1tb"],
)
async def test_a_cursor_that_is_none_is_refused(graph: Graph, cursor: str) -> None:
    query = "query ($after: String) { people(after: $after) { totalCount } }"
    assert await graph.error(query, {"after": cursor}) == CURSOR


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("people", "name", "a\0"),
        ("people", "name", "\ud800"),
        ("runs", "startedAt", "0001-01-01T00:00:00+14:00"),
        ("runs", "startedAt", "9999-12-31T23:59:59-12:00"),
        ("runs", "read", 2**31),
        ("runs", "read", -(2**31) - 1),
        ("runs", "read", 10**30),
    ],
)
async def test_a_cursor_of_a_value_that_cannot_be_is_refused(
    graph: Graph, field: str, name: str, value: str | int
) -> None:
    asked = f"{field}(after: $c, orderBy: [{{ {name}: ASC }}])"
    query = f"query ($c: String) {{ {asked} {{ __typename }} }}"
    assert await graph.error(query, {"c": made(f"{name},id", value, str(LIN))}) == CURSOR


def made(*values: object) -> str:
    """A cursor of an order and of values in it."""
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("order", ["[{ name: DESC }]", "[{ education: ASC }]", "[]"])
async def test_a_cursor_of_another_order_is_refused(graph: Graph, order: str) -> None:
    data = await graph.data(
        "{ people(first: 1, orderBy: [{ name: ASC }]) { pageInfo { endCursor } } }"
    )
    after = data["people"]["pageInfo"]["endCursor"]
    query = f"query ($c: String) {{ people(after: $c, orderBy: {order}) {{ totalCount }} }}"
    assert await graph.error(query, {"c": after}) == CURSOR


async def test_ids_that_are_none_or_of_another_type_are_refused(graph: Graph) -> None:
    person = make_id("Person", LIN)
    query = "query ($id: ID!) { deputy(id: $id) { id } }"
    assert await graph.error(query, {"id": person}) == (
        "BAD_ID",
        f"'{person}' is the id of a Person, expected that of a Deputy: Deputy:UUID.",
    )
    assert await graph.error(query, {"id": "12"}) == (
        "BAD_ID",
        "'12' is no id. An id is a type and a UUID, such as "
        "Deputy:0193a5c2-7d3e-7b0a-9c41-5e8f2a6d1b37; copy it from a field id.",
    )
    filtered = """query ($id: ID!) { deputies(where: { id: { eq: $id } }) { totalCount } }"""
    assert (await graph.error(filtered, {"id": person}))[0] == "BAD_ID"
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert await graph.error(node, {"id": f"Thing:{HOME}"}) == (
        "BAD_ID",
        f"'Thing' is no type of the graph. Types are: {', '.join(NODES)}.",
    )


async def test_one_bad_id_among_nodes_leaves_the_others(graph: Graph) -> None:
    data, errors = await graph.answer(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [make_id("Person", LIN), "x"]}
    )
    assert data == {"nodes": [{"id": make_id("Person", LIN)}, None]}
    assert [(error["path"], error["extensions"]) for error in errors] == [
        (["nodes", 1], {"code": "BAD_USER_INPUT", "reason": "BAD_ID"})
    ]


async def test_more_than_a_hundred_ids_are_refused(graph: Graph) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert await graph.error(query, {"ids": [make_id("Person", LIN)] * 101}) == (
        "BAD_INPUT",
        "ids holds 101 ids. Ask for at most 100 at once.",
    )


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ people {", None, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", None, "GRAPHQL_VALIDATION_FAILED"),
        ("{ people(orderBy: [{ name: ASC, education: ASC }]) { totalCount } }", None, None),
        ("query ($n: Int) { people(first: $n) { totalCount } }", {"n": "x"}, "BAD_INPUT"),
        ("""{ division(code: "1", asOf: "never") { id } }""", None, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_errors_of_the_operation_have_a_code(
    graph: Graph, query: str, variables: dict[str, Any] | None, code: str | None
) -> None:
    found, _ = await graph.error(query, variables)
    assert found == (code or "GRAPHQL_VALIDATION_FAILED")


async def test_an_id_number_in_a_bad_variable_is_not_shown(graph: Graph) -> None:
    query = "query ($where: PersonWhere) { people(where: $where) { totalCount } }"
    number = "11010519491231002X"
    code, message = await graph.error(query, {"where": {"name": {"has": number}}})
    assert code == "BAD_INPUT"
    assert number not in message


async def test_an_operation_that_is_too_deep_is_refused(graph: Graph) -> None:
    inner = "name"
    for _ in range(15):
        inner = f"parent {{ {inner} }}"
    code, message = await graph.error(f"""{{ division(code: "510000") {{ {inner} }} }}""")
    assert (code, message) == (
        "OPERATION_TOO_LARGE",
        "The operation is 17 levels deep, at most 15 are answered. "
        "Ask for the lower levels by `node` in a second operation.",
    )


async def test_fields_are_counted_with_fragments_unfolded_yet_read_once(graph: Graph) -> None:
    fragments = "fragment F0 on Division { name code }"
    for n in range(1, 60):
        fragments += f" fragment F{n} on Division {{ ...F{n - 1} ...F{n - 1} }}"
    query = f"""{{ division(code: "510000") {{ ...F59 }} }} {fragments}"""
    code, message = await graph.error(query)
    assert code == "OPERATION_TOO_LARGE"
    assert message == (
        f"The operation selects {2**61} fields, at most 1000 are answered. "
        "Split it, or select fewer fields and aliases."
    )


async def test_a_fragment_that_spreads_itself_is_refused(graph: Graph) -> None:
    assert await graph.error(
        """{ division(code: "510000") { ...F } } fragment F on Division { parent { ...F } }"""
    ) == ("GRAPHQL_VALIDATION_FAILED", "Cannot spread fragment 'F' within itself.")


async def test_a_document_above_100_kb_is_refused(graph: Graph) -> None:
    code, message = await graph.error("{ people { totalCount } }" + " " * 100_000)
    assert (code, message) == (
        "OPERATION_TOO_LARGE",
        "The document has 100025 bytes, at most 100000 are taken. "
        "Move values into variables, or split the operation.",
    )


async def test_introspection_is_answered(graph: Graph) -> None:
    data = await graph.data(get_introspection_query(input_value_deprecation=True))
    assert "Deputy" in {item["name"] for item in data["__schema"]["types"]}


async def test_internal_errors_show_only_the_request_id(
    graph: Graph, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE redirect CASCADE")
    with caplog.at_level(logging.ERROR):
        found = await Graph(database).error(
            "query ($id: ID!) { node(id: $id) { id } }", {"id": make_id("Person", LIN)}
        )
    assert found == (
        "INTERNAL",
        "Something went wrong inside the hub. Report it with the request id request-1.",
    )
    assert "request request-1" in caplog.text
    assert "redirect" in caplog.text


async def test_a_store_that_is_away_is_said_to_be_away(server_url: Any) -> None:
    away = Database(server_url.set(database="no_such_store"))
    with pytest.raises(HubError) as refused:
        await Graph(away).answer("{ people { totalCount } }")
    assert refused.value.code is Code.DATABASE_UNAVAILABLE
    await away.close()
