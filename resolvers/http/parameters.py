"""The parameters of a GraphQL request, out of its address or its body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from typing import Any, TypeAlias

import orjson
from starlette.requests import Request

from hub.errors import Code, HubError

Object: TypeAlias = dict[str, Any]

MAX_BODY = 16_000_000
"""Bytes of a request body: a push of 1000 records has some 1 MB."""

MAX_MARKS = 300_000
"""Commas and opening brackets of a body: as many as it may hold values, some 5 ms to read."""

SHAPE = 'Send a JSON object {"query": "…", "operationName": "…", "variables": {…}}.'


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a client asks, as it came. Without `query`, the extensions name a known document."""

    query: str | None
    operation: str | None
    variables: Object
    extensions: Object


async def read_parameters(request: Request) -> Parameters:
    """The parameters of a request.

    Raises HubError METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, REQUEST_TOO_LARGE, BAD_REQUEST;
    starlette's ClientDisconnect.
    """
    if request.method in ("GET", "HEAD"):
        return parameters(_from_address(request.query_params))
    if request.method != "POST":
        raise HubError(
            Code.METHOD_NOT_ALLOWED,
            f"{request.method} is not taken here. Send queries with GET or POST, the rest by POST.",
        )
    check_content_type(request.headers.get("content-type", ""))
    return parameters(_load(await _read_body(request), "The body"))


def parameters(given: object) -> Parameters:
    """The parameters in an object. Raises HubError(BAD_REQUEST)."""
    if not isinstance(given, dict):
        raise HubError(Code.BAD_REQUEST, f"The body is no object but {_kind(given)}. {SHAPE}")
    return Parameters(
        _text(given, "query"),
        _text(given, "operationName"),
        _object(given, "variables"),
        _object(given, "extensions"),
    )


@lru_cache(maxsize=64)
def check_content_type(header: str) -> None:
    """Raises HubError(UNSUPPORTED_MEDIA_TYPE) for anything but JSON in UTF-8."""
    message = Message()
    message["content-type"] = header
    charset = str(message.get_param("charset", "utf-8")).lower()
    if header and message.get_content_type() == "application/json" and charset in _UTF_8:
        return
    raise HubError(
        Code.UNSUPPORTED_MEDIA_TYPE,
        f"A body of type {header[:80]!r} is not taken. Send JSON in UTF-8 with the header "
        "`Content-Type: application/json`.",
    )


_UTF_8 = ("utf-8", "utf8")


async def _read_body(request: Request) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BODY:
            raise HubError(
                Code.REQUEST_TOO_LARGE,
                f"The body has more than {MAX_BODY:,} bytes. Split the push into several.",
            )
    body = b"".join(chunks)
    if sum(map(body.count, (b",", b"[", b"{"))) > MAX_MARKS:
        raise HubError(
            Code.REQUEST_TOO_LARGE,
            f"The body holds more than {MAX_MARKS:,} values. Split the push into several.",
        )
    return body


def _from_address(given: Mapping[str, str]) -> Object:
    """The parameters of a query string, where objects are JSON and nothing is ''."""
    found: Object = {name: value for name, value in given.items() if value}
    for name in ("variables", "extensions"):
        if name in found:
            found[name] = _load(found[name].encode(), name)
    return found


def _load(text: bytes, name: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise HubError(Code.BAD_REQUEST, f"{name} is no JSON in UTF-8: {error}. {SHAPE}") from error


def _text(given: Object, name: str) -> str | None:
    value = given.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise HubError(Code.BAD_REQUEST, f"{name} is {_kind(value)}. Send it as a string.")


def _object(given: Object, name: str) -> Object:
    value = given.get(name)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise HubError(Code.BAD_REQUEST, f"{name} is {_kind(value)}. Send it as an object.")


def _kind(value: object) -> str:
    """A JSON value in words, its content left out."""
    return _KINDS[type(value)]


_KINDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}
