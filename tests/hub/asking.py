"""Asking the graph in tests, on both ways of answering."""

from __future__ import annotations

from typing import Any

from resolvers.operations import answer, execute
from tests.graph.conftest import Graph
from tests.hub.pushing import Hub


async def ask(hub: Hub, query: str, variables: dict[str, Any] | None = None) -> Any:
    """The data of a query: compiled to one statement, and the same by executor and loaders."""
    graph = Graph(hub.database, answer)
    with graph.counting() as statements:
        compiled = await graph.data(query, variables)
    assert len(statements) == 1
    assert compiled == await Graph(hub.database, execute).data(query, variables)
    return compiled
