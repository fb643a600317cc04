"""The HTTP side of the graph: who asks, the context, the answer as bytes, the GraphiQL page."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from hub.database import Database
from hub.divisions import DivisionIndex
from hub.errors import Code, HubError
from hub.ids import new_id
from hub.settings import Settings
from hub.systems import find_key
from resolvers.context import Access, Context
from resolvers.graph import build_schema
from resolvers.push import create_mutation

SCHEMA = build_schema(create_mutation())

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def print_schema() -> str:
    """The schema in the schema definition language."""
    return SCHEMA.as_str() + "\n"


class GraphApi(GraphQL[Context, None]):
    """The endpoint /graphql. `open` gives it the store before the first request."""

    def __init__(self, settings: Settings, page: Path) -> None:
        super().__init__(SCHEMA, graphql_ide=None, allow_queries_via_get=True)
        self.settings = settings
        self.page = page
        self.database: Database | None = None
        self.divisions: DivisionIndex | None = None

    def open(self, database: Database, divisions: DivisionIndex) -> None:
        """Use this store."""
        self.database, self.divisions = database, divisions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a browser that asks for a page gets GraphiQL."""
        request = Request(scope, receive)
        respond: Any = super().__call__
        if wants_page(request):
            respond = self.page_response()
        try:
            await respond(scope, receive, send)
        except HubError as error:
            await error_response(error)(scope, receive, send)

    def page_response(self) -> Response:
        """The GraphiQL page, or what to do where it is not built."""
        if not self.page.exists():
            return Response("GraphiQL is not built. Run `make setup`.\n", 503)
        headers = {
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        return FileResponse(self.page, headers=headers)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """The context of one request. Raises HubError UNAUTHENTICATED."""
        if self.database is None or self.divisions is None:
            raise HTTPException(503)
        request_id = new_id()
        if isinstance(response, Response):
            response.headers["X-Request-Id"] = request_id
        access = await read_access(self.database, request)
        secret = self.settings.identity_secret
        return Context(self.database, access, request_id, self.divisions, secret)

    def encode_json(self, data: object) -> bytes:
        """The answer as JSON bytes."""
        return orjson.dumps(data)


def wants_page(request: Request) -> bool:
    """Whether a browser opens the endpoint as a page."""
    accepts = request.headers.get("accept", "")
    return (
        request.method == "GET" and "text/html" in accepts and "query" not in request.query_params
    )


async def read_access(database: Database, request: Request | WebSocket) -> Access:
    """Who asks. Without a key only this machine may read. Raises HubError UNAUTHENTICATED."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        check_local(request)
        return Access()
    async with database.driver() as driver:
        holder = await find_key(driver, key.strip()) if scheme.lower() == "bearer" else None
    if holder is None:
        raise HubError(
            Code.UNAUTHENTICATED,
            "This API key is unknown or revoked. Send `Authorization: Bearer KEY` with a key of "
            "`hub key create SYSTEM`.",
        )
    return Access(holder.system_code, holder.reads_restricted)


def check_local(request: Request | WebSocket) -> None:
    """Without a key the caller must be on this machine and call it by a local name.

    The name keeps out pages of other sites that point their own name to this machine.
    """
    host = request.client.host if request.client else ""
    name = request.headers.get("host", "").rsplit(":", 1)[0]
    if is_loopback(host) and name in LOCAL_NAMES:
        return
    raise HubError(
        Code.UNAUTHENTICATED,
        "Reading from another machine needs an API key. Send it as `Authorization: Bearer KEY`.",
    )


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def error_response(error: HubError) -> Response:
    """An error found before the operation was looked at, in the shape of GraphQL's answers."""
    status = 401 if error.code is Code.UNAUTHENTICATED else 503
    body = {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
    return JSONResponse(body, status)
