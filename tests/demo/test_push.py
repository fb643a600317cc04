"""What systems push."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from graphql import OperationDefinitionNode, parse, validate
from graphql.execution.values import get_variable_values
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import demo
from demo.pusher import SENDERS, PushFailed, pushes, request_body
from resolvers.operations import SCHEMA
from tests.conftest import serving

SENT = (1, 1, 1, 5, 406, 12, 42, 22, 1, 3, 135)
"""How many records Deyang's pushes hold, in order."""


@pytest.mark.parametrize("system", SENDERS)
def test_what_is_pushed_fits_the_graph(system: str) -> None:
    for noun, records in pushes(system):
        body: dict[str, Any] = request_body(system, noun, records)
        document = parse(body["query"])
        assert validate(SCHEMA._schema, document) == []
        operation = document.definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        given = get_variable_values(
            SCHEMA._schema,
            operation.variable_definitions or (),
            body["variables"],
        )
        assert not isinstance(given, list), given


@dataclass
class Listener:
    """A stand-in for the hub's address that writes down what comes, and answers `answer`."""

    answer: dict[str, object]

    def __post_init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.keys: set[str] = set()

    async def take(self, request: Request) -> JSONResponse:
        self.bodies.append(orjson.loads(await request.body()))
        self.keys.add(request.headers["Authorization"])
        return JSONResponse(self.answer)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/graphql", self.take, methods=["POST"])])


async def test_deyang_pushes_everything_under_stable_keys() -> None:
    listener = Listener({"data": {}})
    with serving(listener.app()) as address:
        for _ in range(2):
            await demo.push_records("deyang-deputies", f"{address}/graphql", "hub_key")
    inputs = [body["variables"]["input"] for body in listener.bodies]
    sent = [(given["system"], len(given["records"])) for given in inputs]
    assert sent == [("deyang-deputies", number) for number in SENT] * 2
    assert [given["idempotencyKey"] for given in inputs[: len(SENT)]] == [
        given["idempotencyKey"] for given in inputs[len(SENT) :]
    ]
    assert listener.keys == {"Bearer hub_key"}


async def test_a_push_that_fails_is_told() -> None:
    listener = Listener({"errors": [{"message": "This key is unknown."}]})
    with serving(listener.app()) as address, pytest.raises(PushFailed, match="This key is unknown"):
        await demo.push_records("deyang-deputies", f"{address}/graphql", "wrong")
