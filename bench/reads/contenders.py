"""The servers that are compared: how each is started and asked."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bench.client import ask_once, get, post
from bench.reads.shapes import Shape

PEERS = Path(__file__).resolve().parent.parent / "peers"
POSTGRAPHILE = PEERS / "postgraphile"
NODE_MAJOR = 22

Prepare = Callable[[int, Shape, Sequence[str]], Awaitable[list[bytes]]]


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: the command that starts it on a port, and the requests of a shape by keys."""

    name: str
    command: Callable[[int], list[str]]
    prepare: Prepare


# --- Commands ------------------------------------------------------------------------------------


def hub_command(port: int) -> list[str]:
    """The hub as an operator starts it."""
    return [str(Path(sys.executable).with_name("hub")), "serve", "--port", str(port)]


def uvicorn_command(app: str) -> Callable[[int], list[str]]:
    """A peer in Python, under the server that the hub runs under, with the same settings."""
    options = ["--no-access-log", "--log-level", "warning"]
    return lambda port: [sys.executable, "-m", "uvicorn", app, "--port", str(port), *options]


def postgraphile_command(port: int) -> list[str]:
    """PostGraphile under npm's own Node 22, or under the machine's where that is new enough."""
    return [find_node(), str(POSTGRAPHILE / "serve.mjs"), str(port)]


def find_node() -> str:
    """The path of a Node that PostGraphile runs on."""
    installed = sorted(POSTGRAPHILE.glob("node_modules/node-*/bin/node"))
    found = str(installed[0]) if installed else shutil.which("node")
    if found is None or int(node_version(found).split(".")[0]) < NODE_MAJOR:
        raise SystemExit(
            f"PostGraphile needs Node {NODE_MAJOR} or newer. Install it, or run "
            "`npm ci --prefix bench/peers/postgraphile`."
        )
    return found


def node_version(path: str) -> str:
    """The version of a Node."""
    asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    return asked.stdout.strip().lstrip("v")


# --- Requests ------------------------------------------------------------------------------------


async def prepare_by_hand(port: int, shape: Shape, keys: Sequence[str]) -> list[bytes]:
    """The path of the shape with the key."""
    return [get(f"{shape.path}?key={key}", port) for key in keys]


async def prepare_hub(port: int, shape: Shape, keys: Sequence[str]) -> list[bytes]:
    """The shape's document with the key as its variable."""

    async def variable(key: str) -> str:
        if shape.variable == "after":
            return await read_cursor(port, HUB_CURSOR, f"Deputy:{key}")
        return f"Deputy:{key}" if shape.variable == "id" else key

    return [graphql(port, shape.document, {shape.variable: await variable(key)}) for key in keys]


async def prepare_postgraphile(port: int, shape: Shape, keys: Sequence[str]) -> list[bytes]:
    """The shape's document for PostGraphile with the key as its variable."""

    async def variable(key: str) -> str:
        if shape.variable == "after":
            return await read_cursor(port, POSTGRAPHILE_CURSOR, key)
        return global_id("Deputy", key) if shape.variable == "id" else key

    return [
        graphql(port, shape.postgraphile, {shape.variable: await variable(key)}) for key in keys
    ]


HUB_CURSOR = """query Cursor($id: ID!) {
  deputies(where: { id: { eq: $id } }, first: 1) { edges { cursor } }
}"""
POSTGRAPHILE_CURSOR = """query Cursor($id: UUID!) {
  deputies: allDeputies(condition: { rowId: $id }, first: 1) { edges { cursor } }
}"""


def graphql(port: int, document: str, variables: dict[str, Any] | None = None) -> bytes:
    """The bytes of a GraphQL request."""
    return post("/graphql", orjson.dumps({"query": document, "variables": variables or {}}), port)


async def read_cursor(port: int, document: str, key: str) -> str:
    """The server's own cursor of a deputy."""
    answer = orjson.loads(await ask_once(port, graphql(port, document, {"id": key})))
    cursor: str = answer["data"]["deputies"]["edges"][0]["cursor"]
    return cursor


def global_id(kind: str, key: str) -> str:
    """PostGraphile's id of a node."""
    return base64.b64encode(json.dumps([kind, key], separators=(",", ":")).encode()).decode()


HUB = Contender("hub", hub_command, prepare_hub)
BY_HAND = Contender("hand-written SQL", uvicorn_command("bench.peers.by_hand:app"), prepare_by_hand)
STOCK = Contender("stock Strawberry", uvicorn_command("bench.peers.stock.server:app"), prepare_hub)
POSTGRAPHILE_5 = Contender("PostGraphile", postgraphile_command, prepare_postgraphile)

CONTENDERS = (HUB, BY_HAND, POSTGRAPHILE_5, STOCK)
