"""GraphQL over HTTP as the reference library audits it."""

from __future__ import annotations

from tests.clients.conftest import Node


async def test_every_audit_of_graphql_over_http_passes(node: Node, hub_url: str) -> None:
    said = await node("audits.mjs", f"{hub_url}/graphql")
    assert len(said) == 61
    assert {name: reason for name, reason in said.items() if reason is not None} == {}
