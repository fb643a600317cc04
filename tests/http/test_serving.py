"""What comes with an answer: its encoding, its cost, its codes; the schema as a file."""

from __future__ import annotations

import gzip
import json
from typing import Any

import httpx2
import pytest
import zstandard
from graphql import build_schema, get_introspection_query

from resolvers.http import print_schema
from resolvers.packed import MIN_BYTES, choose_encoding
from tests.conftest import Served

WIDE = """{ divisions(first: 100) { nodes { children(first: 100) { nodes {
  congress { deputies(first: 100) { nodes { id } } } } } } } }"""
PAGE = "{ divisions(first: 100) { nodes { id name code level } } }"


def ask(served: Served, query: str, headers: dict[str, str] | None = None) -> httpx2.Response:
    return httpx2.post(f"{served.url}/graphql", json={"query": query}, headers=headers)


def raw(served: Served, query: str, encoding: str) -> tuple[str, bytes]:
    """The encoding of an answer and its bytes as they travel."""
    headers = {"Accept-Encoding": encoding}
    with httpx2.stream(
        "POST", f"{served.url}/graphql", json={"query": query}, headers=headers
    ) as answer:
        return answer.headers.get("content-encoding", ""), b"".join(answer.iter_raw())


@pytest.mark.parametrize("query", [PAGE, get_introspection_query()])
def test_an_answer_comes_in_the_encoding_that_the_client_takes(served: Served, query: str) -> None:
    encoding, plain = raw(served, query, "identity")
    assert (encoding, len(plain) > MIN_BYTES) == ("", True)
    encoding, packed = raw(served, query, "gzip")
    assert (encoding, gzip.decompress(packed)) == ("gzip", plain)
    encoding, packed = raw(served, query, "gzip, zstd")
    assert encoding == "zstd"
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == plain


def test_a_small_answer_comes_as_it_is(served: Served) -> None:
    assert raw(served, "{ __typename }", "gzip, zstd") == ("", b'{"data":{"__typename":"Query"}}')


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("gzip;q=0, zstd;q=0", None),
        ("*", "zstd"),
        ("zstd;q=0, *", "gzip"),
        ("gzip;q=x", None),
    ],
)
def test_the_encoding_is_chosen_by_the_header(header: str, expected: str | None) -> None:
    assert choose_encoding(header) == expected


def test_a_dear_operation_is_refused_before_anything_is_read(served: Served) -> None:
    accept = {"Accept": "application/graphql-response+json"}
    answer = ask(served, WIDE, accept)
    (error,) = answer.json()["errors"]
    assert answer.status_code == 400
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED", "reason": "TOO_COSTLY"}
    assert "at most 100,000 are answered at once" in error["message"]
    key = {"Authorization": f"Bearer {served.key}"}
    assert "at most 10,000" in ask(served, WIDE, key).json()["errors"][0]["message"]


def test_an_answer_says_what_it_cost_where_that_is_asked(served: Served) -> None:
    query = "{ people(first: 50) { nodes { name mandates(first: 3) { nodes { id } } } } }"
    assert "extensions" not in ask(served, query).json()
    answer = ask(served, query, {"X-Query-Cost": "1"}).json()
    people = answer["data"]["people"]["nodes"]
    rows = len(people) + sum(len(person["mandates"]["nodes"]) for person in people)
    assert answer["extensions"]["cost"] == {"estimated": 200, "limit": 100_000, "answered": rows}


def test_the_schema_is_a_file_that_is_sent_once(served: Served) -> None:
    url = f"{served.url}/schema.graphql"
    answer = httpx2.get(url)
    assert answer.text == print_schema()
    assert build_schema(answer.text).query_type is not None
    tag = answer.headers["etag"]
    again = httpx2.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    stranger = httpx2.get(url, headers={"Host": "evil.example"})
    assert stranger.status_code == 401


def test_introspection_by_get_is_not_sent_again(served: Served) -> None:
    params = {"query": "{ __schema { queryType { name } } }"}
    first = httpx2.get(f"{served.url}/graphql", params=params)
    assert first.json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}
    known = {"If-None-Match": first.headers["etag"]}
    assert httpx2.get(f"{served.url}/graphql", params=params, headers=known).status_code == 304


def test_the_schema_stands_alone_in_its_operation(served: Served) -> None:
    query = "{ ...S people { totalCount } } fragment S on Query { __schema { description } }"
    (error,) = ask(served, query).json()["errors"]
    assert error["extensions"]["reason"] == "OPERATION_TOO_LARGE"


def test_an_answer_shows_five_errors_and_says_how_many_more_there_are(served: Served) -> None:
    fields = " ".join(f'a{n}: node(id: "x{n}") {{ id }}' for n in range(9))
    answer = ask(served, "{" + fields + "}").json()
    assert len(answer["errors"]) == 5
    assert answer["extensions"] == {"errorsLeftOut": 4}
    unknown = ask(served, "{" + " ".join(f"peopl{n}" for n in range(9)) + "}").json()
    assert len(unknown["errors"]) == 5


def test_many_values_are_refused_before_they_are_read(served: Served) -> None:
    def code(variables: Any) -> str:
        query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
        body = json.dumps({"query": query, "variables": variables})
        headers = {"Content-Type": "application/json"}
        answer = httpx2.post(f"{served.url}/graphql", content=body, headers=headers)
        return str(answer.json()["errors"][0]["extensions"]["reason"])

    assert code({"ids": ["x"] * 101}) == "BAD_INPUT"
    assert code({"ids": ["x"] * 6000}) == "OPERATION_TOO_LARGE"
    assert code({"ids": [[]] * 400_000}) == "REQUEST_TOO_LARGE"
