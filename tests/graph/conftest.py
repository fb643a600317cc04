"""The graph over a small world, asked in process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import URL, event

from hub.database import Database
from resolvers.context import Access, Context
from resolvers.operations import SCHEMA
from tests.conftest import drop_database, make_database
from tests.graph.world import build_world


@dataclass
class Graph:
    """The graph as a client sees it."""

    database: Database

    async def answer(
        self, query: str, variables: dict[str, Any] | None = None, *, restricted: bool = False
    ) -> tuple[Any, list[dict[str, Any]]]:
        """(data, errors) of an operation."""
        context = Context(self.database, Access("a-system", restricted), "request-1")
        result = await SCHEMA.execute(query, variable_values=variables, context_value=context)
        return result.data, [dict(error.formatted) for error in result.errors or ()]

    async def data(
        self, query: str, variables: dict[str, Any] | None = None, *, restricted: bool = False
    ) -> Any:
        """The data of an operation that has no errors."""
        data, errors = await self.answer(query, variables, restricted=restricted)
        assert errors == []
        return data

    async def error(self, query: str, variables: dict[str, Any] | None = None) -> tuple[str, str]:
        """(code, message) of the one error of an operation."""
        _, errors = await self.answer(query, variables)
        ((code, message),) = [(item["extensions"]["code"], item["message"]) for item in errors]
        return code, message

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The statements that are run meanwhile."""
        statements: list[str] = []

        def note(_c: object, _k: object, statement: str, *_: object) -> None:
            statements.append(statement)

        event.listen(self.database.engine.sync_engine, "before_cursor_execute", note)
        yield statements
        event.remove(self.database.engine.sync_engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
async def graph(server_url: URL, template: str) -> AsyncIterator[Graph]:
    """The graph over a store that no test changes."""
    url = await make_database(server_url, template)
    database = Database(url)
    try:
        await build_world(database)
        yield Graph(database)
    finally:
        await database.close()
        await drop_database(server_url, url)
