"""The clients that front-end teams use, from npm, against a served hub."""

from __future__ import annotations

import secrets
from pathlib import Path

import httpx2
import pytest

from tests.clients.conftest import Node, Tool

CODES = ["510100", "510300", "510400", "510500"]
"""The first prefectures of Sichuan."""


@pytest.fixture
def endpoint(hub_url: str) -> str:
    """The address of the graph."""
    return f"{hub_url}/graphql"


@pytest.fixture
def nonce() -> str:
    """A part of a name that no other test has."""
    return f"X{secrets.token_hex(4)}"


def find_person(endpoint: str) -> str:
    query = '{ people(where: { name: { eq: "李芳" } }) { nodes { id } } }'
    answer = httpx2.post(endpoint, json={"query": query}).json()
    return str(answer["data"]["people"]["nodes"][0]["id"])


@pytest.mark.parametrize("project", ["relay"], indirect=True)
async def test_relay_compiles_pages_and_reads_nodes(
    project: Path, tool: Tool, node: Node, endpoint: str
) -> None:
    (project / "artifacts").mkdir()
    code, said = await tool("relay-compiler", "relay.config.json", cwd=project)
    assert code == 0, said
    found = await node("relay.mjs", endpoint, str(project / "artifacts"), find_person(endpoint))
    assert found == {
        "totalCount": 21,
        "firstPage": CODES[:2],
        "bothPages": CODES,
        "prefecture": {"name": "攀枝花市", "level": "PREFECTURE", "parent": {"code": "510000"}},
        "person": {
            "__typename": "Person",
            "name": "李芳",
            "mandates": {"nodes": [{"level": "TOWNSHIP", "term": 20}]},
        },
    }


@pytest.mark.parametrize("project", ["codegen"], indirect=True)
async def test_codegen_types_a_program_that_compiles_and_runs(
    project: Path, tool: Tool, node: Node, endpoint: str
) -> None:
    generated = await node("codegen.mjs", str(project))
    assert generated == ["fragment-masking.ts", "gql.ts", "graphql.ts", "index.ts"]
    (project / "package.json").write_text('{"type": "module"}')
    code, said = await tool("tsc", cwd=project)
    assert code == 0, said
    assert await node(project / "built" / "app.js", endpoint) == {
        "name": "王小明",
        "cards": [
            {
                "level": "COUNTY",
                "term": 8,
                "congress": {"name": "昭化区第八届人民代表大会"},
            }
        ],
    }


async def test_apollo_client_pages_and_persists_queries(
    node: Node, endpoint: str, nonce: str
) -> None:
    found = await node("apollo.mjs", endpoint, nonce)
    assert found == {
        "name": "四川省",
        "codes": CODES,
        "first": [["GET", "hash", 400], ["POST", "document", 200], ["GET", "hash", 200]],
        "second": [["GET", "hash", 200]],
        "refused": "BAD_ID",
    }


async def test_urql_reads_by_get_and_persists_queries(
    node: Node, endpoint: str, nonce: str
) -> None:
    found = await node("urql.mjs", endpoint, nonce)
    division = found["division"]
    assert division.pop("id").startswith("Division:")
    assert found == {
        "division": {
            "__typename": "Division",
            "name": "昭化区",
            "level": "COUNTY",
            "parent": {"__typename": "Division", "name": "广元市"},
        },
        "same": True,
        "code": "GRAPHQL_VALIDATION_FAILED",
        "plain": [["GET", 200], ["GET", 400]],
        "persisted": [["GET", 400], ["GET", 200]],
    }
