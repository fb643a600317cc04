"""An answer as a response: status, headers, ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from hub.errors import Code, HubError
from resolvers.http.media import Media
from resolvers.operations import Answer

STATUS: Mapping[Code, int] = {
    Code.BAD_REQUEST: 400,
    Code.UNAUTHENTICATED: 401,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.NOT_ACCEPTABLE: 406,
    Code.REQUEST_TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA_TYPE: 415,
    Code.DATABASE_UNAVAILABLE: 503,
    Code.DEADLINE_EXCEEDED: 504,
}
"""The status of a request that is refused whole. The rest depends on the media type."""

MORE_HEADERS: Mapping[Code, Mapping[str, str]] = {
    Code.UNAUTHENTICATED: {"WWW-Authenticate": "Bearer"},
    Code.METHOD_NOT_ALLOWED: {"Allow": "GET, HEAD, POST"},
}
CACHE = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}
NO_STORE = {"Cache-Control": "no-store"}


def refusal(error: HubError, media: Media) -> Response:
    """The response to a request that is refused whole."""
    shown = {"message": error.message, "extensions": {"code": error.code}}
    status = STATUS.get(error.code) or _status_of_request_error(media)
    headers = {**NO_STORE, **MORE_HEADERS.get(error.code, {})}
    return _response({"errors": [shown]}, media, headers, status)


def reply(answer: Answer, media: Media, request: Request) -> Response:
    """The response to a request that was understood; 304 where the client has the answer."""
    if not answer.is_executed:
        return _response(
            {"errors": answer.errors}, media, NO_STORE, _status_of_request_error(media)
        )
    body: dict[str, Any] = {"data": answer.data}
    if answer.errors:
        body["errors"] = answer.errors
    if answer.masked:
        body["extensions"] = {"masked": answer.masked}
    if answer.errors or request.method == "POST":
        return _response(body, media, NO_STORE)
    return _cacheable(_response(body, media, CACHE), request)


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
