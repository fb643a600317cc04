"""An answer as a response: status, headers, ETag."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from hub.errors import Code, HubError, TooBusy
from resolvers.errors import extensions
from resolvers.http.media import Media
from resolvers.operations import Answer
from resolvers.packed import MIN_BYTES, Packed, choose_encoding, pack

STATUS: Mapping[Code, int] = {
    Code.BAD_REQUEST: 400,
    Code.UNAUTHENTICATED: 401,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.NOT_ACCEPTABLE: 406,
    Code.REQUEST_TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA_TYPE: 415,
    Code.TOO_BUSY: 429,
    Code.TOO_MANY_WRONG_KEYS: 429,
    Code.INTERNAL: 500,
    Code.DATABASE_UNAVAILABLE: 503,
    Code.STORE_FULL: 503,
    Code.DEADLINE_EXCEEDED: 504,
}
"""The status of a request that is refused whole. The rest depends on the media type."""

MORE_HEADERS: Mapping[Code, Mapping[str, str]] = {
    Code.UNAUTHENTICATED: {"WWW-Authenticate": "Bearer"},
    Code.METHOD_NOT_ALLOWED: {"Allow": "GET, HEAD, POST"},
}
BESIDE = 200_000
"""Bytes from which an answer is compressed beside the event loop."""

VARY = "Accept, Accept-Encoding, Authorization"
CACHE = {"Cache-Control": "private, no-cache", "Vary": VARY}
NO_STORE = {"Cache-Control": "no-store", "Vary": VARY}


def refusal(error: HubError, media: Media) -> Response:
    """The response to a request that is refused whole."""
    shown = {"message": error.message, "extensions": extensions(error.code, error)}
    status = STATUS.get(error.code) or _status_of_request_error(media)
    headers = {**NO_STORE, **MORE_HEADERS.get(error.code, {})}
    if isinstance(error, TooBusy):
        headers["Retry-After"] = str(error.seconds)
    return _response({"errors": [shown]}, media, headers, status)


def reply(answer: Answer, media: Media, request: Request) -> Response:
    """The response to a request that was understood; 304 where the client has the answer."""
    if answer.whole is not None:
        return send_packed(answer.whole, media.value, request)
    body: dict[str, Any] = {}
    if answer.is_executed:
        body["data"] = answer.data
    if answer.errors:
        body["errors"] = answer.errors
    more = dict(_extensions(answer))
    if more:
        body["extensions"] = more
    if not answer.is_executed:
        return _response(body, media, NO_STORE, _status_of_request_error(media))
    if answer.errors or request.method == "POST":
        return _response(body, media, NO_STORE | _retry_after(answer), _status(answer))
    return _cacheable(_response(body, media, CACHE), request)


def _extensions(answer: Answer) -> Iterator[tuple[str, object]]:
    if answer.masked:
        yield "masked", answer.masked
    if answer.cost is not None:
        yield "cost", asdict(answer.cost)
    if answer.left_out:
        yield "errorsLeftOut", answer.left_out


WHOLE = (Code.DATABASE_UNAVAILABLE, Code.TOO_BUSY, Code.DEADLINE_EXCEEDED)
"""Reasons for which fields fail and which give the response its status where all of them do."""


def _status(answer: Answer) -> int:
    """The status of an answer: 200 unless nothing was answered for want of store or time."""
    data = answer.data
    if data is not None and not (isinstance(data, dict) and not any(data.values())):
        return 200
    reasons = {error["extensions"]["reason"] for error in answer.errors}
    return next((STATUS[reason] for reason in WHOLE if reason in reasons), 200)


def _retry_after(answer: Answer) -> dict[str, str]:
    """The header that says when to come again, where a field says so."""
    seconds = [error["extensions"].get("retryAfter", 0) for error in answer.errors]
    return {"Retry-After": str(max(seconds))} if any(seconds) else {}


def send_packed(packed: Packed, media: str, request: Request) -> Response:
    """The response with bytes that are kept; 304 where the client has them."""
    if request.method == "POST":
        response = Response(b"", 200, NO_STORE, media)
    else:
        headers = {**CACHE, "ETag": f'"{packed.digest}"'}
        if _matches(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        response = Response(b"", 200, headers, media)
    encoding = choose_encoding(request.headers.get("accept-encoding", ""))
    return _encoded(response, packed.encoded(encoding), encoding)


async def compress(response: Response, request: Request) -> Response:
    """The response in an encoding that the client takes, where that makes it shorter."""
    encoding = choose_encoding(request.headers.get("accept-encoding", ""))
    body = bytes(response.body)
    if encoding is None or len(body) < MIN_BYTES or "content-encoding" in response.headers:
        return response
    if len(body) < BESIDE:
        packed = pack(body, encoding)
    else:
        packed = await asyncio.to_thread(pack, body, encoding)
    return _encoded(response, packed, encoding)


def _encoded(response: Response, body: bytes, encoding: str | None) -> Response:
    """The response with this body; its ETag, which tells the body apart, is a weak one then."""
    response.body = body
    response.headers["Content-Length"] = str(len(body))
    if encoding is not None:
        response.headers["Content-Encoding"] = encoding
        if "etag" in response.headers:
            response.headers["ETag"] = f"W/{response.headers['etag']}"
    return response


def _cacheable(response: Response, request: Request) -> Response:
    """The response with its ETag, or only that where the client has the rest."""
    digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
    headers = {**CACHE, "ETag": f'"{digest}"'}
    if _matches(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    response.headers["ETag"] = headers["ETag"]
    return response


def _matches(header: str, tag: str) -> bool:
    known = [item.strip().removeprefix("W/") for item in header.split(",")]
    return tag in known or "*" in known


def _status_of_request_error(media: Media) -> int:
    return 400 if media is Media.GRAPHQL else 200


def _response(
    body: object, media: Media, headers: Mapping[str, str], status: int = 200
) -> Response:
    return Response(orjson.dumps(body), status, headers, media.value)
