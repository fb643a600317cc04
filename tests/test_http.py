"""GraphQL over HTTP: what a request may look like, and the status and code of what is refused."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import httpx2
import pytest

from hub.errors import HubError
from resolvers.http.parameters import MAX_BODY, parameters
from resolvers.http.persisted import PersistedQueries
from tests.conftest import Served

GRAPHQL = "application/graphql-response+json"
NAMES = "query A { __typename } query B { b: __typename }"


def send(served: Served, method: str = "POST", **more: Any) -> httpx2.Response:
    return httpx2.request(method, f"{served.url}/graphql", **more)


def get(served: Served, headers: dict[str, str] | None = None, **params: str) -> httpx2.Response:
    return send(served, "GET", params=params, headers=headers)


def code(response: httpx2.Response) -> str:
    body = response.json()
    assert body.keys() == {"errors"}
    return str(body["errors"][0]["extensions"]["reason"])


def persisted(document: str, **more: object) -> dict[str, Any]:
    digest = hashlib.sha256(document.encode()).hexdigest()
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest, **more}}}


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ({"query": "{"}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": "# nothing"}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": NAMES}, 400, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": NAMES, "operationName": "C"}, 400, "OPERATION_RESOLUTION_FAILURE"),
        (
            {"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": []}},
            400,
            "BAD_INPUT",
        ),
    ],
)
def test_an_operation_that_cannot_run_has_a_status_by_media_type(
    served: Served, asked: dict[str, Any], status: int, expected: str
) -> None:
    answer = send(served, json=asked, headers={"Accept": GRAPHQL})
    assert (answer.status_code, code(answer)) == (status, expected)
    assert answer.headers["content-type"] == f"{GRAPHQL}; charset=utf-8"
    older = send(served, json=asked, headers={"Accept": "application/json"})
    assert (older.status_code, code(older)) == (200, expected)
    assert older.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The body is no JSON in UTF-8"),
        (b"{", "The body is no JSON in UTF-8"),
        (b'{"query": "\xff"}', "The body is no JSON in UTF-8"),
        (b"[" * 2000, "The body is no JSON in UTF-8"),
        (b"[]", "The body is no object but a list. Send a JSON object"),
        (b"{}", "query is missing. Send an operation in it."),
        (b'{"query": ""}', "query is missing. Send an operation in it."),
        (b'{"query": 1}', "query is a number. Send it as a string."),
        (b'{"query": "{ a }", "variables": "{}"}', "variables is a string. Send it as an object."),
        (b'{"query": "{ a }", "operationName": []}', "operationName is a list. Send it as a"),
        (b'{"query": "{ a }", "extensions": {"persistedQuery": 1}}', "extensions.persistedQuery"),
    ],
)
def test_a_body_that_is_no_request_is_refused(served: Served, body: bytes, sentence: str) -> None:
    answer = send(served, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    assert answer.json()["errors"][0]["message"].startswith(sentence)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"],
)
def test_a_body_of_another_type_is_refused(served: Served, content_type: str) -> None:
    answer = send(
        served, content=b'{"query": "{ __typename }"}', headers={"Content-Type": content_type}
    )
    assert (answer.status_code, code(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_body_without_a_type_is_refused(served: Served) -> None:
    assert send(served, content=b"{}").status_code == 415


def test_a_body_that_is_too_large_is_refused(served: Served) -> None:
    headers = {"Content-Type": "application/json"}
    answer = send(served, content=b" " * (MAX_BODY + 1), headers=headers)
    assert (answer.status_code, code(answer)) == (413, "REQUEST_TOO_LARGE")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*;q=0.5", "application/json"),
        (f"{GRAPHQL}, application/json;q=0.9", GRAPHQL),
        (f"application/json, {GRAPHQL}", GRAPHQL),
        ("application/json, */*", "application/json"),
        (f"application/json, {GRAPHQL};q=0.1", "application/json"),
        (f"*/*, {GRAPHQL};q=0", "application/json"),
        ("application/json;q=0, */*;q=0.1", GRAPHQL),
    ],
)
def test_the_answer_comes_in_the_type_that_is_most_welcome(
    served: Served, accept: str, expected: str
) -> None:
    answer = send(served, json={"query": "{ __typename }"}, headers={"Accept": accept})
    assert answer.headers["content-type"] == f"{expected}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json;q=x", "image/*"])
def test_a_client_that_takes_no_json_is_told(served: Served, accept: str) -> None:
    answer = send(served, json={"query": "{ __typename }"}, headers={"Accept": accept})
    assert (answer.status_code, code(answer)) == (406, "NOT_ACCEPTABLE")


def test_an_operation_is_chosen_by_its_name(served: Served) -> None:
    asked = {"query": NAMES, "operationName": "B"}
    assert send(served, json=asked).json() == {"data": {"b": "Query"}}


def test_get_takes_variables_as_json(served: Served) -> None:
    query = "query ($code: String!) { division(code: $code) { name } }"
    answer = get(served, query=query, variables='{"code": "510000"}', operationName="")
    assert answer.json() == {"data": {"division": {"name": "四川省"}}}
    wrong = get(served, query=query, variables="{code}")
    assert (wrong.status_code, code(wrong)) == (400, "BAD_REQUEST")


def test_a_mutation_by_get_is_refused(served: Served) -> None:
    answer = get(served, query="mutation { __typename }")
    assert (answer.status_code, code(answer)) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(served: Served, method: str) -> None:
    answer = send(served, method, json={"query": "{ __typename }"})
    assert (answer.status_code, code(answer)) == (405, "METHOD_NOT_ALLOWED")


def test_a_cached_answer_is_not_sent_again(served: Served) -> None:
    query = '{ division(code: "510000") { name } }'
    first = get(served, query=query)
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Accept, Accept-Encoding, Authorization"
    tag = first.headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = get(served, {"If-None-Match": known}, query=query)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = get(served, {"If-None-Match": tag}, query=query.replace("name", "code"))
    assert other.json() == {"data": {"division": {"code": "510000"}}}


def test_head_gives_the_headers_of_get(served: Served) -> None:
    params = {"query": '{ division(code: "510000") { name } }'}
    head, full = send(served, "HEAD", params=params), send(served, "GET", params=params)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "cache-control"):
        assert head.headers[name] == full.headers[name]


def test_an_answer_with_errors_is_not_kept(served: Served) -> None:
    answer = get(served, query='{ node(id: "x") { id } }')
    assert answer.json()["data"] == {"node": None}
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_a_document_is_sent_once_and_then_named_by_its_hash(served: Served) -> None:
    document = 'query Once { division(code: "510000") { name } }'
    expected = {"data": {"division": {"name": "四川省"}}}
    unknown = send(served, json=persisted(document))
    assert (unknown.status_code, code(unknown)) == (200, "PERSISTED_QUERY_NOT_FOUND")
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert unknown.headers["cache-control"] == "no-store"
    assert send(served, json={"query": document, **persisted(document)}).json() == expected
    assert send(served, json=persisted(document)).json() == expected
    extensions = json.dumps(persisted(document)["extensions"])
    assert get(served, extensions=extensions).json() == expected


def test_a_document_that_is_not_that_of_its_hash_is_refused(served: Served) -> None:
    answer = send(served, json={"query": "{ __typename }", **persisted("{ other }")})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")


def test_another_version_of_persisted_queries_is_refused(served: Served) -> None:
    answer = send(served, json=persisted("{ __typename }", version=2))
    assert code(answer) == "PERSISTED_QUERY_NOT_SUPPORTED"


def test_documents_that_are_long_unused_are_forgotten() -> None:
    known = PersistedQueries(max_characters=40)
    documents = [f"query Q{n} {{ __typename }}" for n in range(3)]
    for document in documents:
        known.document(parameters({"query": document, **persisted(document)}))
    assert known.document(parameters(persisted(documents[2]))) == documents[2]
    with pytest.raises(HubError):
        known.document(parameters(persisted(documents[0])))


def test_every_answer_names_its_request(served: Served) -> None:
    refused, answered = send(served, json=[]), send(served, json={"query": "{ __typename }"})
    assert refused.headers["x-request-id"] != answered.headers["x-request-id"]
