"""The endpoint over HTTP: keys, pushes, errors, health, the page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.conftest import Served

PUSH = """
mutation Push($input: PushDeputiesInput!) {
  pushDeputies(input: $input) {
    run { id read stored unchanged quarantined }
    results { index externalId outcome errors { field code message } node { id ...Mandate } }
  }
}
fragment Mandate on Deputy { level term status person { name phone } congress { name } }
"""


def ask(served: Served, query: str, key: str | None = None, **variables: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    body = {"query": query, "variables": variables}
    return httpx2.post(f"{served.url}/graphql", json=body, headers=headers).json()


def pushing(system: str = "county", **more: Any) -> dict[str, Any]:
    record = {
        "externalId": f"new-{uuid4()}",
        "name": "赵云",
        "divisionCode": "510811",
        "term": 8,
        "level": "COUNTY",
        "status": "在任",
        "startDate": "2021-11-20",
        "phone": "19900000009",
    }
    given = {"system": system, "idempotencyKey": str(uuid4()), "records": [record]}
    return given | more


def code(answer: Any) -> str:
    return str(answer["errors"][0]["extensions"]["reason"])


def test_a_push_answers_each_record_with_its_row(served: Served) -> None:
    given = pushing()
    answer = ask(served, PUSH, served.key, input=given)["data"]["pushDeputies"]
    result = answer["results"][0]
    assert answer["run"].pop("id").startswith("Run:")
    assert answer["run"] == {"read": 1, "stored": 1, "unchanged": 0, "quarantined": 0}
    assert result["node"].pop("id").startswith("Deputy:")
    assert result == {
        "index": 0,
        "externalId": given["records"][0]["externalId"],
        "outcome": "STORED",
        "errors": [],
        "node": {
            "level": "COUNTY",
            "term": 8,
            "status": "ACTIVE",
            "person": {"name": "赵云", "phone": None},
            "congress": {"name": "昭化区第八届人民代表大会"},
        },
    }


def test_a_refused_record_says_field_code_and_what_to_do(served: Served) -> None:
    given = pushing()
    given["records"][0] |= {"divisionCode": "511071006", "level": "TOWNSHIP"}
    result = ask(served, PUSH, served.key, input=given)["data"]["pushDeputies"]["results"][0]
    assert (result["outcome"], result["node"]) == ("QUARANTINED", None)
    assert (result["errors"][0]["field"], result["errors"][0]["code"]) == (
        "divisionCode",
        "NO_CONGRESS",
    )


def test_what_of_a_stored_record_could_not_be_used_stands_in_its_outcome(served: Served) -> None:
    given = pushing()
    given["records"][0] |= {
        "divisionCode": "510802001",
        "level": "TOWNSHIP",
        "nationalId": "510802196410112650",
    }
    payload = ask(served, PUSH, served.key, input=given)["data"]["pushDeputies"]
    result = payload["results"][0]
    assert (result["outcome"], payload["run"]["quarantined"]) == ("STORED", 0)
    assert {(error["field"], error["code"]) for error in result["errors"]} == {
        ("nationalId", "INVALID_NATIONAL_ID"),
        ("divisionCode", "NO_CONGRESS"),
    }
    assert "510802196410112650" not in str(payload)
    assert result["node"]["congress"] == {"name": "利州区人民代表大会"}


def test_a_dry_run_over_http_leaves_no_row(served: Served) -> None:
    given = pushing(dryRun=True)
    result = ask(served, PUSH, served.key, input=given)["data"]["pushDeputies"]["results"][0]
    assert (result["outcome"], result["node"]) == ("STORED", None)


def test_the_same_push_again_gives_the_same_answer(served: Served) -> None:
    given = pushing()
    assert ask(served, PUSH, served.key, input=given) == ask(served, PUSH, served.key, input=given)


@pytest.mark.parametrize(
    ("key", "system", "expected"),
    [
        (None, "county", "UNAUTHENTICATED"),
        ("hub_made-up", "county", "UNAUTHENTICATED"),
        ("own", "city", "FORBIDDEN"),
    ],
)
def test_a_push_needs_the_key_of_its_own_system(
    served: Served, key: str | None, system: str, expected: str
) -> None:
    given = served.key if key == "own" else key
    assert code(ask(served, PUSH, given, input=pushing(system))) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"records": []}, "BAD_INPUT"),
        ({"idempotencyKey": " "}, "BAD_INPUT"),
        (
            {"records": [{"externalId": "1", "name": "赵", "divisionCode": "510811"}] * 1001},
            "TOO_MANY_RECORDS",
        ),
    ],
)
def test_a_push_of_the_wrong_shape_is_refused_whole(
    served: Served, change: dict[str, Any], expected: str
) -> None:
    assert code(ask(served, PUSH, served.key, input=pushing(**change))) == expected


def test_phones_are_shown_only_to_a_key_that_may_read_them(served: Served) -> None:
    query = '{ people(where: {name: {eq: "王小明"}}) { nodes { phone } } }'
    hidden = ask(served, query, served.key)["data"]["people"]["nodes"]
    shown = ask(served, query, served.reader_key)["data"]["people"]["nodes"]
    assert (hidden, shown) == ([{"phone": None}], [{"phone": "19900000001"}])


def test_a_name_that_is_not_this_machines_needs_a_key(served: Served) -> None:
    body = {"query": "{ __typename }"}
    url = f"{served.url}/graphql"
    answer = httpx2.post(url, json=body, headers={"Host": "evil.example"})
    assert (answer.status_code, code(answer.json())) == (401, "UNAUTHENTICATED")
    with_key = {"Host": "hub.example", "Authorization": f"Bearer {served.key}"}
    assert httpx2.post(url, json=body, headers=with_key).json()["data"] == {"__typename": "Query"}


def test_health_and_readiness_answer(served: Served) -> None:
    for path, status in (("healthz", "ok"), ("readyz", "ready")):
        answer = httpx2.get(f"{served.url}/{path}")
        assert (answer.status_code, answer.json()) == (200, {"status": status})


def test_a_browser_gets_the_page_and_a_client_the_data(served: Served) -> None:
    page = httpx2.get(f"{served.url}/graphql", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    data = httpx2.get(f"{served.url}/graphql", params={"query": "{ __typename }"})
    assert data.json() == {"data": {"__typename": "Query"}}


TWO = """mutation ($one: PushDeputiesInput!, $other: PushDeputiesInput!) {
  one: pushDeputies(input: $one) { results { outcome } }
  other: pushDeputies(input: $other) { results { outcome } }
}"""
STORED = {"results": [{"outcome": "STORED"}]}


def test_several_pushes_in_one_request_each_answer_for_themselves(served: Served) -> None:
    assert ask(served, TWO, served.key, one=pushing(), other=pushing()) == {
        "data": {"one": STORED, "other": STORED}
    }
    answer = ask(served, TWO, served.key, one=pushing("province"), other=pushing())
    assert answer["data"] == {"one": None, "other": STORED}
    assert [(error["path"], code({"errors": [error]})) for error in answer["errors"]] == [
        (["one"], "FORBIDDEN")
    ]
