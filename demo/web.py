"""The systems that answer over HTTP, as one small application.

`/sichuan/graphql`, `/guangyuan/api/…`, `/youxian/open/…` and `/danleng/api/…`, each with a key of
its own.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from pathlib import Path

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo.provincial import answer
from demo.tables import Row, Tables

SYSTEMS = ("sichuan", "guangyuan", "youxian", "danleng")
LARGEST_PAGE = 500


def write_served(folder: Path, tables: Mapping[str, Tables], keys: Mapping[str, str]) -> None:
    """Keep what the application serves, and the keys it asks for, below `folder`."""
    served = folder / "served"
    served.mkdir(parents=True, exist_ok=True)
    for system, given in tables.items():
        (served / f"{system}.json").write_bytes(orjson.dumps(given))
    path = served / "keys.json"
    path.touch(mode=0o600)
    path.write_bytes(orjson.dumps(keys))


def application(folder: Path) -> Starlette:
    """The application over what `set_stage` left in `folder`."""
    served = folder / "served"
    keys: dict[str, str] = orjson.loads((served / "keys.json").read_bytes())
    tables: dict[str, Tables] = {
        system: orjson.loads((served / f"{system}.json").read_bytes()) for system in SYSTEMS
    }
    return Starlette(
        routes=[
            Province(tables["sichuan"], keys["sichuan"]).route(),
            City(tables["guangyuan"], keys["guangyuan"]).route("/guangyuan/api/{name}"),
            City(tables["danleng"], keys["danleng"]).route("/danleng/api/{name}"),
            District(tables["youxian"], keys["youxian"]).route(),
        ]
    )


def reply(body: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(orjson.dumps(body), status, media_type="application/json")


def number(request: Request, name: str, default: int) -> int:
    """A number of the query string; the default where it is none."""
    given = request.query_params.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() else default


def bearer(request: Request) -> str:
    """The token of the request."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


class Api:
    """What they have in common: tables, and a key without which nothing is told."""

    def __init__(self, tables: Tables, key: str) -> None:
        self.tables = tables
        self._key = key

    def is_right(self, key: str) -> bool:
        """Whether this is the key."""
        return hmac.compare_digest(key.encode(), self._key.encode())

    def rows(self, request: Request) -> list[Row] | None:
        """The table that the path names."""
        return self.tables.get(request.path_params["name"])


class Province(Api):
    """GraphQL with a bearer token."""

    def route(self) -> Route:
        """The only address."""
        return Route("/sichuan/graphql", self.ask, methods=["POST"])

    async def ask(self, request: Request) -> Response:
        """Answer one query."""
        if not self.is_right(bearer(request)):
            return reply({"errors": [{"message": "token required"}]}, 401)
        body = orjson.loads(await request.body())
        result = answer(self.tables, body["query"], body.get("variables") or {})
        return reply(result.formatted)


class City(Api):
    """Pages by number inside an envelope, with a bearer token."""

    def route(self, path: str) -> Route:
        """One address for each table."""
        return Route(path, self.list_rows)

    async def list_rows(self, request: Request) -> Response:
        """One page of a table."""
        rows = self.rows(request)
        if not self.is_right(bearer(request)):
            return reply({"code": 401, "msg": "未登录"}, 401)
        if rows is None:
            return reply({"code": 404, "msg": "无此接口"}, 404)
        size = min(number(request, "pageSize", 20), LARGEST_PAGE)
        start = (max(number(request, "page", 1), 1) - 1) * size
        data = {"rows": rows[start : start + size], "total": len(rows)}
        return reply({"code": 200, "msg": "操作成功", "data": data})


class District(Api):
    """Pages by offset, a key in a header, and `since` for what changed."""

    def route(self) -> Route:
        """One address for each table."""
        return Route("/youxian/open/{name}", self.list_rows)

    async def list_rows(self, request: Request) -> Response:
        """One page of a table."""
        if not self.is_right(request.headers.get("X-Api-Key", "")):
            return reply({"error": "forbidden"}, 403)
        rows = self.rows(request)
        if rows is None:
            return reply({"error": "not found"}, 404)
        since = request.query_params.get("since", "")
        changed = [row for row in rows if str(row.get("updatedAt", "")) >= since]
        size = min(number(request, "limit", 20), LARGEST_PAGE)
        start = number(request, "offset", 0)
        return reply({"items": changed[start : start + size], "count": len(changed)})
