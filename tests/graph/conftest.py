"""The graph over a small world, asked in process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from sqlalchemy import URL, event

from hub.divisions.history import History
from hub.divisions.index import DivisionIndex
from hub.intake import OpenHub
from hub.store.database import Database
from resolvers.context import Access, Context
from resolvers.operations import Answer, Operation, answer, execute
from tests.conftest import drop_database, make_database
from tests.graph.world import build_world

Run = Callable[[Operation, Context], Awaitable[Answer]]


@dataclass
class Graph:
    """The graph as a client sees it. `run` is the way in which operations are answered."""

    database: Database
    run: Run = answer

    async def answer(
        self, query: str, variables: dict[str, Any] | None = None, *, restricted: bool = False
    ) -> tuple[Any, list[dict[str, Any]]]:
        """(data, errors) of an operation."""
        context = Context(
            OpenHub(self.database, DivisionIndex(History((), ())), b""),
            Access("a-system", restricted),
            "request-1",
        )
        found = await self.run(Operation(query, variables=variables), context)
        if found.whole is not None:
            return orjson.loads(found.whole.body)["data"], []
        return orjson.loads(orjson.dumps(found.data)), orjson.loads(orjson.dumps(found.errors))

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
        ((code, message),) = [(item["extensions"]["reason"], item["message"]) for item in errors]
        return code, message

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The statements that are run meanwhile, on either way."""
        statements: list[str] = []

        def note(_c: object, _k: object, statement: str, *_: object) -> None:
            statements.append(statement)

        async def read(statement: str, values: list[Any], *turn: Any, **lane: Any) -> str:
            statements.append(statement)
            return await Database.read(self.database, statement, values, *turn, **lane)

        event.listen(self.database.engine.sync_engine, "before_cursor_execute", note)
        with patch.object(self.database, "read", read):
            yield statements
        event.remove(self.database.engine.sync_engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
async def world(server_url: URL, template: str) -> AsyncIterator[Database]:
    """A store that no test changes."""
    url = await make_database(server_url, template)
    database = Database(url)
    try:
        await build_world(database)
        yield database
    finally:
        await database.close()
        await drop_database(server_url, url)


@pytest.fixture(scope="session", params=[answer, execute], ids=["compiled", "executed"])
def graph(world: Database, request: pytest.FixtureRequest) -> Graph:
    """The graph over the world, each way of answering in turn."""
    return Graph(world, request.param)
