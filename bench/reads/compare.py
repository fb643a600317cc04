"""Whether two servers answer the same data, whatever their ids, cursors and wrappers look like."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson

from bench.client import ask_once
from bench.reads.processes import Server

CURSORS = frozenset({"endCursor"})
ONLY = "only"
KINDS = {"Station": "LiaisonStation"}
"""PostGraphile's names of the types that the hub calls otherwise."""


class Different(Exception):
    """Two servers answer different data; the message shows the first place."""


async def check_same(
    shape: str, servers: list[Server], requests: dict[str, list[bytes]], sample: int
) -> None:
    """Raises Different where the first servers' answers and another's are not the same data."""
    first, *others = servers
    for place in range(sample):
        expected = canonical(await read(first, requests[first.name][place]))
        for other in others:
            got = canonical(await read(other, requests[other.name][place]))
            if got != expected:
                where = difference(expected, got)
                raise Different(f"{shape}, {first.name} and {other.name} differ at {where}")


async def read(server: Server, request: bytes) -> Any:
    """The data of an answer. Raises Different where there is none."""
    answer = orjson.loads(await ask_once(server.port, request))
    if answer.get("errors") or answer.get("data") is None:
        raise Different(f"{server.name} answers {str(answer)[:500]}")
    return answer["data"]


def canonical(value: Any) -> Any:
    """The data in the hub's form.

    `name_only: {nodes: [x]}` is `name: x`, a node `{only: x}` is x, ids are the hub's, cursors go.
    """
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {ONLY}:
        return canonical(value[ONLY])
    return dict(entry(name, inner) for name, inner in value.items() if name not in CURSORS)


def entry(name: str, value: Any) -> tuple[str, Any]:
    """One entry of an object in the hub's form."""
    if name.endswith(f"_{ONLY}"):
        nodes = canonical(value["nodes"])
        return name.removesuffix(f"_{ONLY}"), nodes[0] if nodes else None
    return name, hub_id(value) if name == "id" else canonical(value)


def hub_id(text: str) -> str:
    """The hub's id for an id of the hub or of PostGraphile."""
    try:
        kind, key = orjson.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return text
    return f"{KINDS.get(kind, kind)}:{key}"


def difference(expected: Any, got: Any, path: str = "data") -> str:
    """The first place where two answers differ, with both values."""
    if isinstance(expected, dict) and isinstance(got, dict) and expected.keys() == got.keys():
        pairs = [(f"{path}.{name}", expected[name], got[name]) for name in expected]
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = [
            (f"{path}[{at}]", *both) for at, both in enumerate(zip(expected, got, strict=True))
        ]
    else:
        return f"{path}: {str(expected)[:200]} and {str(got)[:200]}"
    return next(difference(a, b, where) for where, a, b in pairs if a != b)
