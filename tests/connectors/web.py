"""A small HTTP server with a REST and a GraphQL face over the same items."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from graphql import build_schema, graphql_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

TOKEN = "let-me-in"  # noqa: S105

Reply = Callable[[Request], Response]


@dataclass
class Source:
    """What the server hands out. `replies` go out first, one for each request."""

    url: str = ""
    items: list[object] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def changed(self, since: str | None) -> list[object]:
        """The items at or after `since`."""
        if since is None:
            return self.items
        return [i for i in self.items if isinstance(i, dict) and i["updated_at"] >= since]

    def find(self, key: str) -> dict[str, str] | None:
        """The item with this id."""
        return next((i for i in self.items if isinstance(i, dict) and i["id"] == key), None)


def app(source: Source) -> ASGIApp:
    """The server's application."""

    def deputies(request: Request) -> Response:
        source.requests.append(str(request.url))
        if source.replies:
            return source.replies.pop(0)(request)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return PlainTextResponse("no", 401)
        found = source.changed(request.query_params.get("since"))
        size = int(request.query_params.get("size", "2"))
        start = (int(request.query_params.get("page", "1")) - 1) * size
        data = {"items": found[start : start + size], "total": len(found)}
        return JSONResponse({"data": data})

    def deputy(request: Request) -> Response:
        found = source.find(request.path_params["id"])
        return JSONResponse(found) if found else PlainTextResponse("none", 404)

    async def graphql(request: Request) -> Response:
        body = await request.json()
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return PlainTextResponse("no", 403)
        reply = source.replies.pop(0)(request) if source.replies else None
        return reply or JSONResponse(graphql_reply(source, body))

    def any_path(request: Request) -> Response:
        source.requests.append(str(request.url))
        return source.replies.pop(0)(request)

    return Starlette(
        routes=[
            Route("/deputies", deputies),
            Route("/deputies/{id}", deputy),
            Route("/graphql", graphql, methods=["POST"]),
            Route("/{path:path}", any_path, methods=["GET", "POST"]),
        ]
    )


SCHEMA = build_schema("""
type Deputy {
  id: String name: String sex: String phone: String stations: String
  updated_at: String is_deleted: String
}
type PageInfo { hasNextPage: Boolean endCursor: String }
type Page { nodes: [Deputy] pageInfo: PageInfo }
type Query {
  deputies(first: Int, after: String, since: String): Page
  deputy(id: String): Deputy
}
""")


def graphql_reply(source: Source, body: Mapping[str, Any]) -> dict[str, object]:
    """The answer to a GraphQL request."""

    def deputies(
        info: object, first: int, after: str | None = None, since: str | None = None
    ) -> object:
        found = source.changed(since)
        end = min(int(after or 0) + first, len(found))
        page = {"hasNextPage": end < len(found), "endCursor": str(end)}
        return {"nodes": found[int(after or 0) : end], "pageInfo": page}

    root = {"deputies": deputies, "deputy": lambda info, id: source.find(id)}
    result = graphql_sync(SCHEMA, body["query"], root, variable_values=body["variables"])
    return dict(result.formatted)


@contextmanager
def serving(source: Source) -> Iterator[None]:
    """Serve `source` on a free port of loopback, in a thread."""
    server = uvicorn.Server(
        uvicorn.Config(app(source), host="127.0.0.1", port=0, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    source.url = f"http://127.0.0.1:{port}"
    yield
    server.should_exit = True
    thread.join()


def rest(web: Source, **changes: object) -> dict[str, object]:
    """The connector of a manifest that asks this server."""
    return {"kind": "rest", "url": web.url, "attempts": 1, **changes}


def page(*items: object, **beside: object) -> Reply:
    """An answer with a list under `items`."""
    return lambda request: JSONResponse({"items": list(items), **beside})
